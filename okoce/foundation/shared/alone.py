"""One worker at a time for one piece of work: a job that was thought dead may be alive."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class BusyElsewhere(Exception):
    """Somebody else works on it: worth another look, since whoever it is may die over it."""


_TAKE = "SELECT pg_try_advisory_lock(hashtext(%s), %s)"
_GIVE_BACK = "SELECT pg_advisory_unlock(hashtext(%s), %s)"


@contextmanager
def alone_with(kind: str, record_id: int) -> Iterator[bool]:
    """Whether nobody else works on this record of that kind; then nobody else will before the end of the block.

    The lock belongs to the connection, so a killed worker's is free at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [kind, record_id])
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone:
            with connection.cursor() as cursor:
                cursor.execute(_GIVE_BACK, [kind, record_id])
