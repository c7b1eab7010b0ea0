"""COPY of many rows: the lines are made first and sent in one piece, so that the database never waits for the next row."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from queue import Queue
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    import psycopg

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

_sender: ContextVar["_Sender | None"] = ContextVar("okoce_copy_sender", default=None)


def copy_rows(
    table: str, columns: str, rows: Iterable[Sequence[Any]], same: Mapping[str, Any] | None = None
) -> None:
    """Append rows of texts, whole numbers, days, bytes, truth values and None to a table.

    `same` are the columns that have one value for all rows.
    """
    same = same or {}
    lines = copy_lines(rows, tuple(same.values()))
    if not lines:
        return
    statement = f"COPY {table} ({', '.join([columns, *same])}) FROM STDIN"
    sender = _sender.get()
    if sender is not None:
        sender.send(statement, lines)
        return
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(lines)


class copying_in_background:  # noqa: N801  (reads as a phrase: with copying_in_background())
    """Within the block a second thread sends what `copy_rows` has made, in order, while this one makes the next.

    Nothing else may be asked of the database inside. The end of the block waits, and raises what went wrong.
    """

    def __enter__(self) -> None:
        connection.ensure_connection()
        self._thread = _Sender(connection.connection)
        self._token = _sender.set(self._thread)
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, *_exception: object) -> None:
        _sender.reset(self._token)
        error = self._thread.finish()
        if error is not None and kind is None:
            with connection.wrap_database_errors:
                raise error


class _Sender(threading.Thread):
    """Sends one COPY after another; after an error it only empties its queue."""

    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        super().__init__(name="copy-sender", daemon=True)
        self._raw = raw
        self._queue: Queue[tuple[str, bytes] | None] = Queue(3)
        self._error: BaseException | None = None

    def send(self, statement: str, lines: bytes) -> None:
        self._queue.put((statement, lines))

    def finish(self) -> BaseException | None:
        self._queue.put(None)
        self.join()
        return self._error

    def run(self) -> None:
        while (item := self._queue.get()) is not None:
            if self._error is None:
                self._copy(*item)

    def _copy(self, statement: str, lines: bytes) -> None:
        try:
            with self._raw.cursor() as cursor, cursor.copy(statement) as copy:
                copy.write(lines)
        except BaseException as error:
            self._error = error


def copy_lines(rows: Iterable[Sequence[Any]], same: Sequence[Any] = ()) -> bytes:
    """The rows in the text format of COPY, each with the values that are the same for all at its end."""
    tail = "".join(["\t" + _TEXTS[value.__class__](value) for value in same]) + "\n"
    return "".join(
        ["\t".join([_TEXTS[value.__class__](value) for value in row]) + tail for row in rows]
    ).encode()


def _text(value: str) -> str:
    # Nearly every text is plain, and looking is cheaper than translating.
    plain = value.isprintable() and "\\" not in value
    return value if plain else value.translate(_ESCAPES)


_TEXTS: dict[type, Any] = {
    str: _text,
    int: str,
    bool: lambda value: "t" if value else "f",
    date: date.isoformat,
    bytes: lambda value: "\\\\x" + value.hex(),
    type(None): lambda _value: "\\N",
}
