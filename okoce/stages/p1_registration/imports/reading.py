"""Opening a members file: whatever it is, a table of rows with their numbers as the person sees them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

from okoce.stages.p1_registration.imports.delimited import DelimitedFile
from okoce.stages.p1_registration.imports.files import MOST_BYTES, XLSX, kind_of
from okoce.stages.p1_registration.imports.header_words import require_columns
from okoce.stages.p1_registration.imports.headers import ColumnMap, Mapped
from okoce.stages.p1_registration.imports.refusals import FileRefused, RowError
from okoce.stages.p1_registration.imports.spreadsheets import SpreadsheetFile

__all__ = ["Cell", "FileRefused", "RawRow", "Refusal", "Table", "open_table"]

Cell = str | int | float | bool | date | None


@dataclass(slots=True)
class RawRow:
    """One row as it stands in the file."""

    line: int  # the number a spreadsheet shows beside it
    cells: Sequence[Cell]  # in the file's order
    places: Mapping[str, int]  # canonical column → its place among the cells
    fault: RowError | None = None  # what makes the row unreadable as a row

    @property
    def values(self) -> dict[str, Cell]:
        """Canonical column → cell, without the empty ones."""
        width = len(self.cells)
        found = {column: self.cells[place] for column, place in self.places.items() if place < width}
        return {column: cell for column, cell in found.items() if not _is_blank(cell)}


Refusal = tuple[RawRow, list[RowError]]


class Table:
    """A file whose header has been understood. `rows()` may be called again: it starts from the top."""

    def __init__(self, source: DelimitedFile | SpreadsheetFile, file: BinaryIO, *, owned: bool) -> None:
        self._source = source
        self._file = file
        self._owned = owned

    @property
    def columns(self) -> ColumnMap:
        return self._source.columns

    @property
    def headers(self) -> list[str]:
        return self._source.columns.headers

    @property
    def format(self) -> str:
        return self._source.format

    @property
    def delimiter(self) -> str:
        """What stands between two cells; of a spreadsheet, that keeps them apart itself, the usual comma."""
        return getattr(self._source, "delimiter", ",")

    @property
    def described(self) -> str:
        """`CSV, UTF-8, titik koma` or `XLSX, lembar “Anggota”`."""
        return self._source.described

    def rows(self) -> Iterator[RawRow]:
        """Every row below the header that holds anything."""
        places = self.columns.positions
        for line, cells, fault in self._source.rows():
            if fault or not all(map(_is_blank, cells)):
                yield RawRow(line, cells, places, fault)

    def close(self) -> None:
        if self._owned:
            self._file.close()

    def __enter__(self) -> "Table":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


def open_table(
    source: str | Path | BinaryIO,
    filename: str = "",
    *,
    mapped: Mapped | None = None,
    is_to_be_whole: bool = True,
    is_known: bool = False,
    most_bytes: int = MOST_BYTES,
) -> Table:
    """The table in a file. Raises `FileRefused` with one sentence where the file cannot be used.

    `mapped` (header as written → canonical column) comes before the usual spellings. With `is_to_be_whole=False` the header may
    lack what every row needs: somebody is still to say what its columns mean. `is_known`: it was opened before, and is not gone
    through once more in search of faults.
    """
    kept = source if isinstance(source, Path) else Path(source) if isinstance(source, str) else None
    with ExitStack() as stack:
        file = stack.enter_context(kept.open("rb")) if kept else cast(BinaryIO, source)
        kind = kind_of(file, filename or (kept.name if kept else ""), most_bytes)
        read: DelimitedFile | SpreadsheetFile
        if kind == XLSX:
            read = SpreadsheetFile(file, mapped, is_known=is_known)
        else:
            read = DelimitedFile(file, mapped)
        if is_to_be_whole:
            require_columns(read.columns)
        stack.pop_all()  # the table closes it
        return Table(read, file, owned=kept is not None)


def _is_blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or cell.isspace()))
