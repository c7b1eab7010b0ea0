"""Jobs behind two functions, so that the library can be replaced: `@job(name)` and `defer`.

A job's row is written through Django's connection: it is part of the transaction that defers it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate import App, RetryStrategy

QUEUES = ("default", "imports")


@dataclass(frozen=True)
class Job:
    """A declared job: its name (never a module path), queue, retries, and what it runs."""

    name: str
    run: Callable[..., Any]
    queue: str
    attempts: int


JOBS: dict[str, Job] = {}


def job(name: str, *, queue: str = "default", attempts: int = 5) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a job; it must be idempotent, since it is tried again after a failure or a killed worker."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        if name in JOBS and JOBS[name].run.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = Job(name, function, queue, attempts)
        return function

    return declare


def register_jobs(app: App) -> None:
    """Hand the declared jobs to procrastinate; called once when the app is ready."""
    for declared in JOBS.values():
        app.task(
            name=declared.name,
            queue=declared.queue,
            retry=RetryStrategy(max_attempts=declared.attempts, exponential_wait=3),
        )(declared.run)


def schedule_job(app: App, name: str, cron: str) -> None:
    """Run a declared job by the clock; procrastinate passes the timestamp, which jobs do not need."""
    declared = JOBS[name]

    def tick(timestamp: int) -> None:  # noqa: ARG001  (procrastinate's contract)
        declared.run()

    task = app.task(name=f"{name}.tick", queue=declared.queue, pass_context=False, queueing_lock=f"{name}.tick")(tick)
    app.periodic(cron=cron, periodic_id=name)(task)


def defer(name: str, **arguments: Any) -> int:
    """Defer a job in the current transaction; arguments are ids and plain values, never personal data."""
    from procrastinate.contrib.django import app

    return int(app.configure_task(name, queue=JOBS[name].queue).defer(**arguments))
