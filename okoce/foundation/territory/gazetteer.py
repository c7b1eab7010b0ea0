"""All that is known of names and codes, in memory: what the resolver and the search boxes ask."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from okoce.foundation.territory.codes import OldCode, OldCodes
from okoce.foundation.territory.index import Alias, NameIndex
from okoce.foundation.territory.names import is_blank
from okoce.foundation.territory.resolution import Candidate, Reason
from okoce.foundation.territory.states import LENGTH_OF, Kind, Level
from okoce.foundation.territory.tree import Place, Tree, lies_in
from okoce.foundation.territory.villages import Villages, VillagesOf

_PRINTED = re.compile(r"\s*(?P<path>[^()]*[^()\s])\s*\((?P<code>\d\d(?:\.\d\d){0,2}(?:\.\d{4})?)\)\s*")
NAMED_LEVELS = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


class Found(NamedTuple):
    """The regions that a name means within others, and what had to be understood for it."""

    codes: tuple[str, ...] = ()
    reason: Reason = Reason.FOUND
    note: str = ""


class Gazetteer:
    """Names and codes of every region down to kecamatan; villages as they are asked for."""

    def __init__(
        self, tree: Tree, aliases: Iterable[Alias], old_codes: Iterable[OldCode], villages_of: VillagesOf
    ) -> None:
        self.tree = tree
        self.old_codes = OldCodes(old_codes)
        self.villages = Villages(tree, villages_of)
        known = list(aliases)
        self.indexes = {
            level: NameIndex(level, tree.of_level(level), _of_level(known, level)) for level in NAMED_LEVELS
        }
        former = [
            Place(heir, Kind.KECAMATAN.value, row.old_name)
            for row in self.old_codes.renamed()
            for heir in row.heirs
        ]
        self._former = NameIndex(Level.DISTRICT, former)

    def officially(self, province: str, regency: str, district: str) -> Place | None:
        """The kecamatan whose official names these are, in any case of letters; None where they are not all of them."""
        return self._official.get((province.lower(), regency.lower(), district.lower()))

    @cached_property
    def _official(self) -> dict[tuple[str, str, str], Place]:
        """Kecamatan by their names and those above, as far as every name by itself leads to one region only."""
        above: dict[str, tuple[str, str]] = {}
        for regency in self.tree.of_level(Level.REGENCY):
            province = self.tree.get(regency.parent)
            if province and self._means(province, Level.PROVINCE) and self._means(regency, Level.REGENCY):
                above[regency.code] = province.name.lower(), regency.name.lower()
        alone = (self.tree.places[code] for code in self.indexes[Level.DISTRICT].named_alone())
        return {(*above[place.parent], place.name.lower()): place for place in alone if place.parent in above}

    def _means(self, place: Place, level: Level) -> bool:
        return self.literally(level, place.name, (place.parent,)) == Found((place.code,))

    def place(self, code: str) -> Place | None:
        if len(code) == LENGTH_OF[Level.VILLAGE]:
            return self.villages.get(code)
        return self.tree.get(code)

    def places(self, codes: Iterable[str]) -> list[Place]:
        return [place for code in codes if (place := self.place(code))]

    def candidate(self, place: Place) -> Candidate:
        return Candidate(place, self.tree.path(place))

    def literally(self, level: Level, text: str, within: Sequence[str]) -> Found:
        """The regions within these that the text names, today or formerly; no misspelling allowed."""
        if (printed := self._as_printed(text)) and (codes := _inside([printed[: LENGTH_OF[level]]], within)):
            return Found(codes) if len(codes[0]) == LENGTH_OF[level] else Found()
        tiers = self.indexes[level].exact(text)
        for tier in tiers:
            if codes := _inside(tier.codes, within):
                return self._of_other_kind(codes, text) if tier.other_kind else Found(codes)
        for tier in tiers:
            if codes := tuple(code for code in tier.codes if self.old_codes.former_province(code) in within):
                return self._moved(codes, text)
        found = self._formerly(text, within) if level == Level.DISTRICT else Found()
        return found if found.codes or "," not in text else self._with_address(level, text, within)

    def _as_printed(self, text: str) -> str:
        """The code of a region that is written as we print it among suggestions, "Tebet, Kota Jakarta Selatan, DKI Jakarta
        (31.74.01)"; "" where it is not, or where names and code do not belong together."""
        printed = _PRINTED.fullmatch(text)
        place = self.place(printed["code"]) if printed else None
        is_so = (
            place
            and printed
            and self.tree.path(place).casefold() == " ".join(printed["path"].split()).casefold()
        )
        return place.code if place and is_so else ""

    def _with_address(self, level: Level, text: str, within: Sequence[str]) -> Found:
        """ "Kec. Tebet, Jakarta Selatan": what follows the comma must be true of the region."""
        name, *above = (part for part in text.split(",") if not is_blank(part))
        if not above:
            return Found()
        found = self.literally(level, name, within)
        return found._replace(codes=tuple(code for code in found.codes if self._lies_in_all(code, above)))

    def _lies_in_all(self, code: str, names: Iterable[str]) -> bool:
        return all(
            any(lies_in(code, above) for level in NAMED_LEVELS for above in self.anywhere(level, name))
            for name in names
        )

    def _of_other_kind(self, codes: tuple[str, ...], text: str) -> Found:
        return Found(codes, Reason.CORRECTED, self.read_as(text, codes[0]))

    def _moved(self, codes: tuple[str, ...], text: str) -> Found:
        province = self.tree.places[codes[0][:2]]
        note = _("“%(written)s” kini termasuk %(province)s.") % {
            "written": text.strip(),
            "province": province.label,
        }
        return Found(codes, Reason.MOVED, note)

    def _formerly(self, text: str, within: Sequence[str]) -> Found:
        for tier in self._former.exact(text):
            if codes := _inside(tier.codes, within):
                name = self.tree.places[codes[0]].name
                note = _("“%(written)s” kini bernama %(name)s.") % {"written": text.strip(), "name": name}
                return Found(codes, Reason.MOVED, note)
        return Found()

    def read_as(self, text: str, code: str) -> str:
        place = self.place(code)
        return _("“%(written)s” dibaca %(name)s.") % {
            "written": text.strip(),
            "name": place.label if place else code,
        }

    def anywhere(self, level: Level, text: str) -> tuple[str, ...]:
        """Codes of every region of that name in the nation."""
        return tuple(dict.fromkeys(code for tier in self.indexes[level].exact(text) for code in tier.codes))


def _of_level(aliases: list[Alias], level: Level) -> list[Alias]:
    length = LENGTH_OF[level]
    return [(alias, codes) for alias, codes in aliases if len(codes[0]) == length]


def _inside(codes: Iterable[str], within: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if any(lies_in(code, prefix) for prefix in within))
