"""Somebody is found wherever she is written down, however her number was spelt, also where a file is read in pieces."""

import zipfile
from pathlib import Path

import pytest

from okoce.foundation.personal.person import Person
from okoce.foundation.personal.traces import CHUNK, is_named_in, is_named_in_file

SITI = Person(
    member_ids=(1,),
    numbers=("OK-00000123-0",),
    names=("Siti Rahayu",),
    phones=("+6281234567890",),
    emails=("siti@contoh.id",),
    niks=("3171044107900001",),
)


@pytest.mark.parametrize(
    "text",
    [
        "+6281234567890", "0812-3456-7890", "0812 3456 7890", "62 812.3456.7890", "(0812)34567890", "81234567890",
        "SITI@contoh.id", "ok-00000123-0", "3171044107900001", "3171 0441 0790 0001",
    ],
)  # fmt: skip
def test_she_is_found_in_every_spelling(text: str) -> None:
    assert is_named_in(SITI, f'{{"before": 1, "it": "{text}", "after": 2}}'.encode())


@pytest.mark.parametrize("text", ["", "0812-3456-7891", "Wati", "317104410790000", "ok-00000124-0"])
def test_somebody_else_is_not(text: str) -> None:
    assert not is_named_in(SITI, text.encode(), by_name=True)


def test_a_name_which_others_may_have_counts_only_where_it_is_asked_for() -> None:
    assert not is_named_in(SITI, b"siti RAHAYU")
    assert is_named_in(SITI, b"siti RAHAYU", by_name=True)


def test_nothing_is_looked_for_of_whom_nothing_is_known() -> None:
    assert not is_named_in(Person(member_ids=(1,), phones=("+62",), names=("",)), b"anything", by_name=True)


@pytest.mark.parametrize("before", [0, CHUNK - 5, CHUNK, 3 * CHUNK - 4])
def test_a_file_read_in_pieces_hides_nobody_between_two(before: int, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"x" * before + b"0812-3456-7890" + b"y" * 1000)
    assert is_named_in_file(SITI, path)


def test_a_workbook_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", "<t>Siti Rahayu</t>")
    assert is_named_in_file(SITI, path)


def test_a_file_that_is_gone_names_nobody(tmp_path: Path) -> None:
    assert not is_named_in_file(SITI, tmp_path / "gone.csv")


@pytest.mark.parametrize("text", ["Ani;0812", "ani", "Hj. ANI", "<t>Ani</t>"])
def test_a_short_name_is_found_as_a_word(text: str) -> None:
    assert is_named_in(Person(member_ids=(1,), names=("Ani",)), text.encode(), by_name=True)


@pytest.mark.parametrize("text", ["Rohani", "Anisa", "kampanye.csv", "petani"])
def test_and_not_within_the_names_of_others(text: str) -> None:
    assert not is_named_in(Person(member_ids=(1,), names=("Ani",)), text.encode(), by_name=True)


def test_blanks_within_a_name_hide_nobody() -> None:
    assert is_named_in(SITI, b"SITI   Rahayu", by_name=True)


def test_a_list_in_utf_16_hides_nobody(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("nama;telepon\nSiti Rahayu;0812-3456-7890\n".encode("utf-16"))
    assert is_named_in_file(SITI, path)
    path.write_bytes("nama;telepon\nWati;0812-3456-7890\n".encode("utf-16"))
    assert is_named_in_file(SITI, path)


def test_of_a_damaged_workbook_nobody_can_say_that_she_is_not_in_it(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", "<t>Wati</t>" * 5_000)
    damaged = bytearray(path.read_bytes())
    damaged[60:80] = b"?" * 20
    path.write_bytes(bytes(damaged))
    assert is_named_in_file(SITI, path)
