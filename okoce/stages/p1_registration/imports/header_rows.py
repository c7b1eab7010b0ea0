"""Where the header stands among the first rows of a file."""

from collections.abc import Sequence
from datetime import date

from okoce.foundation.shared.dates import parse_day
from okoce.stages.p1_registration.imports.headers import (
    ColumnMap,
    Mapped,
    column_meant,
    read_header,
    text_of_header,
)

HEADER_WITHIN_ROWS = 20
# A header in the last of them still shows what stands below it.
HEAD_ROWS = 40
# A row with fewer known headers is a title or data, unless it looks like a header all the same.
_FEWEST_KNOWN = 2
# A name, a way to reach her, a place.
_FEWEST_WORDS = 3
# From so many digits on, a cell is a telephone number, a NIK, a day or a code, and no header.
_DIGITS_OF_A_VALUE = 5

Head = Sequence[tuple[int, Sequence[object]]]


def find_header(head: Head, mapped: Mapped | None = None) -> ColumnMap | None:
    """The header among the first rows: the one with most known columns, of equals the upper one; where no row has any to speak
    of, the one with most words above a column of numbers. None where no row is like a header."""
    rows = [(number, cells) for number, cells in head if number <= HEADER_WITHIN_ROWS]
    weights = {number: weight_of(cells, mapped) for number, cells in rows}
    best = max(rows, key=lambda row: weights[row[0]], default=None)
    if best is None or weights[best[0]] < _FEWEST_KNOWN:
        likely = [row for row in rows if _is_like_a_header(row[1], _below(head, row[0]))]
        best = max(likely, key=lambda row: (weights[row[0]], len(_words(row[1]))), default=None)
    if best is None:
        return None
    return read_header(best[0], best[1], mapped, _below(head, best[0]))


def weight_of(cells: Sequence[object], mapped: Mapped | None = None) -> int:
    """How many columns a row names, or somebody has chosen a meaning for; also that one of them is not to be read."""
    headers = {text_of_header(cell) for cell in cells}
    chosen = headers & set(mapped or ())
    return len(chosen | ({column_meant(header) or "" for header in headers - chosen} - {""}))


def _below(head: Head, number: int) -> list[Sequence[object]]:
    return [cells for below, cells in head if below > number]


def _is_like_a_header(cells: Sequence[object], below: Sequence[Sequence[object]]) -> bool:
    """Words, and under one of them numbers. Whatever can be imported has a column of telephone numbers or NIK; so nobody's own
    row is taken for the header because it is the first."""
    words = _words(cells)
    if len(words) < _FEWEST_WORDS or any(_is_a_value(text_of_header(cell)) for cell in cells):
        return False
    return any(
        place < len(row) and _digits(text_of_header(row[place])) >= _DIGITS_OF_A_VALUE
        for place in words
        for row in below
    )


def _words(cells: Sequence[object]) -> list[int]:
    """The places where a word stands."""
    return [
        place for place, cell in enumerate(cells) if any(letter.isalpha() for letter in text_of_header(cell))
    ]


def _is_a_value(text: str) -> bool:
    if text[:1] == "=" or "@" in text:
        return True
    digits = _digits(text)
    is_mostly_digits = digits >= _DIGITS_OF_A_VALUE and digits >= sum(letter.isalpha() for letter in text)
    return is_mostly_digits or (digits > 0 and isinstance(parse_day(text), date))


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)
