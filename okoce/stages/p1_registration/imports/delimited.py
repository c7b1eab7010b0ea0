"""CSV as people have it: any of three delimiters, five encodings, quotes that may never be closed."""

import codecs
import csv
import io
import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.utils.translation import gettext as _

from okoce.stages.p1_registration.imports.formulas import unguard
from okoce.stages.p1_registration.imports.header_rows import HEAD_ROWS, find_header, weight_of
from okoce.stages.p1_registration.imports.header_words import require_header
from okoce.stages.p1_registration.imports.headers import ColumnMap, Mapped
from okoce.stages.p1_registration.imports.refusals import RowError

DELIMITERS = ",;\t"
LONGEST_LINE = 1_000_000
LONGEST_CELL = 32_767  # what a spreadsheet can hold
MOST_LINES_IN_A_ROW = 50
# Read at once, as long as each of them is a row.
LINES_A_BLOCK = 50
_CHUNK = 1 << 20
_SAMPLE = 256 * 1024

Numbered = tuple[int, list[str], RowError | None]


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are read as Windows-1252, so a file pasted from both comes out whole."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("okoce-windows-1252", _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How to decode the file, and what to call it."""

    name: str
    codec: str
    errors: str = "replace"


def encoding_of(file: BinaryIO) -> Encoding:
    """One streaming pass: strict UTF-8, else Windows-1252; UTF-16 and UTF-32 only with their marks."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # one of them begins like UTF-16's
        return Encoding("UTF-32", "utf-32")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("UTF-16", "utf-16")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding("Windows-1252", "utf-8-sig", "okoce-windows-1252")
    finally:
        file.seek(0)
    return Encoding("UTF-8", "utf-8-sig")


class DelimitedFile:
    """One CSV file, readable any number of times from its beginning."""

    format = "csv"

    def __init__(self, file: BinaryIO, mapped: Mapped | None = None) -> None:
        self._file = file
        self._encoding = encoding_of(file)
        self.encoding = self._encoding.name
        self.delimiter, columns, head = self._best_delimiter(mapped)
        self.columns = require_header(columns, head)

    @property
    def described(self) -> str:
        """For the preview: `CSV, UTF-8, titik koma`."""
        names = {",": _("koma"), ";": _("titik koma"), "\t": _("tab")}
        return f"CSV, {self.encoding}, {names[self.delimiter]}"

    def rows(self) -> Iterator[Numbered]:
        """Every row after the header, with its number as a spreadsheet counts."""
        columns, width = self.columns, len(self.columns.headers)
        with self._opened() as text:
            feed = _Feed(text)
            for number, cells, fault in _numbered(feed, self.delimiter):
                if number <= columns.row:
                    continue
                taken = feed.taken
                line, is_long = taken[0], len(taken) > 1
                if is_long or "'" in line:
                    cells = [unguard(cell) for cell in cells]  # noqa: PLW2901 - the same cells, as they were meant
                if fault is None and (is_long or len(cells) > width or "\0" in line):
                    fault = _fault_of_cells(cells, columns)  # noqa: PLW2901 - the first fault of the row
                yield number, cells, fault

    def _best_delimiter(
        self, mapped: Mapped | None
    ) -> tuple[str, ColumnMap | None, list[tuple[int, list[str]]]]:
        with self._opened() as text:
            sample = text.read(_SAMPLE)
        heads = {d: _head(sample, d) for d in DELIMITERS}
        found = {d: find_header(head, mapped) for d, head in heads.items()}
        best = max(
            DELIMITERS,
            key=lambda d: (_weight(found[d], mapped), max((len(c) for _n, c in heads[d]), default=0)),
        )
        return best, found[best], heads[best]

    def _opened(self) -> "_Text":
        self._file.seek(0)
        return _Text(self._file, self._encoding)


class _Text(io.TextIOWrapper):
    """Decodes without taking the file over: leaving the block leaves the file open."""

    def __init__(self, file: BinaryIO, encoding: Encoding) -> None:
        super().__init__(file, encoding=encoding.codec, errors=encoding.errors, newline="")

    def __exit__(self, *_exception: object) -> None:
        self.detach()


class _Feed:
    """Hands lines to the CSV reader and remembers those of the current row, to take them back if need be."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.overlong = False

    def __iter__(self) -> Iterator[str]:
        """A generator and not `__next__`: the CSV reader asks for every line of a million."""
        again, readline = self._again, self._text.readline
        while line := again.popleft() if again else readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                self._skip_the_rest()
                line = line[:LONGEST_CELL] + "\n"
            self.taken.append(line)
            yield line

    def block(self) -> list[str]:
        """The next lines; an overlong one is the last of them. None while lines that were taken back wait."""
        lines: list[str] = []
        if not self._again:
            for line in itertools.islice(iter(partial(self._text.readline, LONGEST_LINE), ""), LINES_A_BLOCK):
                lines.append(line)
                if len(line) >= LONGEST_LINE:
                    break
        return lines

    @property
    def has_more_again(self) -> bool:
        return bool(self._again)

    def give_back(self, lines: Sequence[str]) -> None:
        self._again.extendleft(reversed(lines))

    def _skip_the_rest(self) -> None:
        self.overlong = True
        while (more := self._text.readline(LONGEST_LINE)) and not more.endswith(("\n", "\r")):
            pass

    def next_row(self) -> None:
        self.taken = []
        self.overlong = False


def _numbered(feed: _Feed, delimiter: str) -> Iterator[Numbered]:
    """Rows with their numbers: block by block where every line is a row, else line by line."""
    numbers = itertools.count(1)
    while lines := feed.block():
        rows = _rows_of(lines, delimiter)
        if rows is None:
            feed.give_back(lines)
            yield from _one_by_one(feed, delimiter, numbers)
            continue
        for line, cells, number in zip(lines, rows, numbers, strict=False):  # `numbers` never end
            feed.taken = [line]
            yield number, cells, None


def _rows_of(lines: list[str], delimiter: str) -> list[list[str]] | None:
    """The cells of each line; None where not every line is a row of its own. The empty line behind them would be swallowed by a
    quote that the last one leaves open."""
    if len(lines[-1]) >= LONGEST_LINE:
        return None
    try:
        rows = list(csv.reader([*lines, "\n"], delimiter=delimiter))
    except csv.Error:
        return None
    return rows[:-1] if len(rows) == len(lines) + 1 else None


def _one_by_one(feed: _Feed, delimiter: str, numbers: Iterator[int]) -> Iterator[Numbered]:
    """Rows of the lines that were given back; after a quote that is never closed it goes on with the very next line."""
    reader = csv.reader(feed, delimiter=delimiter)
    while feed.has_more_again:
        feed.next_row()
        try:
            cells = next(reader, None)
            fault = _fault_of_lines(feed) if feed.overlong or len(feed.taken) > 1 else None
        except csv.Error:
            cells, fault = [], _unclosed()
        if cells is None:
            return
        number = next(numbers)
        if fault:
            first, *rest = feed.taken
            feed.give_back(rest)
            reader = csv.reader(feed, delimiter=delimiter)
            cells = _cells_without_quotes(first, delimiter)
        yield number, cells, fault


def _fault_of_lines(feed: _Feed) -> RowError | None:
    if feed.overlong:
        return _too_long()
    if len(feed.taken) > 1 and _never_closed(feed.taken):
        return _unclosed()
    return None


def _never_closed(lines: Sequence[str]) -> bool:
    return len(lines) > MOST_LINES_IN_A_ROW or sum(line.count('"') for line in lines) % 2 == 1


def _cells_without_quotes(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    except csv.Error:
        return [line.rstrip("\r\n")[:LONGEST_CELL]]


def _fault_of_cells(cells: Sequence[str], columns: ColumnMap) -> RowError | None:
    for position, cell in enumerate(cells):
        if "\0" in cell:
            return _has_nul(position, columns)
    width = len(columns.headers)
    if any(cell.strip() for cell in cells[width:]):
        return RowError(
            "",
            _("Baris ini punya %(count)s sel, padahal judulnya %(width)s.")
            % {"count": len(cells), "width": width},
            _("Beri tanda kutip pada isi yang mengandung tanda pemisah, misalnya alamat dengan koma."),
        )
    return None


def _has_nul(position: int, columns: ColumnMap) -> RowError:
    header = columns.headers[position] if position < len(columns.headers) else ""
    column = next((name for name, place in columns.positions.items() if place == position), header)
    return RowError(
        column,
        _("Sel ini berisi bita nol (NUL), tanda berkas rusak."),
        _("Ketik ulang isi sel itu, lalu simpan sebagai CSV UTF-8."),
    )


def _unclosed() -> RowError:
    return RowError(
        "",
        _('Ada tanda kutip (") yang dibuka dan tidak ditutup di baris ini.'),
        _("Hapus tanda kutipnya, atau tutup di akhir isi sel."),
    )


def _too_long() -> RowError:
    return RowError(
        "",
        _("Baris ini lebih panjang dari %(most)s huruf.") % {"most": LONGEST_LINE},
        _("Periksa apakah pemisah baris hilang, lalu tulis ulang baris ini."),
    )


def _head(sample: str, delimiter: str) -> list[tuple[int, list[str]]]:
    feed = _Feed(io.StringIO(sample, newline=""))
    rows = itertools.islice(_numbered(feed, delimiter), HEAD_ROWS)
    return [(number, [unguard(cell) for cell in cells]) for number, cells, _fault in rows]


def _weight(columns: ColumnMap | None, mapped: Mapped | None) -> tuple[bool, int]:
    return columns is not None, weight_of(columns.headers, mapped) if columns else 0
