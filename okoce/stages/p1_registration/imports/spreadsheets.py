"""XLSX: the first visible sheet with a header near its top, read as a stream."""

from collections.abc import Iterator
from itertools import takewhile
from typing import BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext as _

from okoce.foundation.shared.unreadable import shown
from okoce.stages.p1_registration.imports.containers import BROKEN, Container, broken
from okoce.stages.p1_registration.imports.header_rows import HEAD_ROWS, find_header, weight_of
from okoce.stages.p1_registration.imports.header_words import require_header
from okoce.stages.p1_registration.imports.headers import ColumnMap, Mapped
from okoce.stages.p1_registration.imports.markup import fed, parser_of
from okoce.stages.p1_registration.imports.refusals import FileRefused, RowError
from okoce.stages.p1_registration.imports.sheets import Value, sheet_rows
from okoce.stages.p1_registration.imports.workbooks import Sheet, Workbook, read_workbook

MOST_ROWS = 200_000
_MOST_SHEETS = 50
_WIDEST_SHEET = 16_384

Head = list[tuple[int, list[Value]]]


class SpreadsheetFile:
    """One XLSX file, readable any number of times from its beginning."""

    format = "xlsx"

    def __init__(
        self,
        file: BinaryIO,
        mapped: Mapped | None = None,
        most_rows: int = MOST_ROWS,
        *,
        is_known: bool = False,
    ) -> None:
        self._container = Container(file)
        self._most_rows = most_rows
        try:
            self._book = self._read_book()
            self.sheet, self.columns = self._sheet_with_a_header(mapped)
            if not is_known:
                self._check_rows()
        except (*BROKEN, expat.ExpatError, RuntimeError, OSError):
            raise FileRefused(broken()) from None

    @property
    def described(self) -> str:
        return _("XLSX, lembar “%(name)s”") % {"name": shown(self.sheet.name)}

    def rows(self) -> Iterator[tuple[int, list[Value], RowError | None]]:
        """Every row after the header, with its number as a spreadsheet shows it."""
        for number, cells in self._stream(self.sheet, len(self.columns.headers)):
            if number > self.columns.row:
                yield number, cells, None

    def _read_book(self) -> Workbook:
        book = read_workbook(self._container)
        if book is None:
            raise FileRefused(_other_archive(self._container.names()))
        if not book.sheets:
            raise FileRefused(broken())
        return book

    def _sheet_with_a_header(self, mapped: Mapped | None) -> tuple[Sheet, ColumnMap]:
        """The first with a whole header; else the most promising one. Where meanings were chosen, the sheet whose headers they
        name: it is the one that was looked at."""
        tried = []
        for sheet in self._book.sheets[:_MOST_SHEETS]:
            head = self._head(sheet)
            columns = find_header(head, mapped)
            if columns is not None and columns.is_whole and not mapped:
                return sheet, columns
            tried.append((_promise(columns, head, mapped), sheet, columns, head))
        _promised, sheet, columns, head = max(tried, key=lambda one: one[0])
        return sheet, require_header(columns, head)

    def _head(self, sheet: Sheet) -> Head:
        rows = self._stream(sheet, _WIDEST_SHEET)
        return list(takewhile(lambda row: row[0] <= HEAD_ROWS, rows))

    def _stream(self, sheet: Sheet, most_columns: int) -> Iterator[tuple[int, list[Value]]]:
        return sheet_rows(self._container.chunks(sheet.part), self._book.look, most_columns)

    def _check_rows(self) -> None:
        """Goes through the sheet once, so that a broken or too long one is refused before its first row.

        Tags are counted first, which is quick and never too few; only a long sheet is counted exactly,
        because spreadsheets often carry thousands of rows that are formatted and empty.
        """
        tags = 0
        for chunk in fed(parser_of(_ignore), self._container.chunks(self.sheet.part)):
            tags += (
                chunk.count(b"<row") + chunk.count(b":row") + 1
            )  # one may be cut in two by the chunk's end
            if b"\0" in chunk:
                tags = self._most_rows + 1  # UTF-16: not countable like this
        if tags <= self._most_rows:
            return
        count = 0
        for number, cells in self._stream(self.sheet, len(self.columns.headers)):
            count += number > self.columns.row and any(cell != "" for cell in cells)
            if count > self._most_rows:
                raise FileRefused(_too_many_rows(self._most_rows))


def _promise(columns: ColumnMap | None, head: Head, mapped: Mapped | None) -> tuple[int, bool, int, bool]:
    """The more, the likelier it is the sheet that is meant; of equals it is the first."""
    if columns is None:
        return 0, False, 0, bool(head)
    chosen = len(set(columns.headers) & set(mapped or ()))
    return chosen, columns.is_whole, 1 + weight_of(columns.headers, mapped), True


def _ignore(_tag: str, _attributes: dict[str, str]) -> None:
    """Only well-formedness matters here."""


def _other_archive(names: list[str]) -> str:
    if "xl/workbook.bin" in names or "content.xml" in names:
        return _(
            "Berkas ini lembar kerja dengan format lain (.xlsb atau .ods). "
            "Simpan sebagai .xlsx atau CSV, lalu kirim lagi."
        )
    return _(
        "Berkas ini arsip ZIP, bukan lembar kerja. Keluarkan isinya, lalu kirim berkas .xlsx atau CSV-nya."
    )


def _too_many_rows(most: int) -> str:
    return _("Lembar ini berisi lebih dari %(most)s baris. Simpan sebagai CSV, lalu kirim lagi.") % {
        "most": f"{most:,}".replace(",", ".")
    }
