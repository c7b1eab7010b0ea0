"""Jobs behind two functions, so that the library can be replaced: `@job(name)` and `defer`.

A job's row is written through Django's connection: it is part of the transaction that defers it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import connection
from procrastinate import App, RetryStrategy
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# Each queue and how many of its jobs run at once: long imports and a slow provider never hold up the short jobs.
QUEUES = {"default": 4, "imports": 2, "messages": 2}


@dataclass(frozen=True)
class Job:
    """A declared job: its name (never a module path), queue, retries, and what it runs."""

    name: str
    run: Callable[..., Any]
    queue: str
    attempts: int


JOBS: dict[str, Job] = {}
_finders: list[Callable[[], None]] = []
_finding = Lock()


def find_jobs_by(find: Callable[[], None]) -> None:
    """`find` imports whatever declares jobs and reactions: only when the first of them is asked for, so that a command that
    needs none starts sooner."""
    _finders.append(find)


def find_jobs() -> None:
    """Once this has returned, every job and every reaction is declared."""
    if _finders:
        with _finding:
            while _finders:
                _finders[-1]()
                _finders.pop()


def job(
    name: str, *, queue: str = "default", attempts: int = 5
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a job; it must be idempotent, since it is tried again after a failure or a killed worker."""
    if queue not in QUEUES:
        raise ValueError(f"no worker works off the queue {queue}")

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        if name in JOBS and JOBS[name].run.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, function, queue, attempts)
        return function

    return declare


def register_jobs(app: App) -> None:
    """Hand the declared jobs to procrastinate; called before work begins, again after new ones came."""
    find_jobs()
    for declared in JOBS.values():
        if declared.name not in app.tasks:
            app.task(name=declared.name, queue=declared.queue, retry=_retry(declared.attempts))(declared.run)


def _retry(attempts: int) -> RetryStrategy | bool:
    """3, 9, 27, 81 … seconds apart. The library counts the tries after the first, and takes 0 for no end."""
    return RetryStrategy(max_attempts=attempts - 1, exponential_wait=3) if attempts > 1 else False


def schedule_job(app: App, name: str, cron: str) -> None:
    """Run a declared job by the clock; one that is still waiting is not queued a second time."""
    declared = JOBS[name]
    if f"{name}.tick" in app.tasks:
        return

    def tick(timestamp: int) -> None:
        declared.run()

    lock = f"{name}.tick"
    task = app.task(name=f"{name}.tick", queue=declared.queue, queueing_lock=lock)(tick)
    app.periodic(cron=cron, periodic_id=name)(task)


def defer(name: str, **arguments: Any) -> int:
    """Defer a job in the current transaction; arguments are ids and plain values, never personal data."""
    find_jobs()
    # Always Django's connection, also inside a job: the worker's own one knows nothing of our transaction.
    manager = JobManager(DjangoConnector())
    return int(configure_task(name=name, job_manager=manager, queue=JOBS[name].queue).defer(**arguments))


def will_run(name: str, **arguments: Any) -> bool:
    """Whether a job with these arguments waits for its turn, or for another try, or is being worked off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = %s AND status IN ('todo', 'doing')"
            " AND args @> %s::jsonb)",
            [name, json.dumps(arguments)],
        )
        return bool(cursor.fetchone()[0])
