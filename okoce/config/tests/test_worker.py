"""A real worker process on the tests' database."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

import okoce.config.tests.drills  # noqa: F401  (declares the jobs of the drills here too)
from okoce.config.jobs import MOST_ATTEMPTS, delete_old_jobs, retry_stalled_jobs
from okoce.config.preparation import PROJECT
from okoce.config.tests.processes import eventually
from okoce.config.timetable import TIMETABLE
from okoce.foundation.postgres.connection import Connection
from okoce.foundation.shared.jobs import JOBS, defer, find_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def here() -> str:
    """The database of this test as an address for another process."""
    given = connection.get_connection_params()
    base = Connection.from_url(os.environ["DATABASE_URL"])
    return base.to(given["dbname"]).url()


@contextmanager
def worker() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-c", "from okoce.config.tests.drills import main; main()"]
    process = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "DATABASE_URL": here()})
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0 or process.returncode == -signal.SIGKILL


def lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def one(query: str, *parameters: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def no_jobs_yet(transactional_db: None) -> None:
    """The queue's tables are not Django's to empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_periodic_defers, procrastinate_workers CASCADE"
        )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes"


def test_a_committed_job_runs_and_a_rolled_back_one_never_does(path: Path) -> None:
    with transaction.atomic():
        defer("drill.note", path=str(path), text="rolled-back")
        transaction.set_rollback(True)
    with transaction.atomic():
        defer("drill.note", path=str(path), text="committed")
    with worker():
        assert eventually(lambda: lines(path) == ["committed"])
    assert lines(path) == ["committed"]
    assert one("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'drill.%%'") == 0


def test_what_a_job_defers_belongs_to_its_own_transaction(path: Path) -> None:
    defer("drill.defer_and_fail", path=str(path))
    with worker():
        assert eventually(lambda: lines(path) == ["always"])
        defer("drill.note", path=str(path), text="later")
        assert eventually(lambda: len(lines(path)) > 1)
    assert lines(path) == ["always", "later"]


def test_a_failed_job_is_tried_again(path: Path) -> None:
    defer("drill.fail_once", path=str(path))
    with worker():
        assert eventually(lambda: lines(path) == ["begun", "begun"])


def test_the_job_of_a_killed_worker_runs_again(path: Path) -> None:
    defer("drill.hang_once", path=str(path))
    with worker() as first:
        assert eventually(lambda: lines(path) == ["begun"])
        first.kill()
        first.wait()
    retry_stalled_jobs()
    assert one("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'drill.hang_once'") == "doing"
    one("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute' RETURNING 1")
    retry_stalled_jobs()
    with worker():
        assert eventually(lambda: lines(path) == ["begun", "begun", "done"])


def test_a_job_that_keeps_killing_its_worker_is_given_up(path: Path) -> None:
    pk = defer("drill.note", path=str(path), text="poison")
    one(
        "UPDATE procrastinate_jobs SET status = 'doing', attempts = %s WHERE id = %s RETURNING 1",
        MOST_ATTEMPTS, pk,
    )  # fmt: skip
    retry_stalled_jobs()
    assert one("SELECT status::text FROM procrastinate_jobs WHERE id = %s", pk) == "failed"


def test_a_cut_connection_costs_one_job_at_most(path: Path) -> None:
    with worker():
        for _ in range(5):
            defer("drill.lose_connection", path=str(path))
        assert eventually(lambda: lines(path).count("cut") >= 5)
        for _ in range(5):
            defer("drill.count_accounts", path=str(path))
        assert eventually(lambda: lines(path).count("counted") == 5)


def test_a_stopped_worker_leaves_no_trace_among_the_living(path: Path) -> None:
    with worker():
        assert eventually(lambda: one("SELECT count(*) FROM procrastinate_workers") == 3)
    assert one("SELECT count(*) FROM procrastinate_workers") == 0


def test_failed_jobs_are_kept_for_a_month_only(path: Path) -> None:
    old, young = (defer("drill.note", path=str(path), text=text) for text in ("old", "young"))
    one("UPDATE procrastinate_jobs SET status = 'failed' RETURNING 1")
    one("UPDATE procrastinate_events SET at = now() - interval '40 days' WHERE job_id = %s RETURNING 1", old)
    delete_old_jobs()
    assert one("SELECT array_agg(id) FROM procrastinate_jobs") == [young]


def test_everything_on_the_timetable_is_a_declared_job() -> None:
    find_jobs()
    assert set(TIMETABLE) <= set(JOBS)
