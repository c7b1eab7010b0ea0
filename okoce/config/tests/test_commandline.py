"""The `okoce` command as an operator meets it: whole processes, sentences, exit codes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from okoce.config.keyring import FILE, FIRST_NAMES, NAMES, new_secrets
from okoce.config.tests.processes import data_folder, environment, okoce

pytestmark = pytest.mark.loopback
NOWHERE = "postgresql://okoce:rahasia-sekali@127.0.0.1:1/okoce"


@pytest.fixture
def folder() -> Iterator[Path]:
    with data_folder() as made:
        yield made


def only_sentence(text: str) -> str:
    assert text.count("\n") == 1, text
    assert "Traceback" not in text
    return text.strip()


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["user", "create"]])
def test_an_own_database_without_secrets_is_refused_with_what_is_missing(
    folder: Path, command: list[str]
) -> None:
    refused = okoce(*command, DATABASE_URL=NOWHERE, OKOCE_DATA=str(folder), OKOCE_HASH_KEY="x", PORT="8999")
    assert refused.returncode == 2
    sentence = only_sentence(refused.stderr)
    assert sentence.startswith("OKOCE_SECRET_KEY, OKOCE_ENCRYPTION_KEYS dan OKOCE_SIGNING_KEYS belum diatur")
    assert "okoce secrets" in sentence
    assert not list(folder.glob("secrets*"))


def test_a_database_that_does_not_answer_is_one_sentence_without_its_password(folder: Path) -> None:
    refused = okoce("migrate", DATABASE_URL=NOWHERE, OKOCE_DATA=str(folder), **new_secrets())
    assert refused.returncode == 2
    assert "tidak dapat dihubungi" in only_sentence(refused.stderr)
    assert "rahasia-sekali" not in refused.stderr


def test_whoever_asks_what_secrets_does_gets_no_secrets() -> None:
    told = okoce("secrets", "--help")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.startswith("okoce secrets\n")
    assert not [name for name in NAMES if f"{name}=" in told.stdout]


def test_secrets_are_printed_as_lines_of_an_environment_file() -> None:
    printed = okoce("secrets")
    lines = dict(line.split("=", 1) for line in printed.stdout.splitlines())
    assert set(lines) == set(NAMES)
    assert printed.stderr == ""


@pytest.mark.parametrize(
    ("values", "begin"),
    [
        ({"PORT": "http"}, "PORT=http bukan bilangan bulat"),
        ({"PORT": "70000"}, "PORT=70000 bukan nomor port"),
        ({"DEMO": "2019"}, "DEMO=2019 tidak dikenal; pakai 2018, 2020 atau none."),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL tidak terbaca"),
    ],
)
def test_a_setting_that_cannot_be_is_one_sentence(folder: Path, values: dict[str, str], begin: str) -> None:
    refused = okoce("run", OKOCE_DATA=str(folder), **values)
    assert refused.returncode == 2
    assert only_sentence(refused.stderr).startswith(begin)


def test_an_unknown_command_and_half_a_command_are_one_sentence(folder: Path) -> None:
    for arguments in (["ikan"], ["user"], ["user", "ikan"]):
        refused = okoce(*arguments, OKOCE_DATA=str(folder))
        assert refused.returncode == 2
        assert only_sentence(refused.stderr).startswith("`okoce" if arguments[0] == "user" else "Perintah")
    assert not folder.exists()


def test_help_starts_no_database(folder: Path) -> None:
    for arguments in ([], ["user", "create", "--help"]):
        shown = okoce(*arguments, OKOCE_DATA=str(folder))
        assert shown.returncode == 0
        assert "user create" in shown.stdout
    assert not folder.exists()


def test_a_key_is_rotated_in_the_data_folder_or_printed_for_the_environment(folder: Path) -> None:
    given = new_secrets()
    told = okoce("key", "rotate", DATABASE_URL=NOWHERE, OKOCE_DATA=str(folder), **given)
    assert (told.returncode, told.stdout.count("\n")) == (0, 1)
    old, new = told.stdout.strip().removeprefix("OKOCE_SIGNING_KEYS=").split(",")
    assert (old.split(":")[:2], new.split(":")[0]) == (["1", "public"], "2")
    assert given["OKOCE_SIGNING_KEYS"].partition(":")[2] not in told.stdout
    refused = okoce("key", "rotate", OKOCE_DATA=str(folder))
    assert refused.returncode == 2
    assert "belum ada" in only_sentence(refused.stderr)
    folder.mkdir(parents=True)
    (folder / FILE).write_text(json.dumps(given))
    told = okoce("key", "rotate", OKOCE_DATA=str(folder))
    assert (told.returncode, told.stdout) == (0, "")
    kept = json.loads((folder / FILE).read_text())
    assert kept["OKOCE_SIGNING_KEYS"].startswith("1:public:")
    assert {name: kept[name] for name in FIRST_NAMES} == {name: given[name] for name in FIRST_NAMES}
    assert okoce("key").returncode == 2


@pytest.mark.long
def test_a_first_officer_and_a_token_on_a_fresh_folder(folder: Path) -> None:
    values = {"OKOCE_DATA": str(folder)}
    early = okoce("user", "create", "--phone", "0812-3456-7890", "--name", "F", "--role", "auditor", **values)
    assert (early.returncode, only_sentence(early.stderr)) == (
        2, "Basis data ini belum disiapkan; jalankan `okoce migrate` atau `make run` dahulu.",
    )  # fmt: skip
    assert okoce("migrate", "-v0", **values).returncode == 0
    made = okoce(
        "user", "create", "--phone", "+62 812 3456 7890", "--name", "F", "--role", "auditor", **values
    )
    assert made.returncode == 0
    assert made.stdout.strip().isdigit()
    assert "hanya ditampilkan sekali" in made.stderr
    token = okoce("token", "create", "--user", "081234567890", **values)
    assert (token.returncode, len(token.stdout.split()), token.stderr) == (0, 1, "")
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_the_tests_own_settings_do_not_leak_into_commands() -> None:
    assert not {"DATABASE_URL", *NAMES} & set(environment())
