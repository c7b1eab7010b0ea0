"""Villages, fetched one regency at a time: nobody needs all 83,762 in memory before they are asked for."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from okoce.foundation.territory.index import Likely, NameIndex
from okoce.foundation.territory.names import keys_of, plain_key, readings
from okoce.foundation.territory.states import Level, parent_of
from okoce.foundation.territory.tree import Place, Tree

# The villages of a regency as (code, kind, name).
VillageRow = tuple[str, str, str]
VillagesOf = Callable[[str], Iterable[VillageRow]]

MOST_DISTRICTS = 2_000
MOST_REGENCIES = 100


class _District(NamedTuple):
    places: dict[str, Place]
    names: NameIndex


class Villages:
    """Names of villages within their district."""

    def __init__(self, tree: Tree, villages_of: VillagesOf) -> None:
        self._tree = tree
        self._villages_of = villages_of
        self._rows: dict[str, dict[str, list[Place]]] = {}
        self._districts: dict[str, _District] = {}
        self._regencies: dict[str, dict[str, list[Place]]] = {}

    def get(self, code: str) -> Place | None:
        return self._district(parent_of(code)).places.get(code)

    def named(self, text: str, district: str) -> tuple[Place, ...]:
        """The villages of the district that the text may name; usually one."""
        known = self._district(district)
        tiers = known.names.exact(text)
        return tuple(known.places[code] for code in tiers[0].codes) if tiers else ()

    def likely(self, text: str, district: str) -> list[Likely]:
        return self._district(district).names.likely(text, self._tree, ("",))

    def elsewhere(self, text: str, regency: str) -> list[Place]:
        """The villages of that name anywhere in the regency."""
        known = self._by_key(regency)
        keys = (key for form in readings(text, Level.VILLAGE) for key in keys_of(form.words))
        return list(dict.fromkeys(place for key in keys for place in known.get(key, ())))

    def _by_key(self, regency: str) -> dict[str, list[Place]]:
        """Literal names alone: asked of whole regencies, mostly to learn that there is no such village."""
        if (known := self._regencies.get(regency)) is None:
            if len(self._regencies) >= MOST_REGENCIES:
                self._regencies.clear()
            known = self._regencies[regency] = {}
            for places in self._regency(regency).values():
                for place in places:
                    known.setdefault(plain_key(place.name), []).append(place)
        return known

    def _district(self, code: str) -> _District:
        if (known := self._districts.get(code)) is None:
            if len(self._districts) >= MOST_DISTRICTS:
                self._districts.clear()
            places = self._regency(parent_of(code)).get(code, [])
            known = _District({place.code: place for place in places}, NameIndex(Level.VILLAGE, places))
            self._districts[code] = known
        return known

    def _regency(self, code: str) -> dict[str, list[Place]]:
        if (known := self._rows.get(code)) is None:
            known = {place.code: [] for place in self._tree.children(code)}
            regency = self._tree.get(code)
            zone = regency.zone if regency else ""
            for village, kind, name in self._villages_of(code) if regency else ():
                known.setdefault(parent_of(village), []).append(Place(village, kind, name, zone))
            self._rows[code] = known
        return known
