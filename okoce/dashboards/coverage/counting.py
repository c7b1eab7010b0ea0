"""Kecamatan with an open centre out of all kecamatan, of a place and of those directly below it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from okoce.community.centres.models import Centre
from okoce.community.centres.queries import open_by_district, open_in
from okoce.dashboards.funnel import PUBLIC_CODE_LENGTH, Place, ratio
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import Offer, offer_of
from okoce.foundation.territory.states import LENGTH_OF, Level

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Covered:
    """One place: how many of its kecamatan had an open centre, out of how many, and how many centres that were."""

    code: str
    name: str
    lit: int
    districts: int
    centres: int

    @property
    def share(self) -> float | None:
        return ratio(self.lit, self.districts)


@dataclass(frozen=True, slots=True)
class District:
    """A kecamatan of a kabupaten, with its open centres by name."""

    code: str
    name: str
    centres: list[Centre]


@dataclass(frozen=True, slots=True)
class Bare:
    """Some kecamatan of a province without an open centre, by code; `next_after` where there are more."""

    places: list[Offer]
    total: int
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A place at the end of a day; `parts` below the nation and a province, `districts` within a kabupaten/kota."""

    place: Covered
    day: date
    counts: Mapping[str, int]  # of the whole nation, for the map
    parts: list[Covered]
    districts: list[District]


def coverage_of(place: Place, day: date) -> Coverage:
    """Which of a place's kecamatan were lit at the end of a day. The kecamatan are those of today's list, on every day."""
    counts = open_by_district(day)
    is_deep = len(place.code) >= PUBLIC_CODE_LENGTH
    parts = (
        [] if is_deep else [_covered(one.code, one.label, counts) for one in territory.children(place.code)]
    )
    return Coverage(
        place=_covered(place.code, place.name, counts),
        day=day,
        counts=counts,
        parts=sorted(parts, key=lambda part: (-(part.share or 0), -part.lit, part.name)),
        districts=_districts(place.code, day) if is_deep else [],
    )


def bare_districts(found: Coverage, after: str = "") -> Bare | None:
    """A page of the kecamatan of a province that had no open centre; None of any other place."""
    if len(found.place.code) != LENGTH_OF[Level.PROVINCE]:
        return None
    bare = sorted(code for code in _codes(found.place.code) if code not in found.counts)
    left = [code for code in bare if code > after]
    shown = left[:PER_PAGE]
    offers = [offer for code in shown if (offer := offer_of(code))]
    return Bare(offers, len(bare), shown[-1] if len(left) > PER_PAGE else "")


def _covered(code: str, name: str, counts: Mapping[str, int]) -> Covered:
    codes = _codes(code)
    centres = [counts[one] for one in codes if one in counts]
    return Covered(code, name, len(centres), len(codes), sum(centres))


def _codes(code: str) -> list[str]:
    """The kecamatan of a place; itself where it is one."""
    if len(code) == LENGTH_OF[Level.DISTRICT]:
        return [code]
    return [one.code for one in territory.districts(code)]


def _districts(code: str, day: date) -> list[District]:
    codes = _codes(code)
    centres = open_in(codes, day)
    return [District(one, territory.name_of(one), centres.get(one, [])) for one in codes]
