"""Where one works: places with days, and the home that follows from them (ADR 0021)."""

from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import Any


def home_of(codes: Sequence[str]) -> str:
    """The smallest place that holds them all; "" where that is the nation."""
    levels = zip(*(code.split(".") for code in codes), strict=False)
    return ".".join(parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, levels))


def set_areas(owner: Any, codes: Sequence[str], on: date) -> bool:
    """Let a komunitas or a mitra work in these places from a day on, and nowhere else; its home moves along. Whether anything
    changed. `owner` has `areas` with region and days, and a home (`region`)."""
    standing = {area.region: area for area in owner.areas.filter(until_on__isnull=True)}
    left = [area for region, area in standing.items() if region not in codes]
    entered = [region for region in codes if region not in standing]
    for area in left:
        area.until_on = max(on, area.from_on)
        area.save(update_fields=["until_on"])
    rows = owner.areas
    rows.bulk_create(rows.model(**{rows.field.name: owner}, region=region, from_on=on) for region in entered)
    if left or entered:
        owner.region = home_of(codes)
        owner.save(update_fields=["region", "updated_at"])
    return bool(left or entered)
