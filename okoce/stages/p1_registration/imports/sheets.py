"""One worksheet as a stream of rows. Nothing is held but the row at hand.

Libraries that load a sheet build a dense rectangle first: a file of five kilobytes with one cell in the far
corner asks them for gigabytes. Here such a cell is simply one cell.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite

from okoce.stages.p1_registration.imports.formulas import unguard
from okoce.stages.p1_registration.imports.markup import ForbiddenMarkupError, fed, parser_of

Value = str | int | float | bool | date
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's clock has no zone
_LAST_SERIAL = 2_900_000  # in the year 9839, short of where days end, whichever epoch they count from
_LONGEST_EXACT = 15
_MOST_PIECES = 64  # of eight kilobytes each, in one cell


@dataclass(frozen=True, slots=True)
class Look:
    """What a worksheet borrows from its workbook."""

    text_at: Callable[[int], str]  # shared strings
    date_styles: frozenset[str]  # style numbers that show a number as a day
    from_1904: bool = False


def sheet_rows(chunks: Iterable[bytes], look: Look, most_columns: int) -> Iterator[tuple[int, list[Value]]]:
    """Row numbers with their cells, '' for the empty ones; cells right of `most_columns` are left out."""
    reader = _RowReader(look, most_columns)
    for _chunk in fed(reader.parser, chunks):
        if len(reader.text) > _MOST_PIECES:
            raise ForbiddenMarkupError  # one cell of megabytes
        yield from reader.done
        reader.done.clear()


class _RowReader:
    """Gathers cells between the start and the end of a row element."""

    def __init__(self, look: Look, most_columns: int) -> None:
        self.done: list[tuple[int, list[Value]]] = []
        self._look = look
        self._most = most_columns
        self._number = 0
        self._row: list[Value] = []
        self._cell: dict[str, str] = {}
        self._place = -1
        self.text: list[str] = []
        self._phonetic = False
        self.parser = parser_of(self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._cell = attributes
            reference = attributes.get("r")
            self._place = column_of(reference) if reference else self._place + 1
        elif tag in ("v", "t"):
            if not self._phonetic:
                self.parser.CharacterDataHandler = self.text.append
        elif tag == "row":
            self._number = _row_number(attributes.get("r"), self._number)
            self._place = -1
        elif tag == "rPh":
            self._phonetic = True

    def _end(self, tag: str) -> None:
        if tag == "c":
            if self.text:
                self._put("".join(self.text))
                self.text.clear()
        elif tag in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif tag == "row":
            self.done.append((self._number, self._row))
            self._row = []
        elif tag == "rPh":
            self._phonetic = False

    def _put(self, text: str) -> None:
        place, row = self._place, self._row
        if not 0 <= place < self._most:
            return
        gap = place - len(row)
        if gap > 0:
            row.extend([""] * gap)
        kind = self._cell.get("t", "n")
        value = (
            _number(text, self._cell.get("s", ""), self._look)
            if kind == "n"
            else _text(text, kind, self._look)
        )
        if gap >= 0:
            row.append(value)
        else:
            row[place] = value


def column_of(reference: str) -> int:
    """`A7` → 0, `AB7` → 27; -1 for what is no reference."""
    return _column_of_letters(reference.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def _column_of_letters(letters: str) -> int:
    place = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return -1
        place = place * 26 + ord(letter) - 64
    return place - 1


def _row_number(written: str | None, before: int) -> int:
    return (
        int(written)
        if written and written.isascii() and written.isdigit() and len(written) < 9
        else before + 1
    )


def _text(text: str, kind: str, look: Look) -> Value:
    if kind == "s":
        return look.text_at(int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else ""
    if kind == "b":
        return text == "1"
    return unescaped(text)


def _number(text: str, style: str, look: Look) -> Value:
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_EXACT:
        number: int | float = int(text)
    else:
        try:
            number = float(text)
        except ValueError:
            return text
    if style in look.date_styles and 1 <= number <= _LAST_SERIAL:
        return _day(number, look.from_1904)
    return number if isfinite(number) else text


@lru_cache(maxsize=50_000)
def _day(serial: float, from_1904: bool) -> date:
    moment = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(days=serial)
    return moment.date() if serial == int(serial) else moment.replace(microsecond=0)


def unescaped(text: str) -> str:
    """The text of a cell. `_x000D_` stands for what XML cannot hold; control characters stay away."""
    if text[:1] == "'":
        text = unguard(text)
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: _character(int(found.group(1), 16), found.group(0)), text)


def _character(code: int, written: str) -> str:
    if 0xD800 <= code <= 0xDFFF:
        return written
    return chr(code) if code >= 32 or code in (9, 10, 13) else ""
