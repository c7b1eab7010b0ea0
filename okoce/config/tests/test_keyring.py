import json
import multiprocessing
from collections.abc import Mapping
from pathlib import Path

import pytest

from okoce.config.environment import SettingMissing
from okoce.config.keyring import FILE, NAMES, kept_secrets, new_secrets, required_secrets


def empty() -> bool:
    return False


def full() -> bool:
    return True


def _make(folder: str, answers: "multiprocessing.Queue[Mapping[str, str]]") -> None:
    answers.put(kept_secrets({}, Path(folder), empty))


def test_an_embedded_start_makes_secrets_once_and_keeps_them(tmp_path: Path) -> None:
    first = kept_secrets({}, tmp_path, empty)
    assert set(first) == set(NAMES)
    assert kept_secrets({}, tmp_path, full) == first


def test_only_the_owner_can_read_the_secrets_and_no_draft_is_left(tmp_path: Path) -> None:
    kept_secrets({}, tmp_path, empty)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_four_starts_at_once_agree_on_the_same_secrets(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[Mapping[str, str]] = context.Queue()
    starts = [context.Process(target=_make, args=(str(tmp_path), answers)) for _ in range(4)]
    for start in starts:
        start.start()
    made = [answers.get(timeout=20) for _ in starts]
    for start in starts:
        start.join()
    assert made == [made[0]] * 4


def test_lost_secrets_of_a_filled_database_are_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(SettingMissing, match=r"secrets\.json hilang.*cadangan"):
        kept_secrets({}, tmp_path, full)
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_secrets_file_is_said_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"OKOCE_SECRET_KEY": ')
    with pytest.raises(SettingMissing, match="tidak terbaca"):
        kept_secrets({}, tmp_path, empty)
    assert (tmp_path / FILE).read_text() == '{"OKOCE_SECRET_KEY": '


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    made = kept_secrets({}, tmp_path, empty)
    other = new_secrets()["OKOCE_HASH_KEY"]
    found = kept_secrets({"OKOCE_HASH_KEY": other}, tmp_path, full)
    assert found == {**made, "OKOCE_HASH_KEY": other}
    assert json.loads((tmp_path / FILE).read_text()) == made


def test_an_own_database_needs_all_secrets_from_the_environment() -> None:
    given = new_secrets()
    del given["OKOCE_HASH_KEY"], given["OKOCE_SECRET_KEY"]
    with pytest.raises(SettingMissing, match=r"OKOCE_SECRET_KEY dan OKOCE_HASH_KEY belum.*okoce secrets"):
        required_secrets(given)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OKOCE_SECRET_KEY", "pendek"),
        ("OKOCE_HASH_KEY", "bukan base64!"),
        ("OKOCE_HASH_KEY", "MTIz"),
        ("OKOCE_ENCRYPTION_KEYS", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
        ("OKOCE_ENCRYPTION_KEYS", "300:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
    ],
)
def test_a_secret_that_cannot_work_is_refused_by_name_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingMissing, match=f"{name} dari lingkungan") as refusal:
        required_secrets({**new_secrets(), name: value})
    assert value not in str(refusal.value)


def test_several_encryption_keys_may_be_given() -> None:
    given = new_secrets()
    given["OKOCE_ENCRYPTION_KEYS"] += ",2:" + new_secrets()["OKOCE_HASH_KEY"]
    assert required_secrets(given) == given
