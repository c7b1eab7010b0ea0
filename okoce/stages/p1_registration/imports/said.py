"""What was said of an import's rows, read a page at a time from the files of refusals and warnings."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from okoce.stages.p1_registration.imports.formulas import unguard
from okoce.stages.p1_registration.imports.refusals import kind_of_reason
from okoce.stages.p1_registration.imports.spellings import REJECT_COLUMNS

SHOWN_ROWS = 20
SHOWN_KINDS = 10
MOST_KINDS = 200
LONGEST_KIND = 300
# Both files end their header with it, so that what stands before it keeps the cells apart.
_LAST_COLUMN = REJECT_COLUMNS[-1].encode()


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What is said of one row as its reader meets it: where it stands in the file, what is odd or wrong there, what to do."""

    line: str
    column: str
    reason: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class SaidRows:
    """Some of them, how many rows there are of each kind in all, and from which byte on the next stand (0: there are none)."""

    rows: list[SaidRow]
    kinds: list[tuple[str, int]]  # the most frequent first
    next_after: int = 0
    is_first: bool = True


NOTHING_SAID = SaidRows([], [])


def count_kinds(reasons: Iterable[Iterable[str]]) -> Counter[str]:
    """Of each kind of reason, of how many rows it is said."""
    kinds: Counter[str] = Counter()
    for of_row in reasons:
        kinds.update({kind_of_reason(reason)[:LONGEST_KIND] for reason in of_row})
    return kinds


def frequent(kinds: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """The most frequent first; of equals the one that comes first by its letters."""
    return sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))[:most]


def read_said(path: Path, kinds: Mapping[str, int], after: int = 0) -> SaidRows:
    """The rows from that byte on; from the first one where no row begins there. Reads no more than it answers."""
    with path.open("rb") as file:
        header = file.readline()
        delimiter = header.rstrip().removesuffix(_LAST_COLUMN)[-1:].decode() or ","
        end = len(next(csv.reader([header.decode("utf-8-sig")], delimiter=delimiter)))
        start = after if _begins_a_line(file, len(header), after) else len(header)
        rows, stands = _page(file, start, delimiter, end)
        if start != len(header) and not (rows and rows[0].line.isdigit()):  # within a cell of several lines
            start = len(header)
            rows, stands = _page(file, start, delimiter, end)
        has_more = bool(file.read(1))
    shown = frequent(kinds, SHOWN_KINDS)
    return SaidRows(rows, shown, stands if has_more else 0, is_first=start == len(header))


def _begins_a_line(file: BinaryIO, first: int, at: int) -> bool:
    if at <= first:
        return False
    file.seek(at - 1)
    return file.read(1) == b"\n"


def _page(file: BinaryIO, start: int, delimiter: str, end: int) -> tuple[list[SaidRow], int]:
    """Rows from a byte on, and where the one after them begins."""
    file.seek(start)
    lines = iter(file.readline, b"")
    records = csv.reader((line.decode("utf-8", "replace") for line in lines), delimiter=delimiter)
    rows = [
        SaidRow(*map(unguard, cells[end - len(REJECT_COLUMNS) : end]))
        for cells in islice(_readable(records), SHOWN_ROWS)
        if len(cells) >= end
    ]
    return rows, file.tell()


def _readable(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """Without those that hold more than a cell may: they are in the file all the same."""
    while True:
        try:
            cells = next(records)
        except csv.Error:
            continue
        except StopIteration:
            return
        yield cells
