"""COPY of many rows: the lines are made first and sent in one piece, so that the database never waits for the next row."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from datetime import date
from functools import partial
from queue import Queue
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    import psycopg

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

_sender: ContextVar["_Sender | None"] = ContextVar("okoce_copy_sender", default=None)


# What stands for None in a ready line.
NULL = "\\N"


def copy_ready(table: str, columns: str, lines: Sequence[str], same: Mapping[str, Any] | None = None) -> None:
    """Append lines that are ready: numbers, days, NULL, and texts that `ready_text` has seen, with tabs between them.

    Cheaper than `copy_rows`, which asks each value what it is.
    """
    if not lines:
        return
    same = same or {}
    end = "".join(["\t" + _TEXTS[value.__class__](value) for value in same.values()]) + "\n"
    _send(table, [columns, *same], (end.join(lines) + end).encode())


def ready_text(value: str) -> str:
    """A text as a line of COPY has it."""
    # Nearly every text is plain, and looking is cheaper than translating.
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)


class _ReadyDays(dict[date | None, str]):
    """Days as a line of COPY has them: a text is found ten times as fast as it is made, and files hold few different days."""

    def __missing__(self, day: date | None) -> str:
        text = self[day] = NULL if day is None else day.isoformat()
        return text


# `ready_day[day]`; of None, too
ready_day = _ReadyDays()


def ready_bytes(value: bytes) -> str:
    """Bytes as a line of COPY has them."""
    return "\\\\x" + value.hex()


def copy_rows(
    table: str, columns: str, rows: Iterable[Sequence[Any]], same: Mapping[str, Any] | None = None
) -> None:
    """Append rows of texts, whole numbers, days, bytes, truth values and None to a table.

    `same` are the columns that have one value for all rows.
    """
    same = same or {}
    lines = copy_lines(rows, tuple(same.values()))
    if lines:
        _send(table, [columns, *same], lines)


def execute_in_order(statement: str, values: Sequence[Any]) -> None:
    """Run a statement after everything that was copied before it."""
    sender = _sender.get()
    if sender is not None:
        sender.put(lambda cursor: cursor.execute(statement, values))
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _send(table: str, columns: Sequence[str], lines: bytes) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    sender = _sender.get()
    if sender is not None:
        sender.put(partial(_copy, statement, lines))
        return
    with connection.cursor() as cursor:
        _copy(statement, lines, cursor)


def _copy(statement: str, lines: bytes, cursor: Any) -> None:
    with cursor.copy(statement) as copy:
        copy.write(lines)


# More than a chunk of an import has: whoever makes the lines need not wait for the database.
MOST_WAITING = 20


class copying_in_background:  # noqa: N801  (reads as a phrase: with copying_in_background())
    """Within the block a second thread sends what is to be copied, in order, while this one makes the next.

    Once something was sent, nothing else may be asked of the database inside. The end of the block waits, and raises what
    went wrong.
    """

    def __enter__(self) -> None:
        connection.ensure_connection()
        self._thread = _Sender(connection.connection)
        self._token = _sender.set(self._thread)
        self._thread.start()

    def __exit__(self, kind: type[BaseException] | None, *_exception: object) -> None:
        _sender.reset(self._token)
        if kind is not None:
            self._thread.skip_the_rest()
        error = self._thread.finish()
        if error is not None and kind is None:
            with connection.wrap_database_errors:
                raise error


class _Sender(threading.Thread):
    """Runs one statement after another; after an error it only empties its queue."""

    def __init__(self, raw: "psycopg.Connection[Any]") -> None:
        super().__init__(name="copy-sender", daemon=True)
        self._raw = raw
        self._queue: Queue[Callable[[Any], object] | None] = Queue(MOST_WAITING)
        self._error: BaseException | None = None

    def put(self, deed: Callable[[Any], object]) -> None:
        self._queue.put(deed)

    def skip_the_rest(self) -> None:
        self._error = self._error or RuntimeError("what is left is no longer wanted")

    def finish(self) -> BaseException | None:
        self._queue.put(None)
        self.join()
        return self._error

    def run(self) -> None:
        while (deed := self._queue.get()) is not None:
            if self._error is None:
                self._do(deed)

    def _do(self, deed: Callable[[Any], object]) -> None:
        try:
            with self._raw.cursor() as cursor:
                deed(cursor)
        except BaseException as error:
            self._error = error


def copy_lines(rows: Iterable[Sequence[Any]], same: Sequence[Any] = ()) -> bytes:
    """The rows in the text format of COPY, each with the values that are the same for all at its end."""
    tail = "".join(["\t" + _TEXTS[value.__class__](value) for value in same]) + "\n"
    return "".join(
        ["\t".join([_TEXTS[value.__class__](value) for value in row]) + tail for row in rows]
    ).encode()


_TEXTS: dict[type, Any] = {
    str: ready_text,
    int: str,
    bool: lambda value: "t" if value else "f",
    date: date.isoformat,
    bytes: ready_bytes,
    type(None): lambda _value: NULL,
}
