"""Days as people and spreadsheets write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.foundation.shared.dates import _parse_text, _parse_tidied, is_future, parse_day, parse_since
from okoce.foundation.shared.unreadable import Unreadable

TODAY = date(2026, 11, 21)
INDEPENDENCE = date(1990, 8, 17)


@pytest.mark.parametrize(
    "written",
    [
        "1990-08-17",
        "1990/08/17",
        "17-08-1990",
        "17/08/1990",
        "17.8.1990",
        "17 8 1990",
        "17.8.90",
        "17/8/90",
        "17 Agustus 1990",
        "17 agt 1990",
        "17-Agt-90",
        "17 Agt. 1990",
        "17 August 1990",
        "Aug 17, 1990",
        "Jumat, 17 Agustus 1990",
        "Jakarta, 17-08-1990",
        "1990-08-17 00:00:00",
        "1990-08-17T10:11:12Z",
        "17/08/1990 10.15",
        "19900817",
        "17081990",
        "33102",
        33102,
        33102.75,
        17081990.0,
        INDEPENDENCE,
        datetime(1990, 8, 17, 12, tzinfo=UTC),
        "'17-08-1990",
        " 17 -08- 1990 ",
    ],
)
def test_every_usual_spelling_is_one_day(written: object) -> None:
    assert parse_day(written, today=TODAY) == INDEPENDENCE


def test_the_day_stands_before_the_month() -> None:
    assert parse_day("03/04/2018") == date(2018, 4, 3)


def test_the_other_order_is_not_guessed_but_suggested() -> None:
    refused = parse_day("8/17/1990")
    assert isinstance(refused, Unreadable)
    assert "17-08-1990" in refused.suggestion


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1.3.19", date(2019, 3, 1)),
        ("1.3.27", date(1927, 3, 1)),
        ("22.11.26", date(1926, 11, 22)),
        ("29.2.00", date(2000, 2, 29)),
    ],
)
def test_a_short_year_is_the_latest_that_has_begun(written: str, day: date) -> None:
    assert parse_day(written, today=TODAY) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "31/02/2000",
        "29.2.1999",
        "32-01-2000",
        "0-1-2000",
        "1990",
        1990,
        "abc",
        "17 Sura 1990",
        "0000-00-00",
        "01-01-0090",
        "1/2",
        None,
        True,
        float("nan"),
        float("inf"),
        -5,
        99999999,
        "٣-٤-٢٠٠٠",
        "17/08/19900",
    ],
)
def test_what_is_no_day_gets_a_sentence(written: object) -> None:
    refused = parse_day(written, today=TODAY)
    assert isinstance(refused, Unreadable)
    assert refused.reason.endswith(".")
    assert refused.suggestion


def test_a_day_far_ahead_is_read_and_judged_by_the_caller() -> None:
    day = parse_day("31-12-2099", today=TODAY)
    assert day == date(2099, 12, 31)
    assert is_future(day, TODAY)
    assert not is_future(TODAY, TODAY)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2015", date(2015, 1, 1)),
        (2015.0, date(2015, 1, 1)),
        ("Maret 2015", date(2015, 3, 1)),
        ("03/2015", date(2015, 3, 1)),
        ("17-08-2015", date(2015, 8, 17)),
    ],
)
def test_a_business_may_have_begun_in_a_year_or_a_month(written: object, day: date) -> None:
    assert parse_since(written, today=TODAY) == day


FORMATS = [
    "%Y-%m-%d",
    "%d-%m-%Y",
    "%d/%m/%Y",
    "%d.%m.%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%B %d, %Y",
    "%Y%m%d",
    "%d%m%Y",
    "%Y-%m-%d %H:%M:%S",
]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMATS))
@settings(deadline=None, max_examples=300)
def test_any_day_survives_any_spelling(day: date, written_as: str) -> None:
    assert parse_day(day.strftime(written_as), today=TODAY) == day


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(),
        st.none(),
        st.text(st.sampled_from("0123456789 -/.,:TZjanmei"), max_size=30),
    )
)
@settings(deadline=None, max_examples=400)
def test_nothing_makes_it_fall_over(anything: object) -> None:
    assert isinstance(parse_day(anything, today=TODAY), date | Unreadable)
    assert isinstance(parse_since(anything, today=TODAY), date | Unreadable)


@given(
    st.from_regex(r"[0-9]{2}[-/][0-9]{2}[-/][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
    | st.dates(date(1700, 1, 1), date(2300, 1, 1)).map("{0:%d-%m-%Y}".format)
    | st.dates(date(1700, 1, 1), date(2300, 1, 1)).map(str)
)
def test_the_usual_forms_are_read_at_once_as_they_would_be_step_by_step(text: str) -> None:
    assert _parse_text(text, None) == _parse_tidied(text, None)
