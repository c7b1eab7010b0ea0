"""Reading the number of an identity card."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.community.members.nik import (
    Nik,
    WrittenNik,
    mask_nik,
    nik_warnings,
    parse_nik,
)
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.shared.unreadable import Unreadable

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "written",
    [
        "3174041708900001",
        " 3174 0417 0890 0001 ",
        "317404.170890.0001",
        "3174-0417-0890-0001",
        "'3174041708900001",
        3174041708900001,
        3174041708900001.0,
    ],
)
def test_the_usual_spellings_are_one_number(written: object) -> None:
    nik = parse_nik(written, TODAY)
    assert nik == Nik("3174041708900001", "male", date(1990, 8, 17))


def test_forty_is_added_to_the_day_of_a_woman() -> None:
    nik = parse_nik("3174045708900001", TODAY)
    assert isinstance(nik, Nik)
    assert (nik.sex, nik.birth_on) == ("female", date(1990, 8, 17))


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("3174045002030001", date(2003, 2, 10)),  # a library says 1903
        ("3174042111260001", date(2026, 11, 21)),
        ("3174042211260001", date(1926, 11, 22)),  # tomorrow is not a birthday
        ("3174042902000001", date(2000, 2, 29)),
        ("3174041708550001", date(1955, 8, 17)),
    ],
)
def test_the_century_is_the_latest_that_has_begun(digits: str, born: date) -> None:
    nik = parse_nik(digits, TODAY)
    assert isinstance(nik, Nik)
    assert nik.birth_on == born


@pytest.mark.parametrize(
    "date_part", ["990890", "320890", "400890", "720890", "001290", "171390", "170090", "300290", "290295"]
)
def test_an_impossible_birth_date_is_a_warning_and_no_more(date_part: str) -> None:
    nik = parse_nik(f"317404{date_part}0001", TODAY)
    assert nik == WrittenNik(f"317404{date_part}0001")
    [odd] = nik_warnings(nik, date(1990, 8, 17), "female")
    assert odd.field == "nik"
    assert date_part in odd.reason
    assert odd.suggestion


@pytest.mark.parametrize("written", ["123", "3174043202900000", "0000000000000000", "31740432029000AB"])
def test_what_is_no_nik_is_refused_and_not_warned_of(written: str) -> None:
    refused = parse_nik(written, TODAY)
    assert isinstance(refused, Unreadable)
    assert nik_warnings(refused, None, "") == []


@pytest.mark.parametrize("written", ["3,17404E+15", "3.17404E+15", "3,17404E15", "3E+15", "'3,17404E+15"])
def test_scientific_notation_is_refused_with_that_reason(written: str) -> None:
    refused = parse_nik(written, TODAY)
    assert isinstance(refused, Unreadable)
    assert "bilangan" in refused.reason
    assert "Teks" in refused.suggestion


def test_a_number_cell_that_may_have_lost_its_last_digit_is_refused() -> None:
    refused = parse_nik(3174041708900010.0, TODAY)
    assert isinstance(refused, Unreadable)
    assert "bilangan" in refused.reason


def test_the_zeros_that_a_spreadsheet_leaves_are_recognised_in_text_too() -> None:
    assert isinstance(parse_nik("3174041708900000", TODAY), Unreadable)


@pytest.mark.parametrize(
    "written",
    ["", "123", "31740417089000011", "317404170890000A", "1111111111111111", None, True, 1.5, float("nan")],
)
def test_what_is_no_nik_gets_a_sentence(written: object) -> None:
    refused = parse_nik(written, TODAY)
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith(".")


def test_it_is_shown_masked() -> None:
    assert mask_nik("3171041708900001") == "3171••••••••0001"


def test_an_unknown_region_is_a_warning_and_no_more() -> None:
    nik = parse_nik("9999991708900001", TODAY)
    assert isinstance(nik, Nik)
    [odd] = nik_warnings(nik, date(1990, 8, 17), "male")
    assert (odd.field, "99.99.99" in odd.reason) == ("nik", True)
    assert nik_warnings(parse_nik("3171041708900001", TODAY), date(1990, 8, 17), "male") == []


def test_another_day_and_another_sex_than_were_told_are_warnings_beside_their_fields() -> None:
    nik = parse_nik("3171041708900001", TODAY)
    assert [one.field for one in nik_warnings(nik, date(1990, 8, 18), "female")] == ["birth_on", "sex"]
    assert nik_warnings(nik, None, "") == []


@given(st.dates(date(1910, 1, 1), TODAY), st.booleans(), st.integers(1, 9999), st.integers(110101, 969999))
@settings(deadline=None)
def test_every_possible_number_gives_back_its_parts(
    born: date, woman: bool, serial: int, region: int
) -> None:
    day = born.day + 40 * woman
    nik = parse_nik(f"{region}{day:02d}{born:%m%y}{serial:04d}", TODAY)
    assert isinstance(nik, Nik)
    assert nik.sex == ("female" if woman else "male")
    assert (nik.birth_on.day, nik.birth_on.month) == (born.day, born.month)
    assert nik.birth_on <= TODAY < nik.birth_on + timedelta(days=121 * 366)
    assert len(nik.masked) == 16


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.none(),
        st.text(st.sampled_from("0123456789 .-eE+,"), max_size=25),
    )
)
@settings(deadline=None, max_examples=300)
def test_nothing_makes_it_fall_over(anything: object) -> None:
    assert isinstance(parse_nik(anything, TODAY), WrittenNik | Unreadable)
