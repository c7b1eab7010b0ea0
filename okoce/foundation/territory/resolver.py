"""From an address as people write it to exactly one region, or to the candidates; never a silent guess."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.gazetteer import NAMED_LEVELS, Found, Gazetteer
from okoce.foundation.territory.index import LIKE_ENOUGH, LIKE_ENOUGH_BESIDE_A_CODE, Likely, clearly_best
from okoce.foundation.territory.names import is_blank, untitled
from okoce.foundation.territory.refusals import Refusals
from okoce.foundation.territory.resolution import Reason, Resolution
from okoce.foundation.territory.states import LENGTH_OF, Level, parent_of
from okoce.foundation.territory.tree import Place

MOST_REMEMBERED = 30_000
# A kecamatan of several regencies is decided by its village only while there are few to look into.
FEW_DISTRICTS = 12


_Key = tuple[str | None, str | None, str | None, str | None, str | None, Level | None]


class Address(NamedTuple):
    """What stands in the columns, unchanged; empty where there is nothing."""

    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    code: str = ""

    def written(self, level: Level) -> str:
        text: str = getattr(self, level.value)
        return "" if is_blank(text) else text


class Resolver:
    """Resolves addresses; remembers every one it has seen, since files repeat the same few thousand."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._refusals = Refusals(gazetteer)
        self._remembered: dict[tuple[str | None, ...], Resolution] = {}

    def resolve(
        self,
        *,
        province: str | None = "",
        regency: str | None = "",
        district: str | None = "",
        village: str | None = "",
        code: str | None = "",
        at_least: Level | None = None,
    ) -> Resolution:
        """One region in `.region`; otherwise `.sentence`, `.field` and `.candidates`.

        A region above the level `at_least` is refused: "kecamatan belum diisi".
        """
        key = (province, regency, district, village, code, at_least)
        return self._remembered.get(key) or self._resolve_anew(key)

    def heirs(self, code: str) -> list[Place]:
        """Every region that a code may stand for, today's first: for the first digits of a NIK."""
        reading = read_code(code)
        former = self.gazetteer.old_codes.heirs(reading.code)
        return self.gazetteer.places(dict.fromkeys([reading.code, *(former.codes if former else ())]))

    def _resolve_anew(self, key: _Key) -> Resolution:
        """What has a sentence or a note is remembered in the language that it was written in."""
        *parts, at_least = key
        address = Address(*(part or "" for part in parts))
        official = self._official(address)
        spoken = key if official else (*key, get_language())
        if known := self._remembered.get(spoken):
            return known
        found = self._deep_enough(official or self._walked(address), at_least)
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[key if found.reason == Reason.FOUND else spoken] = found
        return found

    def _deep_enough(self, found: Resolution, at_least: Level | None) -> Resolution:
        if found.region and at_least and len(found.region.code) < LENGTH_OF[at_least]:
            wanted = next(level for level in Level if LENGTH_OF[level] > len(found.region.code))
            return self._refusals.too_shallow(found.region, wanted)
        return found

    def _official(self, address: Address) -> Resolution | None:
        """Official names, with their own code or none beside them: what the walk would find, without its steps."""
        place = self.gazetteer.officially(address.province, address.regency, address.district)
        if place is None or address.village or (address.code and read_code(address.code).code != place.code):
            return None
        return Resolution(Reason.FOUND, region=place, path=self.gazetteer.tree.path(place))

    def _walked(self, address: Address) -> Resolution:
        walk = _Walk(self.gazetteer, self._refusals, address)
        if not is_blank(address.code):
            refusal = walk.start_from_code(address.code)
            if refusal:
                return refusal
        return walk.go()


class _Walk:
    """One address, followed from the province down; `within` holds the regions still possible."""

    def __init__(self, gazetteer: Gazetteer, refusals: Refusals, address: Address) -> None:
        self._gazetteer = gazetteer
        self._refusals = refusals
        self._address = address
        self._within: tuple[str, ...] = ("",)
        self._start = 0
        self._last: tuple[Level, str] | None = None
        self._reason = Reason.FOUND
        self._notes: list[str] = []

    # by code

    def start_from_code(self, text: str) -> Resolution | None:
        """Stand on the region of the code, after the names beside it have agreed."""
        reading = read_code(text)
        if reading.malformed:
            known = tuple(code for code in reading.possible if self._gazetteer.place(code))
            return self._refusals.malformed(text, reading._replace(possible=known))
        place = self._gazetteer.place(reading.code) or self._heir(reading.code)
        if place is None:
            return self._no_such_code(reading.code)
        for level in Level:
            written = self._address.written(level)
            if written and LENGTH_OF[level] <= len(place.code) and not self._agrees(level, written, place):
                others = self._gazetteer.anywhere(level, written) if level in NAMED_LEVELS else ()
                return self._refusals.disagreement(place, level, written, others)
        self._within, self._start = (place.code,), len(place.code)
        return None

    def _heir(self, code: str) -> Place | None:
        """The one certain heir of a former code; of a former village code, its kecamatan."""
        heirs = self._gazetteer.old_codes.heirs(code)
        if heirs is None or not heirs.is_certain or len(heirs.codes) > 1:
            return None
        place = self._gazetteer.place(heirs.codes[0])
        is_kecamatan_of_village = (
            len(code) == LENGTH_OF[Level.VILLAGE] and len(heirs.codes[0]) == LENGTH_OF[Level.DISTRICT]
        )
        if place is None or not (heirs.is_exact or is_kecamatan_of_village):
            return None
        self._understood(
            Reason.MOVED, _("Kode lama %(old)s kini %(new)s.") % {"old": code, "new": place.code}
        )
        return place

    def _no_such_code(self, code: str) -> Resolution:
        heirs = self._gazetteer.old_codes.heirs(code)
        if heirs:
            return self._refusals.split_code(code, heirs)
        nearest = self._gazetteer.tree.ancestors(code)
        return self._refusals.unknown_code(code, nearest[-1] if nearest else None)

    def _agrees(self, level: Level, written: str, place: Place) -> bool:
        code = place.code[: LENGTH_OF[level]]
        if level == Level.VILLAGE:
            named = self._gazetteer.villages.named(written, parent_of(code))
            likely = self._gazetteer.villages.likely(written, parent_of(code))
            return place in named or (not named and self._is_meant(code, likely, written))
        if level == Level.PROVINCE and self._former_province_of(place) in self._gazetteer.anywhere(
            level, written
        ):
            return True
        found = self._gazetteer.literally(level, written, (code,))
        if found.codes:
            self._understood(found.reason, found.note)
            return True
        if self._gazetteer.anywhere(level, written):
            return False
        index = self._gazetteer.indexes[level]
        return self._is_meant(code, index.likely(written, self._gazetteer.tree, (parent_of(code),)), written)

    def _former_province_of(self, place: Place) -> str:
        return self._gazetteer.old_codes.former_province(place.code) or "-"

    def _is_meant(self, code: str, likely: Sequence[Likely], written: str) -> bool:
        """Beside a code a misspelling needs no margin: it must only be nearest to the region of the code."""
        if (
            not likely
            or likely[0].code != code
            or likely[0].score < LIKE_ENOUGH_BESIDE_A_CODE
            or not likely[0].is_safe
        ):
            return False
        self._understood(Reason.CORRECTED, self._gazetteer.read_as(written, code))
        return True

    # by names

    def go(self) -> Resolution:
        for level in NAMED_LEVELS:
            written = self._address.written(level)
            if written and LENGTH_OF[level] > self._start:
                refusal = self._narrow(level, written)
                if refusal:
                    return refusal
        if self._within == ("",):
            return (
                self._refusals.too_shallow(None, Level.DISTRICT)
                if self._village()
                else self._refusals.empty()
            )
        return self._through_village() if self._village() else self._arrive()

    def _village(self) -> str:
        return self._address.written(Level.VILLAGE) if self._start < LENGTH_OF[Level.VILLAGE] else ""

    def _narrow(self, level: Level, written: str) -> Resolution | None:
        found = self._gazetteer.literally(level, written, self._within)
        if not found.codes:
            elsewhere = self._gazetteer.anywhere(level, written)
            likely = self._gazetteer.indexes[level].likely(written, self._gazetteer.tree, self._within)
            if elsewhere:
                return self._contradiction(level, written, elsewhere, likely)
            if level == Level.DISTRICT and (holding := self._holding_village(written, likely)):
                return self._refusals.village_as_district(written, holding, [one.code for one in likely])
            # Across the whole nation a misspelt kecamatan is no evidence of where it lies.
            best = None if level == Level.DISTRICT and self._within == ("",) else clearly_best(likely)
            if best is None:
                return self._unknown(level, written, likely)
            found = Found((best.code,), Reason.CORRECTED, self._gazetteer.read_as(written, best.code))
        elif found.reason == Reason.CORRECTED and (rivals := self._rivals(level, written, found.codes)):
            return self._refusals.unknown(level, written, self._within, [*found.codes, *rivals])
        self._understood(found.reason, found.note)
        self._within, self._last = found.codes, (level, written)
        return None

    def _rivals(self, level: Level, written: str, codes: tuple[str, ...]) -> list[str]:
        """ "Kabupaten Solo" is Kota Surakarta, or Kabupaten Solok with a letter lost."""
        likely = self._gazetteer.indexes[level].likely(written, self._gazetteer.tree, self._within)
        return [
            one.code for one in likely if one.score >= LIKE_ENOUGH and one.is_safe and one.code not in codes
        ]

    def _holding_village(self, written: str, likely: Sequence[Likely]) -> list[str]:
        """Districts with a village of that name: before a misspelling is seen in it, it is a kelurahan."""
        regency = likely[0].code[:5] if likely else self._within[0]
        if self._within == ("",) or len(regency) < LENGTH_OF[Level.REGENCY]:
            return []
        named = self._gazetteer.villages.elsewhere(untitled(written, Level.DISTRICT), regency)
        return [parent_of(place.code) for place in named]

    def _contradiction(
        self, level: Level, written: str, elsewhere: tuple[str, ...], likely: Sequence[Likely]
    ) -> Resolution:
        near = [code for code in elsewhere if code[:2] in {above[:2] for above in self._within}] or elsewhere
        codes = [*self._deeper(level, near), *(one.code for one in likely)]
        return self._refusals.contradiction(level, written, self._within, near, codes)

    def _unknown(self, level: Level, written: str, likely: Sequence[Likely]) -> Resolution:
        codes = [*(one.code for one in likely), *self._in_wrong_column(level, written)]
        return self._refusals.unknown(level, written, self._within, self._deeper(level, codes) or codes)

    def _in_wrong_column(self, level: Level, written: str) -> tuple[str, ...]:
        """A city in the column of the provinces, a kecamatan in that of the regencies."""
        if level == Level.DISTRICT:
            return ()
        below = NAMED_LEVELS[NAMED_LEVELS.index(level) + 1]
        return self._gazetteer.literally(below, written, self._within).codes

    def _deeper(self, level: Level, codes: Sequence[str]) -> list[str]:
        """Where the column that is wrong is not the last one, the kecamatan often shows what was meant."""
        district = self._address.written(Level.DISTRICT)
        if level == Level.DISTRICT or not district:
            return []
        meant = self._gazetteer.literally(Level.DISTRICT, district, codes).codes if codes else ()
        return list(meant or self._gazetteer.literally(Level.DISTRICT, district, self._within).codes)

    # villages

    def _through_village(self) -> Resolution:
        written = self._village()
        if len(self._within[0]) < LENGTH_OF[Level.DISTRICT]:
            return self._without_district(written)
        if len(self._within) > 1:
            holding = [
                code for code in self._within[:FEW_DISTRICTS] if self._gazetteer.villages.named(written, code)
            ]
            if len(holding) != 1 or len(self._within) > FEW_DISTRICTS:
                return self._arrive()
            self._within = tuple(holding)
        return self._village_of(self._within[0], written)

    def _without_district(self, written: str) -> Resolution:
        if len(self._within) > 1:
            return self._arrive()
        place = self._gazetteer.place(self._within[0])
        holding: list[str] = []
        if place and len(place.code) == LENGTH_OF[Level.REGENCY]:
            holding = [
                parent_of(village.code) for village in self._gazetteer.villages.elsewhere(written, place.code)
            ]
        return self._refusals.too_shallow(place, Level.DISTRICT, holding)

    def _village_of(self, district: str, written: str) -> Resolution:
        villages = self._gazetteer.villages
        named = villages.named(written, district)
        if len(named) > 1:
            return self._refusals.ambiguous(Level.VILLAGE, written, [place.code for place in named])
        if named:
            return self._found(named[0])
        elsewhere = [place.code for place in villages.elsewhere(written, parent_of(district))]
        likely = villages.likely(written, district)
        codes = [one.code for one in likely]
        if elsewhere:
            return self._refusals.contradiction(Level.VILLAGE, written, (district,), elsewhere, codes)
        best = clearly_best(likely)
        place = villages.get(best.code) if best else None
        if place is None:
            return self._refusals.unknown(Level.VILLAGE, written, (district,), codes)
        self._understood(Reason.CORRECTED, self._gazetteer.read_as(written, place.code))
        return self._found(place)

    # arriving

    def _arrive(self) -> Resolution:
        if len(self._within) > 1 and self._last:
            return self._refusals.ambiguous(self._last[0], self._last[1], self._within)
        place = self._gazetteer.place(self._within[0])
        return self._found(place) if place else self._refusals.empty()

    def _found(self, place: Place) -> Resolution:
        path = self._gazetteer.tree.path(place)
        return Resolution(self._reason, region=place, path=path, note=" ".join(self._notes))

    def _understood(self, reason: Reason, note: str) -> None:
        """A correction outranks a move: it is what a reader should look at."""
        if note and note not in self._notes:
            self._notes.append(note)
        if reason != Reason.FOUND and self._reason != Reason.CORRECTED:
            self._reason = reason
