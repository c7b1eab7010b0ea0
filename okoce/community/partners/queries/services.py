"""Which stage is served by whom, where, today (`serving.py` says what that is). Public: names of partners are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from okoce.community.partners.queries.serving import all_serving
from okoce.community.partners.stages import FIRST, LAST
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

REGENCY, PROVINCE = LENGTH_OF[Level.REGENCY], LENGTH_OF[Level.PROVINCE]


@dataclass(frozen=True, slots=True)
class Service:
    """One who serves a stage in a place; `is_partly`: in some of its kecamatan alone."""

    name: str
    is_partly: bool


@dataclass(frozen=True, slots=True)
class ServedPlace:
    """A kabupaten or kota: who serves each stage there, by stage; a stage that nobody serves is missing."""

    code: str
    name: str
    services: dict[int, list[Service]]


@dataclass(frozen=True, slots=True)
class ServedProvince:
    """A province: in how many of its kabupaten and kota each stage is served, wholly or partly, by stage."""

    code: str
    name: str
    regencies: int
    served: dict[int, int]


Offers = dict[int, dict[str, set[str]]]  # stage → place → names


def services_in(province: str) -> list[ServedPlace]:
    """The kabupaten and kota of a province, each with who serves which stage there. Public."""
    offers = _offers()
    return [
        ServedPlace(place.code, place.label, _services(offers, place.code))
        for place in territory.children(province)
    ]


def services_by_province() -> list[ServedProvince]:
    """The provinces, each with how many of its kabupaten and kota have somebody for each stage. Public."""
    offers = _offers()
    told = []
    for province in territory.children():
        regencies = [place.code for place in territory.children(province.code)]
        served = {
            stage: sum(_is_served(places, code) for code in regencies) for stage, places in offers.items()
        }
        told.append(ServedProvince(province.code, province.label, len(regencies), served))
    return told


@dataclass(frozen=True, slots=True)
class ServedMap:
    """One stage: how many serve each kecamatan that anybody serves, out of all kecamatan."""

    stage: int
    counts: dict[str, int]
    districts: int


def served_districts(stage: int) -> ServedMap:
    """The kecamatan in which somebody serves a stage, with how many do. Public."""
    places = _offers().get(stage, {})
    districts = [one.code for one in territory.districts()]
    counts = {code: len(_named(places, (*_around(code[:REGENCY]), code))) for code in districts}
    return ServedMap(stage, {code: count for code, count in counts.items() if count}, len(districts))


def _offers() -> Offers:
    """Who serves which stage in which place; a place within a kabupaten also stands under the kabupaten's code with a star."""
    told: Offers = {stage: defaultdict(set) for stage in range(FIRST, LAST + 1)}
    for one in all_serving():
        for stage, place in one.places():
            told[stage][place].add(one.partner.name)
            if len(place) > REGENCY:
                told[stage][_within(place[:REGENCY])].add(one.partner.name)
    return told


def _within(regency: str) -> str:
    return f"{regency}*"


def _around(regency: str) -> tuple[str, ...]:
    return ("", regency[:PROVINCE], regency)


def _is_served(places: dict[str, set[str]], regency: str) -> bool:
    return any(code in places for code in (*_around(regency), _within(regency)))


def _services(offers: Offers, regency: str) -> dict[int, list[Service]]:
    told = {}
    for stage, places in offers.items():
        whole = _named(places, _around(regency))
        partly = _named(places, (_within(regency),)) - whole
        services = [Service(name, is_partly=name in partly) for name in sorted(whole | partly)]
        if services:
            told[stage] = services
    return told


def _named(places: dict[str, set[str]], codes: Iterable[str]) -> set[str]:
    return {name for code in codes if code in places for name in places[code]}
