"""What is said of the rows of an import, on disk: files readable by their owner alone, that grow by each chunk and are cut back
to what was committed when an import goes on."""

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from okoce.stages.p1_registration.imports.formulas import guard
from okoce.stages.p1_registration.imports.reading import Refusal, Table
from okoce.stages.p1_registration.imports.refusals import Warned
from okoce.stages.p1_registration.imports.rejects import BYTE_ORDER_MARK, RejectsWriter
from okoce.stages.p1_registration.imports.spellings import WARNING_COLUMNS


class GrowingFile:
    """Text that is appended after every chunk. `size` is how long the file was after the last of them."""

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self._buffer = io.StringIO(newline="")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self.cut_back(size)

    def begin(self) -> None:
        """What stands in the buffer is how a file begins; one that goes on has begun already."""
        if self.size:
            self._forget_buffer()
        else:
            self.flush()

    def cut_back(self, size: int) -> None:
        """Forget everything after the first `size` bytes: what it told of was taken back."""
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def flush(self) -> None:
        """Write what stands in the buffer."""
        self._file.write(self._buffer.getvalue().encode())
        self._file.flush()
        self.size = self._file.tell()
        self._forget_buffer()

    def _forget_buffer(self) -> None:
        self._buffer.seek(0)
        self._buffer.truncate()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()


class RejectsFile(GrowingFile):
    """The refused rows as they came. People get the delimiter that their own file had, since their spreadsheet opens that one."""

    def __init__(self, path: Path, table: Table, *, size: int = 0) -> None:
        super().__init__(path, size)
        self._writer = RejectsWriter(self._buffer, table.columns, table.delimiter)
        self.begin()

    def append(self, refused: Iterable[Refusal]) -> None:
        for raw, errors in refused:
            self._writer.write(raw, errors)
        self.flush()


class WarningsFile(GrowingFile):
    """What to look at again in rows that were taken, a line for each warning: which row, which column, what, and what to do."""

    def __init__(self, path: Path, table: Table, *, size: int = 0) -> None:
        super().__init__(path, size)
        self._header_of = table.columns.header_of
        self._buffer.write(BYTE_ORDER_MARK)
        self._writer = csv.writer(self._buffer, delimiter=table.delimiter, lineterminator="\r\n")
        self._writer.writerow(WARNING_COLUMNS)
        self.begin()

    def append(self, warned: Iterable[Warned]) -> None:
        for line, warnings in warned:
            for one in warnings:
                said = [self._header_of(one.column), one.reason, one.suggestion]
                self._writer.writerow([str(line), *map(guard, said)])
        self.flush()
