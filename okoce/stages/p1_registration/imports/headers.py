"""Which column a header means. Headers are compared by their letters and digits only."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from okoce.foundation.shared.dates import parse_day
from okoce.foundation.shared.unreadable import shown
from okoce.stages.p1_registration.imports.refusals import FileRefused
from okoce.stages.p1_registration.imports.spellings import BARE, REJECT_COLUMNS, SPELLINGS

HEADER_WITHIN_ROWS = 20
MOST_COLUMNS = 1000
MOST_NAMED = 12
# A row with fewer known headers is a title or data; a file without any better row gets told what was found.
_FEWEST_KNOWN = 2

_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
Mapped = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What the header row says."""

    headers: list[str]
    found: dict[str, str]  # canonical column → header as written
    positions: dict[str, int]  # canonical column → place in the row
    unknown: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    row: int = 0

    def header_of(self, column: str) -> str:
        return self.found.get(column, column)


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


def column_keys(headers: Sequence[str]) -> list[str]:
    """How a choice refers to each header: by its words; to a second one of the same words also by its number."""
    seen: Counter[str] = Counter()
    keys = []
    for header in headers:
        seen[header] += 1
        keys.append(header if seen[header] == 1 else f"{header} ({seen[header]})")
    return keys


def find_header(
    head: Sequence[tuple[int, Sequence[object]]], mapped: Mapped | None = None
) -> ColumnMap | None:
    """The header among the first rows: the one with most known columns; of equals the upper one."""
    best: tuple[int, int, Sequence[object]] | None = None
    for number, cells in head:
        known = {column_meant(_text(cell), mapped) for cell in cells} - {None}
        if (
            number <= HEADER_WITHIN_ROWS
            and len(known) >= _FEWEST_KNOWN
            and (best is None or len(known) > best[0])
        ):
            best = (len(known), number, cells)
    if best is None:
        return None
    below = [cells for number, cells in head if number > best[1]]
    return read_header(best[1], best[2], mapped, below)


def read_header(
    number: int,
    cells: Sequence[object],
    mapped: Mapped | None = None,
    below: Sequence[Sequence[object]] = (),
) -> ColumnMap:
    """The map of one header row; `below` are the rows that show what a bare `P2` holds. Refuses two headers that mean the
    same column."""
    headers = [_text(cell) for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise FileRefused(_too_many_columns(len(headers)), headers=headers[:MOST_COLUMNS])
    found: dict[str, str] = {}
    positions: dict[str, int] = {}
    unknown = []
    for position, (header, key) in enumerate(zip(headers, column_keys(headers), strict=True)):
        is_chosen = bool(mapped) and key in (mapped or {})
        column = column_meant(key if is_chosen else header, mapped)
        if column in found:
            raise FileRefused(_twice(found[column], header, column), headers=headers)
        if column:
            found[column], positions[column] = header, position
        elif header and not is_chosen and not is_our_own(header):
            unknown.append(header)
    columns = ColumnMap(headers, found, positions, unknown, _missing(found), number)
    _take_bare(columns, below)
    return columns


def is_our_own(header: str) -> bool:
    """Whether we wrote it into a rejects file."""
    return normalised(header) in REJECT_COLUMNS


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
    filled = [cell for cell in cells if any(letter.isalnum() for letter in _text(cell))]
    return not filled or any(isinstance(parse_day(cell), date) for cell in filled)


def require_columns(columns: ColumnMap | None, head: Sequence[tuple[int, Sequence[object]]]) -> ColumnMap:
    """The map, or a refusal that names what was found and what is missing."""
    if columns is None:
        raise FileRefused(_no_header(head), missing=_missing({}))
    if columns.missing:
        sentence = _(
            "Baris judul (baris %(row)s) tidak punya kolom %(missing)s. Yang ditemukan: %(found)s."
        ) % {
            "row": columns.row,
            "missing": "; ".join(columns.missing),
            "found": _listed(columns.headers),
        }
        raise FileRefused(
            sentence + " " + _("Tambahkan kolomnya, lalu kirim lagi."),
            headers=columns.headers,
            missing=columns.missing,
        )
    return columns


def unread_sentence(columns: ColumnMap) -> str:
    """Which columns were not read, and what to do; "" where all were. Nothing that somebody typed is left out in silence."""
    if not columns.unknown:
        return ""
    return _(
        "Kolom yang tidak dikenal dan tidak dibaca: %(names)s. Kalau isinya penting, ganti judulnya, lalu impor"
        " lagi; tidak ada yang digandakan."
    ) % {"names": _first_names([f"“{shown(name)}”" for name in columns.unknown])}


def _missing(found: Mapping[str, str]) -> list[str]:
    missing = [] if "nama" in found else ["nama"]
    if not ("telepon" in found or "nik" in found):
        missing.append(_("telepon atau nik"))
    if not ("kecamatan" in found or "kode_wilayah" in found):
        missing.append(_("kecamatan atau kode_wilayah"))
    return missing


def _text(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _listed(headers: Sequence[str]) -> str:
    return _first_names([shown(header) for header in headers if header])


def _first_names(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (_(" dan %(count)s lainnya") % {"count": rest} if rest > 0 else "")


def _no_header(head: Sequence[tuple[int, Sequence[object]]]) -> str:
    first = next((cells for _number, cells in head if any(_text(cell) for cell in cells)), None)
    if first is None:
        return _(
            "Berkas ini kosong: tidak ada satu baris pun. Kirim berkas yang berisi baris judul dan data."
        )
    return _(
        "Tidak ada baris judul di %(rows)s baris pertama. Yang terbaca di atas: %(found)s. "
        "Tulis judul kolom seperti nama, telepon, kecamatan, lalu kirim lagi."
    ) % {"rows": HEADER_WITHIN_ROWS, "found": _listed([_text(cell) for cell in first])}


def _twice(first: str, second: str, column: str) -> str:
    return _(
        "Dua kolom berarti sama: “%(first)s” dan “%(second)s” sama-sama %(column)s. "
        "Hapus atau ganti judul salah satunya, lalu kirim lagi."
    ) % {"first": shown(first), "second": shown(second), "column": column}


def _too_many_columns(count: int) -> str:
    return _("Berkas ini punya %(count)s kolom; paling banyak %(most)s. Hapus kolom yang tidak perlu.") % {
        "count": count,
        "most": MOST_COLUMNS,
    }
