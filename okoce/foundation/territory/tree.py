"""The territory in memory: every region down to kecamatan, in two megabytes."""

from collections.abc import Iterable
from dataclasses import dataclass

from okoce.foundation.territory.states import LENGTH_OF, LEVEL_BY_LENGTH, Level, parent_of

# What people call them; the official list spells out what nobody says.
_SHORT_NAMES = {"31": "DKI Jakarta", "34": "DI Yogyakarta"}
NATION = "Indonesia"


@dataclass(frozen=True, slots=True)
class Place:
    """A region as others need it: light, frozen, shared by everybody in the process."""

    code: str
    kind: str
    name: str
    zone: str = ""
    lat: float | None = None
    lon: float | None = None
    map_x: int | None = None
    map_y: int | None = None
    population: int | None = None

    @property
    def level(self) -> Level:
        return LEVEL_BY_LENGTH[len(self.code)]

    @property
    def parent(self) -> str:
        return parent_of(self.code)

    @property
    def label(self) -> str:
        """The name as people say it: "DKI Jakarta" for "Daerah Khusus Ibukota Jakarta"."""
        return _SHORT_NAMES.get(self.code, self.name)


class Tree:
    """Provinces, regencies and districts by code, with their children in order of code."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.code: place for place in sorted(places, key=lambda place: place.code)}
        self._children: dict[str, list[Place]] = {}
        for place in self.places.values():
            self._children.setdefault(place.parent, []).append(place)

    def get(self, code: str) -> Place | None:
        return self.places.get(code)

    def children(self, code: str) -> list[Place]:
        return list(self._children.get(code, ()))

    def of_level(self, level: Level) -> list[Place]:
        length = LENGTH_OF[level]
        return [place for code, place in self.places.items() if len(code) == length]

    def ancestors(self, code: str) -> list[Place]:
        """From the province down to the region above this one."""
        found = []
        while code := parent_of(code):
            if place := self.places.get(code):
                found.append(place)
        return found[::-1]

    def path(self, place: Place) -> str:
        """ "Senen, Kota Jakarta Pusat, DKI Jakarta"."""
        return ", ".join([place.label, *(above.label for above in reversed(self.ancestors(place.code)))])

    def under(self, prefixes: Iterable[str], level: Level) -> list[Place]:
        """The regions of one level in any of these regions; the empty prefix is the nation."""
        found: list[Place] = []
        for prefix in prefixes:
            self._descend(prefix, LENGTH_OF[level], found)
        return found

    def _descend(self, prefix: str, length: int, found: list[Place]) -> None:
        for place in self._children.get(prefix, ()):
            if len(place.code) == length:
                found.append(place)
            else:
                self._descend(place.code, length, found)


def lies_in(code: str, prefix: str) -> bool:
    """Is the region the other one or within it? The empty prefix is the nation."""
    return not prefix or code == prefix or code.startswith(f"{prefix}.")
