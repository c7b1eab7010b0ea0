"""The number of a permit: held to the count of its digits where its kind has one, and else to having any."""

import pytest

from okoce.foundation.shared.unreadable import Unreadable
from okoce.pipeline.licences import read_licence_number


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("NIB", "1234000567890", "1234000567890"),
        ("NIB", "1234 0005 67890", "1234000567890"),
        ("NIB", "NIB No. 1234000567890", "1234000567890"),
        ("NIB", "", ""),
        ("PIRT", "P-IRT 2063171010001-23", "206317101000123"),
        ("IUMK", "12/1.824/2018", "12/1.824/2018"),
        ("SKU", "7/SKU/2018", "7/SKU/2018"),
        ("HALAL", "ID31110000123450120", "ID31110000123450120"),
        ("", "503/1", "503/1"),
    ],
)
def test_what_a_permit_may_be_numbered(kind: str, written: str, kept: str) -> None:
    assert read_licence_number(kind, written) == kept


@pytest.mark.parametrize(
    ("kind", "written", "says"),
    [
        ("NIB", "123", "seharusnya 13"),
        ("NIB", "12340005678901", "seharusnya 13"),
        ("NIB", "12/1.824/20A8", "selain angka"),
        ("NIB", "1,234E+12", "menjadi bilangan"),
        ("NIB", "0000000000000", "bukan nomor izin"),
        ("PIRT", "2063171", "seharusnya 15"),
        ("SKU", "menyusul", "bukan nomor izin"),
        ("", "-", "bukan nomor izin"),
    ],
)
def test_what_is_no_number_is_said_with_how_to_write_it(kind: str, written: str, says: str) -> None:
    read = read_licence_number(kind, written)
    assert isinstance(read, Unreadable)
    assert says in read.reason
    assert read.suggestion
