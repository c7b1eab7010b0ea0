"""Statements that the server plans once per connection: for the deeds that are done for one person, thousands of times."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import NotSupportedError, connection, models

Row = tuple[Any, ...]


def run_prepared(statement: str, parameters: Mapping[str, Any]) -> list[Row]:
    """The rows that a statement answers; none where it answers none.

    Values stand outside of the text, so a value whose type its place does not tell needs a cast: `%(workers)s::int`.
    """
    cursor = connection.prepared_cursor()  # type: ignore[attr-defined]  # of our own engine
    told = {name: _untyped(value) for name, value in parameters.items()}
    try:
        cursor.execute(statement, told)
    except NotSupportedError:
        # Planned for a table that a migration has altered since. Nothing was done yet, but the connection would keep that plan
        # for good; where a transaction has failed of it, taking that back forgets every plan.
        if connection.in_atomic_block:
            raise
        cursor.execute("DEALLOCATE ALL")
        cursor.execute(statement, told)
    return cursor.fetchall() if cursor.cursor.pgresult.nfields else []


def id_array(rows: Iterable[models.Model]) -> str:
    """The ids of these rows as one value: `= ANY(%(ids)s::bigint[])`."""
    return "{" + ",".join(str(row.pk) for row in rows) + "}"


def _untyped(value: Any) -> Any:
    """Numbers and days as text, whose type the server takes from its place: with a type of its own for each size of number,
    the same statement would be planned once for each mixture of them."""
    if isinstance(value, date):  # and a time
        return value.isoformat()
    return str(value) if isinstance(value, bool | int | float) else value
