"""Telephone numbers in any usual Indonesian spelling."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.foundation.shared.phones import parse_phone, show_phone
from okoce.foundation.shared.unreadable import Unreadable


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "(0812) 3456-7890",
        "+6281234567890",
        "+62 812-3456-7890",
        "62812 3456 7890",
        "81234567890",
        81234567890,
        81234567890.0,
        "+62 (0)812 3456 7890",
        "+62 0812 3456 7890",
        "'081234567890",
        "WA 081234567890",
        "No. HP: 0812 3456 7890",
        "\u202a081234567890\u202c",
        " 081234567890\n",
        "0812–3456–7890",
        "0812/3456/7890",
    ],
)
def test_every_usual_spelling_is_one_number(written: object) -> None:
    assert parse_phone(written) == "+6281234567890"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("021-5551234", "+62215551234"),
        ("(0274) 512345", "+62274512345"),
        ("0811234567", "+62811234567"),
        ("+65 9123 4567", "+6591234567"),
    ],
)
def test_landlines_short_and_foreign_numbers_are_numbers_too(written: str, number: str) -> None:
    assert parse_phone(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "0812 3456 7890 / 0813 4567 8901",
        "081234567890/081345678901",
        "081234567890, 081345678901",
        "081234567890 atau 081345678901",
        "081234567890 081345678901",
    ],
)
def test_two_numbers_are_not_chosen_between(written: str) -> None:
    assert isinstance(parse_phone(written), Unreadable)


def test_two_numbers_get_that_reason() -> None:
    refused = parse_phone("0812 3456 7890 / 0813 4567 8901")
    assert isinstance(refused, Unreadable)
    assert "lebih dari satu" in refused.reason


def test_a_number_that_a_spreadsheet_cut_gets_that_reason() -> None:
    refused = parse_phone("8,12346E+10")
    assert isinstance(refused, Unreadable)
    assert "bilangan" in refused.reason


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "12",
        "0812345",
        "08123456789012",
        "O81234567890",
        "tidak ada",
        None,
        True,
        "0" * 500,
        "٠٨١٢٣٤٥٦٧٨٩٠",
    ],
)
def test_what_is_no_number_gets_a_sentence(written: object) -> None:
    refused = parse_phone(written)
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith(".")
    assert refused.suggestion


def test_it_is_shown_as_people_write_it() -> None:
    assert show_phone("+6281234567890") == "0812-3456-7890"
    assert show_phone("+62811234567") == "0811-2345-67"
    assert show_phone("+62215551234") == "(021) 5551234"
    assert show_phone("+6591234567") == "+65 9123 4567"
    assert show_phone("rusak") == "rusak"


NATIONAL = st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True)


@given(
    NATIONAL,
    st.sampled_from(["0", "+62", "62", "", "+62 ", "+62-", "(0)", "0 "]),
    st.sampled_from(["", " ", "-", "."]),
)
@settings(deadline=None)
def test_any_mobile_number_survives_any_spelling(national: str, before: str, mark: str) -> None:
    grouped = mark.join(national[i : i + 4] for i in range(0, len(national), 4))
    assert parse_phone(before + grouped) == "+62" + national
    assert parse_phone(show_phone("+62" + national)) == "+62" + national


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.none(),
        st.text(st.sampled_from("0123456789 +-/,()eE"), max_size=70),
    )
)
@settings(deadline=None, max_examples=300)
def test_nothing_makes_it_fall_over(anything: object) -> None:
    number = parse_phone(anything)
    assert isinstance(number, str | Unreadable)
    if isinstance(number, str):
        assert parse_phone(number) == number
