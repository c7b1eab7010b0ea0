"""Region codes as people and spreadsheets write them, and former ones with their heirs (Kemendagri only)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from okoce.foundation.territory.states import LEVEL_BY_LENGTH, Level, parent_of

_DOTTED = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
_UNPADDED = re.compile(r"(\d\d)\.(\d{1,2})(?:\.(\d{1,2}))?(?:\.(\d{4}))?", re.ASCII)
_WHOLE_FLOAT = re.compile(r"(\d{2}|\d{4}|\d{6}|\d{10})\.0+", re.ASCII)
_POWER = re.compile(r"[\d.,]+e\+?\d+", re.IGNORECASE)
_CODE_IN_NOTE = re.compile(r"\d\d\.\d\d\.\d\d", re.ASCII)
_BPS_DISTRICT_DIGITS = 7


class Malformed(StrEnum):
    POWER = "power"  # 3,17104E+09: the spreadsheet lost the digits
    BPS = "bps"  # seven digits: a kecamatan in the scheme of BPS
    LOST_ZERO = "lost_zero"  # 32.1: 32.01, or 32.10 that became a number
    OTHER = "other"


class CodeReading(NamedTuple):
    code: str = ""
    malformed: Malformed | None = None
    # What a code that lost a zero may have been.
    possible: tuple[str, ...] = ()


def read_code(text: str) -> CodeReading:
    """ "317104", "31.71.04", "31 71 04", "317104.0" → 31.71.04."""
    written = re.sub(r"[\s'’`]", "", text)
    if _POWER.fullmatch(written):
        return CodeReading(malformed=Malformed.POWER)
    written = re.sub(r"[,\-_/]", ".", written).strip(".")
    if whole := _WHOLE_FLOAT.fullmatch(written):
        written = whole[1]
    if _DOTTED.fullmatch(written):
        return CodeReading(written)
    digits = written if written.isascii() and written.isdigit() else ""
    if len(digits) in (4, 6, 10):
        return CodeReading(_dotted(digits))
    if len(digits) == _BPS_DISTRICT_DIGITS:
        return CodeReading(malformed=Malformed.BPS)
    return _unpadded(written)


def _dotted(digits: str) -> str:
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def _unpadded(written: str) -> CodeReading:
    match = _UNPADDED.fullmatch(written)
    if not match:
        return CodeReading(malformed=Malformed.OTHER)
    possible = [match[1]]
    for part in match.groups()[1:]:
        if part:
            forms = (part,) if len(part) > 1 else (f"0{part}", f"{part}0")
            possible = [f"{head}.{form}" for head in possible for form in forms]
    # A village without its district ("31.71.1001") is no code at all.
    sound = tuple(code for code in possible if len(code) in LEVEL_BY_LENGTH)
    return CodeReading(malformed=Malformed.LOST_ZERO if sound else Malformed.OTHER, possible=sound)


class OldCode(NamedTuple):
    """One row of `old_codes.csv`."""

    level: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    method: str
    status: str
    note: str

    @property
    def heirs(self) -> tuple[str, ...]:
        others = _CODE_IN_NOTE.findall(self.note) if "split" in self.note else []
        return tuple(dict.fromkeys([self.new_code, *others]))

    @property
    def is_certain(self) -> bool:
        """Tarakan's is certain by elimination; the other inferred ones rest on the order of a law."""
        return not self.note.startswith("inferred")


@dataclass(frozen=True, slots=True)
class Heirs:
    """Who came after a former code. `is_exact` is false where only the region above could be traced."""

    codes: tuple[str, ...]
    old_name: str
    is_certain: bool
    is_exact: bool


class OldCodes:
    """Former codes: before the Papua provinces of 2022, Kalimantan Utara of 2012, the splits in Pekanbaru."""

    def __init__(self, rows: Iterable[OldCode]) -> None:
        self._rows = {row.old_code: row for row in rows}
        self._former_provinces: dict[str, str] = {}
        for row in self._rows.values():
            old, new = row.old_code[:2], row.new_code[:2]
            if row.level == Level.REGENCY and old != new:
                self._former_provinces[row.new_code] = old

    def heirs(self, code: str) -> Heirs | None:
        """The heirs of a code, or of the nearest region above it that is known."""
        asked = code
        while code:
            if row := self._rows.get(code):
                return Heirs(row.heirs, row.old_name, row.is_certain, is_exact=code == asked)
            code = parent_of(code)
        return None

    def former_province(self, code: str) -> str:
        """The province to which the regency of this code belonged before, if it was another one."""
        return self._former_provinces.get(code[:5], "")

    def renamed(self) -> list[OldCode]:
        """Districts whose former name is another one."""
        districts = (row for row in self._rows.values() if row.level == Level.DISTRICT)
        return [row for row in districts if row.old_name != row.new_name]
