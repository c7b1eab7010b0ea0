"""Until (not including) a day is told by the day before."""

from datetime import date

import pytest

from okoce.foundation.shared.days import last_day


@pytest.mark.parametrize(
    ("until_on", "last"),
    [
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 2), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_the_last_day_is_the_one_before_and_never_before_the_first(until_on: date, last: date) -> None:
    assert last_day(date(2026, 1, 1), until_on) == last
