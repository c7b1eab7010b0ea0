from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from okoce.foundation.web import numbers


@pytest.fixture(autouse=True)
def _indonesian() -> object:
    with translation.override("id"):
        yield


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (65_414, "65.414"), (1_469_937, "1.469.937"), (-1_200, "-1.200"), (None, "–")],
)
def test_counts_have_dots_for_thousands(value: int | None, text: str) -> None:
    assert numbers.count_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "Rp0"),
        (1_234_567, "Rp1.234.567"),
        (-4_500, "−Rp4.500"),
        (10**15, "Rp1.000.000.000.000.000"),
        (None, "–"),
    ],
)
def test_rupiah_stand_without_a_space(value: int | None, text: str) -> None:
    assert numbers.rupiah_text(value) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (55_732 / 65_414, "85,2%"),
        (0, "0,0%"),
        (1, "100,0%"),
        (16.0, "1.600,0%"),
        (57_381 / 57_405, ">99,9%"),
        (0.9994, "99,9%"),
        (Decimal("0.9999"), ">99,9%"),
        (57_429 / 57_405, ">100,0%"),
        (1 / 65_414, "<0,1%"),
        (0.0006, "0,1%"),
        (Decimal("0.5"), "50,0%"),
        (None, "–"),
    ],
)
def test_percentages_have_one_decimal_after_a_comma(ratio: float | Decimal | None, text: str) -> None:
    assert numbers.percent_text(ratio) == text


def test_days_are_written_out_in_indonesian() -> None:
    assert numbers.day_text(date(2018, 12, 31)) == "31 Desember 2018"
    assert numbers.day_text(date(2018, 8, 17), "medium") == "17 Agu 2018"
    assert numbers.day_text(None) == "–"


def test_an_instant_is_told_on_its_local_day() -> None:
    late = datetime(2018, 12, 31, 17, 30, tzinfo=UTC)
    assert numbers.day_text(late) == "1 Januari 2019"
    assert numbers.moment_text(late) == "1 Januari 2019, 00.30 WIB"


def test_english_pages_get_english_figures() -> None:
    with translation.override("en"):
        assert numbers.count_text(65_414) == "65,414"
        assert numbers.percent_text(0.852) == "85.2%"
        assert (numbers.percent_text(0.9999), numbers.percent_text(0.0001)) == (">99.9%", "<0.1%")
        assert numbers.day_text(date(2018, 12, 31)) == "31 December 2018"
        assert numbers.moment_text(datetime(2018, 12, 31, 7, 5, tzinfo=UTC)) == "31 December 2018, 14:05 WIB"


def test_filters_read_the_same() -> None:
    template = Template(
        '{{ n|count }} {{ n|rupiah }} {{ r|percent }} {{ d|day:"medium" }} {{ name|initials }}'
    )
    context = Context({"n": 1_000, "r": 0.5, "d": date(2018, 12, 31), "name": "siti nur hayati"})
    assert template.render(context) == "1.000 Rp1.000 50,0% 31 Des 2018 SN"
