"""Spreading an exact total over days or places: the shares are rough, the sum is exact."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that sum to the total (largest remainders)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("apportion needs a positive weight")
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def days_between(first: date, last: date) -> list[date]:
    """Every day from first to last, both included."""
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def arrivals(total: int, first: date, last: date, chance: Random) -> list[date]:
    """One day per person, in order: few on Sundays, more towards the end of a period, never all at once."""
    days = days_between(first, last)
    weights = [
        (0.25 if day.weekday() == 6 else 1.0) * (1 + step / len(days)) * chance.uniform(0.6, 1.4)
        for step, day in enumerate(days)
    ]
    return [
        day for day, count in zip(days, apportion(total, weights), strict=True) for _person in range(count)
    ]
