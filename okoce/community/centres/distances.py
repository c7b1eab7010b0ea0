"""How far kecamatan lie apart, as the crow flies between the middles of their villages. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, inf, radians, sin, sqrt

from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

EARTH_KILOMETRES = 6371.0


@dataclass(frozen=True, slots=True)
class Known:
    """A centre and its kecamatan."""

    centre_id: int
    region: str


@dataclass(frozen=True, slots=True)
class Near:
    centre_id: int
    kilometres: float | None


def nearest_places(region: str, places: Iterable[Known], most: int) -> list[Near]:
    """The nearest of some places, those in the same kecamatan first; where a middle is unknown, the same kabupaten before the same
    province before all else, behind those whose distance is known."""
    away: dict[str, float | None] = {}
    for place in places:
        away.setdefault(place.region, kilometres_between(region, place.region))
    ranked = sorted(places, key=lambda place: _rank(region, place, away[place.region]))
    return [Near(place.centre_id, away[place.region]) for place in ranked[:most]]


def _rank(region: str, place: Known, kilometres: float | None) -> tuple[bool, float, bool, bool]:
    regency, province = region[: LENGTH_OF[Level.REGENCY]], region[: LENGTH_OF[Level.PROVINCE]]
    return (
        place.region != region,
        inf if kilometres is None else kilometres,
        not place.region.startswith(regency),
        not place.region.startswith(province),
    )


def _middle(code: str) -> tuple[float, float] | None:
    place = territory.find_region(code)
    if place is None or place.lat is None or place.lon is None:
        return None
    return radians(place.lat), radians(place.lon)


def kilometres_between(one: str, other: str) -> float | None:
    """0 within one kecamatan; None where a middle is not known."""
    if one == other:
        return 0.0
    here, there = _middle(one), _middle(other)
    if here is None or there is None:
        return None
    half_up, half_across = (there[0] - here[0]) / 2, (there[1] - here[1]) / 2
    chord = sin(half_up) ** 2 + cos(here[0]) * cos(there[0]) * sin(half_across) ** 2
    return 2 * EARTH_KILOMETRES * asin(sqrt(chord))
