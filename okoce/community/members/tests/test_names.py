"""Keeping names as people write them, and seeing that two of them are one."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.community.members.names import LONGEST_NAME, clean_name, name_key
from okoce.foundation.shared.unreadable import Unreadable


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Siti", "Siti"),
        ("A", "A"),
        ("  Siti \t Aminah\n", "Siti Aminah"),
        ("Ma'ruf", "Ma'ruf"),
        ("'Aisyah", "'Aisyah"),
        ("Siti Ḥasan ‘Alī", "Siti Ḥasan ‘Alī"),
        ("Hj. Siti Aminah, S.E.", "Hj. Siti Aminah, S.E."),
        ("Siti\u00a0Aminah", "Siti Aminah"),
        ("\u202eSiti\u200b", "Siti"),
        ("محمد", "محمد"),
        ("Budi 2", "Budi 2"),
        ("H. Siti, S.E., M.M.", "H. Siti, S.E., M.M."),
        ("Nur-Aini / Aini (alm.)", "Nur-Aini / Aini (alm.)"),
        ("Rini “Ipit” Sari", "Rini “Ipit” Sari"),
        ('Rini "Ipit" Sari', 'Rini "Ipit" Sari'),
        ("Ma`ruf", "Ma`ruf"),
        ("Ma’ruf", "Ma’ruf"),
        ("Fa´atulo", "Fa´atulo"),
        ("ʻĀina Kalā", "ʻĀina Kalā"),
        ("Siti–Aminah", "Siti–Aminah"),
        ("Gal·la", "Gal·la"),
        ("नरेन्द्र", "नरेन्द्र"),
        ("王小明", "王小明"),
        ("ꦱꦶꦠꦶ", "ꦱꦶꦠꦶ"),
        ("דּוֹד בן־גוריון", unicodedata.normalize("NFC", "דּוֹד בן־גוריון")),
        ("佐藤・マリア", "佐藤・マリア"),
    ],
)
def test_a_name_is_kept_as_it_is_written(written: str, kept: str) -> None:
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "   ",
        "12345",
        "...",
        "x\x00y",
        "x\x1by",
        "a" * (LONGEST_NAME + 1),
        "Budi 😀",
        "Bu�di",
        "\u200b",
        '"Budi',
    ],
)
def test_what_is_no_name_gets_a_sentence(written: str) -> None:
    refused = clean_name(written)
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith(".")
    assert refused.suggestion


@pytest.mark.parametrize(
    ("written", "signs"),
    [
        ("<b>x</b>", "< >"),
        ("Siti & Agus", "&"),
        ("Siti {{ 7*7 }}", "{ * }"),
        ("siti_aminah", "_"),
        ("D?ni", "?"),
        ("Budi; DROP TABLE", ";"),
        ("Budi\\Ani", "\\"),
        ("Budi €", "€"),
        ("Sití ×", "×"),
        ("Siti [Ani]", "[ ]"),
    ],
)
def test_a_sign_that_no_name_holds_is_named(written: str, signs: str) -> None:
    refused = clean_name(written)
    assert isinstance(refused, Unreadable)
    assert f"berisi tanda {signs} yang tidak ada dalam nama orang." in refused.reason


def test_a_picture_is_told_as_a_picture() -> None:
    refused = clean_name("Budi 😀 <3")
    assert isinstance(refused, Unreadable)
    assert "gambar atau lambang" in refused.reason


@pytest.mark.parametrize("written", ["=cmd|' /C calc'!A0", "+Budi", "-Budi", "@SUM(A1)"])
def test_a_formula_is_not_a_name(written: str) -> None:
    assert isinstance(clean_name(written), Unreadable)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Aminah", "SITI  AMINAH"),
        ("Siti Aminah", "Hj. Siti Aminah, S.E., M.M."),
        ("Ahmad Ma'ruf", "Bpk. H. Ahmad Maruf"),
        ("M. Yusuf", "M.Yusuf"),
        ("José", "Jose"),
        ("Siti Ḥasan", "siti hasan"),
        ("Nur-Aini", "Nur Aini"),
        ("Budi Santoso", "Budi Santoso S.Pd."),
        ("Budi Santoso", "Ir. Budi Santoso, MM, Ph.D"),
        ("Ani", "Ny. Ani"),
        ("Ｂｕｄｉ", "Budi"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Siti Aminah", "Siti Aminah Putri"), ("Santoso, Budi", "Santoso"), ("Ani", "Ari"), ("H", "J")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("title", ["Ibu", "H", "Hj.", "Ny."])
def test_a_title_alone_is_still_somebody(title: str) -> None:
    assert name_key(title)


@given(
    st.one_of(st.text(max_size=200), st.text(st.sampled_from("AaSsHhPpdIibu.,'\" -\u0301é‘"), max_size=40))
)
@settings(deadline=None, max_examples=300)
def test_a_clean_name_is_clean_and_its_key_is_stable(text: str) -> None:
    name = clean_name(text)
    if isinstance(name, Unreadable):
        return
    assert clean_name(name) == name
    assert name
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in name)
    key = name_key(name)
    assert key == name_key(key)
    assert key == " ".join(key.split())
    assert key
