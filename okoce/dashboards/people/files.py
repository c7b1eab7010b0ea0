"""Where files of people lie until a day later, and how their rows are written: a spreadsheet runs none of their cells."""

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from okoce.dashboards.people.marking import Mark
from okoce.foundation.shared.shelves import Shelf
from okoce.stages.p1_registration.imports.formulas import guard

KEPT_HOURS = 24
EXPORTS = Shelf("exports")
# A sheet's rows without its head.
MOST_XLSX = 1_048_575
BYTE_ORDER_MARK = "\ufeff"
ON_PAPER = 100  # letters of a header or footer; a spreadsheet takes 255 for all of it

Row = Sequence[str | int | None]


class Writer(Protocol):
    def write(self, row: Row) -> None: ...


@contextmanager
def written(stored_as: str, mark: Mark) -> Iterator[Writer]:
    """A file to write rows to, whole at the end of the block; in memory is no more than a row of it. A workbook carries its
    mark where people look: on a page of its own, on every sheet of paper, among its properties."""
    path = EXPORTS.path_of(stored_as)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with _Sheet(path, mark) if path.suffix == ".xlsx" else _Lines(path) as writer:
        yield writer


class _Lines:
    def __init__(self, path: Path) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._stream.write(BYTE_ORDER_MARK)  # spreadsheets read it as UTF-8 then
        self._writer = csv.writer(self._stream, lineterminator="\r\n")

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._stream.close()

    def write(self, row: Row) -> None:
        self._writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])


class _Sheet:
    """Rows go to disk as they come; texts are written as texts, whatever they look like."""

    def __init__(self, path: Path, mark: Mark) -> None:
        from xlsxwriter import Workbook  # a hundred modules that only an export needs

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = Workbook(str(path), {**options, "tmpdir": str(path.parent)})
        self._sheet: Any = self._book.add_worksheet()
        self._place = 0
        self._sign(mark)

    def __enter__(self) -> "_Sheet":
        return self

    def __exit__(self, *_exception: object) -> None:
        self._book.close()

    def _sign(self, mark: Mark) -> None:
        self._book.set_properties(
            {"title": mark.code, "author": mark.author, "subject": mark.scope, "comments": mark.reason}
        )
        self._book.set_custom_property(_("Kode unduhan"), mark.code)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_header(_on_paper("&L", mark.maker) + _on_paper("&R", mark.code))
        self._sheet.set_footer(_on_paper("&L", mark.about) + "&R&P/&N")
        about: Any = self._book.add_worksheet(_("Tentang berkas"))
        for place, (label, value) in enumerate(mark.lines):
            about.write_string(place, 0, label)
            about.write_string(place, 1, guard(value))

    def write(self, row: Row) -> None:
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                self._sheet.write_number(self._place, column, cell)
            elif cell:
                self._sheet.write_string(self._place, column, guard(cell))
        self._place += 1


def _on_paper(place: str, words: str) -> str:
    """A part of a printed header: the sign that commands it is doubled where it is meant."""
    return place + words[:ON_PAPER].replace("&", "&&")
