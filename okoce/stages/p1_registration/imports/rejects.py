"""The refused rows, handed back as they came, with the reasons; corrected, the file is imported by itself."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from typing import TextIO

from okoce.stages.p1_registration.imports.formulas import guard
from okoce.stages.p1_registration.imports.headers import ColumnMap, normalised
from okoce.stages.p1_registration.imports.reading import Cell, RawRow
from okoce.stages.p1_registration.imports.refusals import RowError
from okoce.stages.p1_registration.imports.spellings import REJECT_COLUMNS

BYTE_ORDER_MARK = "\ufeff"
COMMA = ","
_MOST_EXACT = 10**15


class RejectsWriter:
    """Writes to a text stream that was opened with `newline=""` and UTF-8."""

    def __init__(self, stream: TextIO, columns: ColumnMap, delimiter: str = COMMA) -> None:
        self.count = 0
        self._columns = columns
        self._width = _width_without_our_own(columns.headers)
        self._writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        stream.write(BYTE_ORDER_MARK)
        self._writer.writerow(
            [*(guard(header) for header in columns.headers[: self._width]), *REJECT_COLUMNS]
        )

    def write(self, raw: RawRow, errors: Sequence[RowError]) -> None:
        """One line for the row, however many faults it has."""
        cells = [guard(cell_text(cell)) for cell in raw.cells]
        own = cells[: self._width] + [""] * (self._width - len(cells))
        spilled = cells[len(self._columns.headers) :]
        headers = [self._columns.header_of(error.column) if error.column else "" for error in errors]
        said = [
            str(raw.line),
            "; ".join(dict.fromkeys(header for header in headers if header)),
            _told_of(headers, [error.reason for error in errors]),
            _told_of(headers, [error.suggestion for error in errors]),
        ]
        self._writer.writerow([*own, *(guard(text) for text in said), *spilled])
        self.count += 1


def _told_of(headers: Sequence[str], texts: Sequence[str]) -> str:
    """Each text once; where several columns are at fault, with those of which it is said."""
    of: dict[str, list[str]] = {}
    for header, text in zip(headers, texts, strict=True):
        if text:
            of.setdefault(text, []).append(header)
    if len(set(headers)) <= 1:
        return " ".join(of)
    return " ".join(
        f"{'; '.join(filter(None, named))}: {text}".removeprefix(": ") for text, named in of.items()
    )


def cell_text(cell: Cell) -> str:
    """A cell as text that reads back as the same value.

    A number of sixteen digits has come from a spreadsheet that keeps fifteen, so it goes out as such a number
    and is refused again, rather than as digits that look exact.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell)) if abs(cell) < _MOST_EXACT else f"{cell:.14E}"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _width_without_our_own(headers: Sequence[str]) -> int:
    """A rejects file that was refused again must not collect a second set of reasons."""
    ours = len(REJECT_COLUMNS)
    last = tuple(normalised(header) for header in headers[-ours:])
    return len(headers) - ours if last == REJECT_COLUMNS else len(headers)
