"""A name that was read in another encoding than it was written in is spotted; names of any script are not."""

import pytest

from okoce.community.members.names import is_garbled


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("山田太郎", "shift_jis"),
        ("佐藤花子", "shift_jis"),
        ("鈴木", "shift_jis"),
        ("René", "mac_roman"),
        ("José Álvarez", "mac_roman"),
        ("Zoë", "mac_roman"),
        ("Nuñez", "mac_roman"),
        ("Müller", "mac_roman"),
        ("D’Angelo", "mac_roman"),
        ("Siti Çelik", "mac_roman"),
        ("Renée", "utf-8"),
        ("Siti", "cp500"),
    ],
)
def test_a_name_in_another_encoding_is_garbled(name: str, encoding: str) -> None:
    assert is_garbled(name.encode(encoding).decode("cp1252", "replace"))


@pytest.mark.parametrize(
    "name",
    [
        "Siti Aminah", "José", "RENÉE ÁLVAREZ", "Zoë Müller-Nuñez", "Nur ‘Aini", "Nur ʿAin", "Ma’ruf", "Ma´ruf", "Ça Éa",
        "سيتي أمينة", "山田太郎", "ジョン・スミス",
        "Nguyễn Thị Đào", "İbrahim", "Иван Ильич", "Łukasz O’Żak", "H. Señor, S.E. (alm.) & Co/2",
    ],
)  # fmt: skip
def test_a_name_of_any_script_is_none(name: str) -> None:
    assert not is_garbled(name)
