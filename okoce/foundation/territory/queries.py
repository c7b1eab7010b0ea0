"""Questions about the territory. Public reference data: no actor, no scope.

Down to kecamatan the answers come from memory (read once per process); villages from the table.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Case, Count, Q, QuerySet, When
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import reference, search
from okoce.foundation.territory.gazetteer import Gazetteer
from okoce.foundation.territory.models import Region
from okoce.foundation.territory.resolver import Resolver
from okoce.foundation.territory.states import LENGTH_OF, Level, Zone
from okoce.foundation.territory.tree import NATION, Place, Tree
from okoce.foundation.territory.villages import VillageRow

_PLACE_COLUMNS = ("code", "kind", "name", "zone", "lat", "lon", "map_x", "map_y", "population")
MOST_VILLAGES = 300
_VILLAGE_LENGTH = LENGTH_OF[Level.VILLAGE]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """How many places bear a name, and how many have its letters in theirs."""

    exactly: int
    holding: int


@cache
def tree() -> Tree:
    """Every region down to kecamatan. Raises where the territory has not been loaded yet."""
    rows = Region.objects.exclude(level=Level.VILLAGE).values_list(*_PLACE_COLUMNS)
    known = Tree(Place(*row) for row in rows)
    if not known.places:
        raise LookupError("the territory is not in the database: run load_territory() first")
    return known


@cache
def resolver() -> Resolver:
    """The resolver of this process; it remembers the addresses it has seen."""
    return Resolver(gazetteer())


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(tree(), reference.aliases(), reference.old_codes(), villages_of)


def forget() -> None:
    """Another edition was loaded."""
    for known in (tree, resolver, gazetteer):
        known.cache_clear()


def region(code: str) -> Place:
    """The region of a code; NotFound where there is none."""
    if place := find_region(code):
        return place
    raise NotFound(_("Wilayah dengan kode %(code)s tidak ada.") % {"code": code[:_VILLAGE_LENGTH]})


def find_region(code: str) -> Place | None:
    """The region of a code, or nothing."""
    if len(code) != _VILLAGE_LENGTH:
        return tree().get(code)
    row = Region.objects.filter(code=code, level=Level.VILLAGE).values_list(*_PLACE_COLUMNS).first()
    return Place(*row) if row else None


def children(code: str = "") -> list[Place]:
    """The regions directly below; the provinces where no code is given."""
    if len(code) != LENGTH_OF[Level.DISTRICT]:
        return tree().children(code)
    rows = Region.objects.filter(code__startswith=f"{code}.", level=Level.VILLAGE).order_by("code")
    return [Place(*row) for row in rows.values_list(*_PLACE_COLUMNS)]


def ancestors(code: str) -> list[Place]:
    """From the province down to the region above this one."""
    return tree().ancestors(code)


def districts(within: str = "") -> list[Place]:
    """Every kecamatan, with its point and its cell on the map of dots."""
    return tree().under([within], Level.DISTRICT)


def zone_of(code: str) -> str:
    """`WIB`, `WITA` or `WIT`; the nation's public day is WIB."""
    place = tree().get(code[: LENGTH_OF[Level.REGENCY]])
    return place.zone if place else Zone.WIB.value


def name_of(code: str) -> str:
    """ "Senen", "DKI Jakarta"; "Indonesia" for no code; the code itself where it is unknown."""
    return names_for([code])[code]


def path_of(code: str) -> str:
    """ "Senen, Kota Jakarta Pusat, DKI Jakarta"; "Indonesia" for no code."""
    place = find_region(code) if code else None
    return tree().path(place) if place else code or NATION


def names_for(codes: Iterable[str]) -> dict[str, str]:
    """Names of many regions, with one query for the villages among them and none without."""
    wanted = dict.fromkeys(codes)
    villages = [code for code in wanted if len(code) == _VILLAGE_LENGTH]
    found = dict(Region.objects.filter(code__in=villages).values_list("code", "name")) if villages else {}
    places = tree().places
    return {code: _name(places.get(code), found.get(code), code) for code in wanted}


def _name(place: Place | None, village: str | None, code: str) -> str:
    return place.label if place else village or code or NATION


def villages_of(regency: str) -> list[VillageRow]:
    """Code, kind and name of every village of a regency."""
    rows = Region.objects.filter(code__startswith=f"{regency}.", level=Level.VILLAGE).order_by("code")
    return list(rows.values_list("code", "kind", "name"))


def suggest(text: str, level: Level | str, within: str | None = None, limit: int = 8) -> list[Place]:
    """What a search box offers while somebody types: beginnings, then words inside, then misspellings."""
    wanted = Level(level)
    if wanted != Level.VILLAGE:
        return search.suggest(gazetteer(), text, wanted, within or "", limit)
    return _suggest_villages(text, within or "", limit)


def _suggest_villages(text: str, within: str, limit: int) -> list[Place]:
    if len(within) >= LENGTH_OF[Level.REGENCY]:
        rows = villages_of(within[: LENGTH_OF[Level.REGENCY]])
        places = [
            Place(code, kind, name, zone_of(code)) for code, kind, name in rows if code.startswith(within)
        ]
        return search.rank_villages(text, places, limit)
    typed = _lowered(text)
    found = _villages_holding(typed).filter(code__startswith=within)
    # those of that very name are never among the ones that are cut off
    ordered = found.order_by(Case(When(lowered=typed, then=0), default=1), "code")
    places = [Place(*row) for row in ordered.values_list(*_PLACE_COLUMNS)[:MOST_VILLAGES]]
    return search.rank_villages(text, places, limit)


def count_named(text: str, levels: Collection[Level]) -> Namesakes:
    """How many kecamatan, kelurahan and desa bear a name, and in how many its letters occur. Public."""
    typed = _lowered(text)
    names = (
        [place.name.lower() for place in tree().under([""], Level.DISTRICT)]
        if Level.DISTRICT in levels
        else []
    )
    exactly, holding = names.count(typed), sum(typed in name for name in names)
    if Level.VILLAGE in levels:
        counted = _villages_holding(typed).aggregate(
            exactly=Count("pk", filter=Q(lowered=typed)), holding=Count("pk")
        )
        exactly, holding = exactly + counted["exactly"], holding + counted["holding"]
    return Namesakes(exactly, holding)


def _lowered(text: str) -> str:
    return " ".join(text.replace("\x00", " ").lower().split())


def _villages_holding(typed: str) -> QuerySet[Region]:
    """Over many villages the trigram index finds those that hold the letters."""
    return Region.objects.alias(lowered=Lower("name")).filter(level=Level.VILLAGE, lowered__contains=typed)
