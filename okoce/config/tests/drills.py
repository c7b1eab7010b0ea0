"""Jobs for drills, declared only in the processes of test_worker; each leaves a line in a file."""

import asyncio
import os
import time
from pathlib import Path

from django.db import connection

from okoce.foundation.shared.jobs import defer, job, register_jobs


@job("drill.note")
def note(path: str, text: str) -> None:
    with Path(path).open("a") as file:
        file.write(f"{text}\n")


@job("drill.hang_once")
def hang_once(path: str) -> None:
    """Hangs the first time, so that its worker can be killed; goes through the second time."""
    is_first = not Path(path).exists()
    note(path, "begun")
    if is_first:
        time.sleep(60)
    note(path, "done")


@job("drill.fail_once")
def fail_once(path: str) -> None:
    is_first = not Path(path).exists()
    note(path, "begun")
    if is_first:
        raise RuntimeError("the first try fails")


@job("drill.defer_and_fail", attempts=1)
def defer_and_fail(path: str) -> None:
    """What a job defers in a transaction that it rolls back must never run."""
    from django.db import transaction

    with transaction.atomic():
        defer("drill.note", path=path, text="never")
        transaction.set_rollback(True)
    with transaction.atomic():
        defer("drill.note", path=path, text="always")


@job("drill.lose_connection")
def lose_connection(path: str) -> None:
    """Its connection is cut; the next job of this thread gets a sound one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    note(path, "cut")
    import psycopg

    parameters = connection.get_connection_params()
    chosen = {
        key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if parameters.get(key)
    }
    with psycopg.connect(**chosen) as link:
        link.execute("SELECT pg_terminate_backend(%s)", [own])


@job("drill.count_accounts")
def count_accounts(path: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_user")
        note(path, f"counted {cursor.fetchone()[0]}")


def main() -> None:
    """A worker that knows these jobs too."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "okoce.config.settings_test"
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from okoce.config.worker import work

    register_jobs(app)
    raise SystemExit(0 if asyncio.run(work(app)) else 1)
