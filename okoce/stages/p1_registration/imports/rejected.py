"""The file of refused rows on disk: readable by its owner alone, and cut back to what was committed when an import goes on."""

import io
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from okoce.stages.p1_registration.imports.reading import Refusal, Table
from okoce.stages.p1_registration.imports.rejects import COMMA, RejectsWriter


class RejectsFile:
    """Appends the refused rows of one chunk after another. `size` is how long the file was after the last of them; people get
    the delimiter that their own file had, since their spreadsheet opens that one."""

    def __init__(self, path: Path, table: Table, *, size: int = 0, delimiter: str = COMMA) -> None:
        self.path = path
        self._buffer = io.StringIO(newline="")
        self._writer = RejectsWriter(self._buffer, table.columns, delimiter)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._file = os.fdopen(descriptor, "r+b")
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size
        if size:
            self._forget_buffer()
        else:
            self._flush()

    def append(self, refused: Iterable[Refusal]) -> None:
        for raw, errors in refused:
            self._writer.write(raw, errors)
        self._flush()

    def cut_back(self, size: int) -> None:
        """Forget everything after the first `size` bytes: what it told of was taken back."""
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def _flush(self) -> None:
        self._file.write(self._buffer.getvalue().encode())
        self._file.flush()
        self.size = self._file.tell()
        self._forget_buffer()

    def _forget_buffer(self) -> None:
        self._buffer.seek(0)
        self._buffer.truncate()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> "RejectsFile":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()
