"""How tables are changed while people work: one at a time, with short waits."""

import contextlib
import time
from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from okoce.config.environment import Environment
from okoce.foundation.shared.errors import Conflict

KEY = "hashtextextended('okoce.migrate', 0)"
OTHERS_SECONDS = 900
LOCK_SECONDS = 10
STATEMENT_SECONDS = 900


@contextlib.contextmanager
def alone_on(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Hold the database's migration lock; it ends with the session, so a kill never blocks the next one."""
    deadline = time.monotonic() + OTHERS_SECONDS
    while not _answer(connection, f"SELECT pg_try_advisory_lock({KEY})"):
        if time.monotonic() > deadline:
            raise Conflict(
                f"Proses lain masih memperbarui tabel setelah {OTHERS_SECONDS // 60} menit; "
                "tunggu sampai selesai, lalu jalankan lagi."
            )
        time.sleep(0.2)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _answer(connection, f"SELECT pg_advisory_unlock({KEY})")


@contextlib.contextmanager
def impatient(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Rather fail than queue everybody up behind a table lock."""
    seconds = Environment().number("OKOCE_MIGRATE_SECONDS", STATEMENT_SECONDS)
    _answer(connection, f"SELECT set_config('lock_timeout', '{LOCK_SECONDS}s', false)")
    _answer(connection, f"SELECT set_config('statement_timeout', '{seconds}s', false)")
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _answer(connection, "SELECT set_config('lock_timeout', '0', false)")
            _answer(connection, "SELECT set_config('statement_timeout', '0', false)")


def _answer(connection: BaseDatabaseWrapper, question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
