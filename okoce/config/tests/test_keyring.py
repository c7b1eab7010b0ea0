import json
import multiprocessing
from collections.abc import Mapping
from pathlib import Path

import pytest

from okoce.config.environment import SettingMissing
from okoce.config.keyring import (
    FILE,
    FIRST_NAMES,
    NAMES,
    kept_secrets,
    new_secrets,
    required_secrets,
    rotate_signing_key,
)
from okoce.config.signing_keys import are_usable, rotated

SIGNING = "OKOCE_SIGNING_KEYS"


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


def older() -> dict[str, str]:
    """The secrets of an installation from before there were signing keys."""
    made = new_secrets()
    return {name: made[name] for name in FIRST_NAMES}


def test_an_older_installation_keeps_its_secrets_and_gets_a_signing_key(tmp_path: Path) -> None:
    first = older()
    (tmp_path / FILE).write_text(json.dumps(first))
    found = kept_secrets({}, tmp_path, full)
    assert {name: found[name] for name in FIRST_NAMES} == first
    assert are_usable(found[SIGNING])
    assert kept_secrets({}, tmp_path, full) == found
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_four_starts_of_an_older_installation_agree_on_its_new_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(older()))
    test_four_starts_at_once_agree_on_the_same_secrets(tmp_path)


def test_an_own_database_from_before_starts_with_a_key_that_all_its_processes_derive_alike(
    tmp_path: Path,
) -> None:
    first = older()
    found = required_secrets(first)
    assert found == required_secrets(first)
    assert are_usable(found[SIGNING])
    assert found[SIGNING] != required_secrets(older())[SIGNING]
    assert kept_secrets(first, tmp_path, full) == found


def test_a_new_own_database_is_told_of_the_signing_key_too() -> None:
    with pytest.raises(SettingMissing, match=r"OKOCE_ENCRYPTION_KEYS, OKOCE_HASH_KEY dan OKOCE_SIGNING_KEYS"):
        required_secrets({"OKOCE_SECRET_KEY": "x" * 40})


def test_a_rotation_keeps_of_the_old_key_only_what_verifies(tmp_path: Path) -> None:
    first = kept_secrets({}, tmp_path, empty)
    assert rotate_signing_key(tmp_path) == 2
    assert rotate_signing_key(tmp_path) == 3
    after = kept_secrets({}, tmp_path, full)
    assert [part.split(":")[:2][-1] == "public" for part in after[SIGNING].split(",")] == [True, True, False]
    assert first[SIGNING].partition(":")[2] not in (tmp_path / FILE).read_text()
    assert {**after, SIGNING: ""} == {**first, SIGNING: ""}


def test_numbers_of_keys_run_out_with_a_sentence(tmp_path: Path) -> None:
    kept_secrets({}, tmp_path, empty)
    made = json.loads((tmp_path / FILE).read_text())
    key = made[SIGNING].partition(":")[2]
    (tmp_path / FILE).write_text(json.dumps({**made, SIGNING: f"255:{key}"}))
    with pytest.raises(SettingMissing, match="255"):
        rotate_signing_key(tmp_path)
    assert json.loads((tmp_path / FILE).read_text())[SIGNING] == f"255:{key}"


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
        (SIGNING, "bukan kunci"),
        (SIGNING, "1:MTIz"),
        (SIGNING, "0:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
        (SIGNING, "1:public:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),  # nothing signs
        (SIGNING, ",".join(["1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="] * 2)),
        ("OKOCE_ENCRYPTION_KEYS", "300:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="),
    ],
)
def test_a_secret_that_cannot_work_is_refused_by_name_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(SettingMissing, match=f"{name} dari lingkungan") as refusal:
        required_secrets({**new_secrets(), name: value})
    assert value not in str(refusal.value)


def test_a_rotated_key_may_be_given() -> None:
    given = new_secrets()
    given[SIGNING] = rotated(given[SIGNING])
    assert required_secrets(given) == given


def test_several_encryption_keys_may_be_given() -> None:
    given = new_secrets()
    given["OKOCE_ENCRYPTION_KEYS"] += ",2:" + new_secrets()["OKOCE_HASH_KEY"]
    assert required_secrets(given) == given
