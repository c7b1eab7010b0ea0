"""How a transactional test leaves the database: as the migrations made it, at the price of what the test has written.

Django would empty every table of ours with all their indexes, and then write content types and permissions anew: longer than most
of these tests take themselves. Here only what holds rows is emptied, with the tables that point at it.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connections, transaction
from django.test import TransactionTestCase

# What the running test leaves to the next one.
_left: set[str] = set()
# The last row that migrations have written to each table whose rows stay; what a test adds there goes.
_last_of: dict[str, int] = {}

_POINTING = (
    "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
)


def empty_quickly() -> None:
    """Let Django's transactional tests empty the database so."""

    def emptied(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):
            empty(connections[alias])

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[method-assign]  # Django asks for it nowhere else


def leave(tables: Iterable[str]) -> None:
    """The running test leaves these to the next one as they are, and no others."""
    _left.clear()
    _left.update(tables)


def is_left(table: str) -> bool:
    """Will the next test find what is in it?"""
    return table in _left


def keep(connection: Any, tables: Iterable[str]) -> None:
    """What stands in these tables now stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'id' AND table_name = ANY(%s)",
            [sorted(tables)],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{name}"')
            (_last_of[name],) = cursor.fetchone()


def empty(connection: Any) -> None:
    """Nothing stands in the tables but what migrations wrote and what is left on purpose."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _take_back_additions(cursor)
        known, pointing = _tables(connection.alias)
        cursor.execute(_holding_rows(known - _left))
        found = {name for (name,) in cursor.fetchall()}
        if found:
            listed = ", ".join(f'"{name}"' for name in sorted(_with_pointing(found, pointing)))
            cursor.execute(f"TRUNCATE {listed}")


def _take_back_additions(cursor: Any) -> None:
    added = [
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\" WHERE id > {last})"
        for name, last in _last_of.items()
    ]
    if not added:
        return
    cursor.execute(" UNION ALL ".join(added))
    for (name,) in cursor.fetchall():
        # rows of dated rules refuse to be deleted
        cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        cursor.execute(f'DELETE FROM "{name}" WHERE id > {_last_of[name]}')
        cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')


@cache
def _tables(alias: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """What is to be empty between tests, and which table points at which: neither changes while tests run."""
    connection = connections[alias]
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(_POINTING)
        return frozenset(names), frozenset(cursor.fetchall())


@cache
def _holding_rows(names: frozenset[str]) -> str:
    return " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in sorted(names)
    )


def _with_pointing(found: set[str], pointing: frozenset[tuple[str, str]]) -> set[str]:
    """These and whatever points at them: PostgreSQL empties the one only together with the other."""
    whole, grown = set(found), True
    while grown:
        more = {one for one, other in pointing if other in whole} - whole
        whole |= more
        grown = bool(more)
    return whole
