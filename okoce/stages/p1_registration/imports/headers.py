"""Which column a header means. Headers are compared by their letters and digits only."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from okoce.foundation.shared.dates import parse_day
from okoce.stages.p1_registration.imports.refusals import FileRefused
from okoce.stages.p1_registration.imports.spellings import BARE, REJECT_COLUMNS, SPELLINGS

MOST_COLUMNS = 1000
# What rows cannot be read without: one of each line.
NEEDED_ONES = (("nama",), ("telepon", "nik"), ("kecamatan", "kode_wilayah"))
NEEDED = tuple(column for columns in NEEDED_ONES for column in columns)

_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
Mapped = Mapping[str, str]


class Twice(NamedTuple):
    """Two headers of one meaning, between which nobody has chosen yet."""

    first: str
    second: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the header row says."""

    headers: list[str]
    found: dict[str, str]  # canonical column → header as written
    positions: dict[str, int]  # canonical column → place in the row
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    row: int = 0
    twice: list[Twice] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether rows can be read by it: what every row needs is there, and nothing stands twice."""
        return not self.missing and not self.twice

    def has(self, column: str) -> bool:
        """Whether a column is read, or another that tells the same."""
        return any(column in ones and set(ones) & set(self.found) for ones in NEEDED_ONES)

    def header_of(self, column: str) -> str:
        return self.found.get(column, column)

    def chosen(self, mapping: Mapped) -> "ColumnMap":
        """The same header row, read by these choices."""
        return read_header(self.row, self.headers, mapping)


def normalised(header: str) -> str:
    """`No. HP / WA` → `nohpwa`."""
    text = unicodedata.normalize("NFKD", header).casefold()
    return "".join(c for c in text if c.isascii() and c.isalnum())


def column_meant(header: str, mapped: Mapped | None = None) -> str | None:
    """The canonical column, or None. What stands in brackets or after an asterisk is a hint to the person.

    What was chosen for the header (`mapped`) comes before its spelling; chosen "" is not to be read.
    """
    if mapped and header in mapped:
        return mapped[header] or None
    return SPELLINGS.get(normalised(header)) or SPELLINGS.get(normalised(_BRACKETS.sub("", header)))


def meant_at_most(header: str) -> str | None:
    """Likewise of a bare heading, that means its column where days stand below it."""
    return column_meant(header) or BARE.get(normalised(header))


def is_passed_over(key: str, header: str, mapped: Mapped) -> bool:
    """Whether somebody chose not to read a column though its header says what it means."""
    return mapped.get(key) == "" and column_meant(header) is not None


def column_keys(headers: Sequence[str]) -> list[str]:
    """How a choice refers to each header: by its words; to a second one of the same words also by its number."""
    seen: Counter[str] = Counter()
    keys = []
    for header in headers:
        seen[header] += 1
        keys.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return keys


def read_header(
    number: int,
    cells: Sequence[object],
    mapped: Mapped | None = None,
    below: Sequence[Sequence[object]] = (),
) -> ColumnMap:
    """The map of one header row; `below` are the rows that show what a bare `P2` holds."""
    headers = [text_of_header(cell) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise FileRefused(_too_many_columns(len(headers)), headers=headers[:MOST_COLUMNS])
    found: dict[str, str] = {}
    positions: dict[str, int] = {}
    unknown, twice = [], []
    for position, (header, key) in enumerate(zip(headers, column_keys(headers), strict=True)):
        is_chosen = bool(mapped) and key in (mapped or {})
        column = column_meant(key if is_chosen else header, mapped)
        if column in found:
            twice.append(Twice(found[column], header, column))
        elif column:
            found[column], positions[column] = header, position
        elif header and not is_chosen and not is_our_own(header):
            unknown.append(header)
    columns = ColumnMap(headers, found, positions, unknown, missing_among(found), number, twice)
    _take_bare(columns, below)
    return columns


def is_our_own(header: str) -> bool:
    """Whether we wrote it into a rejects file."""
    return normalised(header) in REJECT_COLUMNS


def missing_among(columns: Iterable[str]) -> list[str]:
    """What every row needs, and none of these columns tells."""
    found = set(columns)
    missing = [] if "nama" in found else ["nama"]
    if not found & {"telepon", "nik"}:
        missing.append(_("telepon atau nik"))
    if not found & {"kecamatan", "kode_wilayah"}:
        missing.append(_("kecamatan atau kode_wilayah"))
    return missing


def text_of_header(cell: object) -> str:
    """One line; what is chosen for it is kept in the database, that holds no NUL."""
    return " ".join(str(cell).replace("\0", " ").split()) if cell is not None else ""


def _take_bare(columns: ColumnMap, below: Sequence[Sequence[object]]) -> None:
    """Bare headings mean a column of days where a day stands below, or nothing yet. Where it only says "ya", or another
    heading says more, the column stays among those that were not read, and is told."""
    for position, header in enumerate(columns.headers):
        column = BARE.get(normalised(header))
        if column is None or column in columns.found or header not in columns.unknown:
            continue
        if _may_be_days([cells[position] for cells in below if position < len(cells)]):
            columns.found[column], columns.positions[column] = header, position
            columns.unknown.remove(header)


def _may_be_days(cells: Sequence[object]) -> bool:
    filled = [cell for cell in cells if any(letter.isalnum() for letter in text_of_header(cell))]
    return not filled or any(isinstance(parse_day(cell), date) for cell in filled)


def _too_many_columns(count: int) -> str:
    return _("Berkas ini punya %(count)s kolom; paling banyak %(most)s. Hapus kolom yang tidak perlu.") % {
        "count": count,
        "most": MOST_COLUMNS,
    }
