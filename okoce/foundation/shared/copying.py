"""COPY of many rows: the lines are made first and sent in one piece, so that the database never waits for the next row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    table: str, columns: str, rows: Iterable[Sequence[Any]], same: Mapping[str, Any] | None = None
) -> None:
    """Append rows of texts, whole numbers, days, bytes, truth values and None to a table.

    `same` are the columns that have one value for all rows.
    """
    same = same or {}
    lines = copy_lines(rows, tuple(same.values()))
    if lines:
        named = ", ".join([columns, *same])
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
            copy.write(lines)


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
