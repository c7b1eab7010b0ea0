"""The worker: runs deferred and periodic jobs, long imports beside the others, until it is told to stop."""

import asyncio
import signal

from procrastinate import App
from procrastinate.contrib.django.utils import connector_params
from procrastinate.jobs import DeleteJobCondition
from procrastinate.psycopg_connector import PsycopgConnector

from okoce.config.timetable import schedule
from okoce.foundation.shared.jobs import QUEUES

HEARTBEAT_SECONDS = 5
SILENCE_SECONDS = 20
GRACE_SECONDS = 4


async def work(app: App) -> bool:
    """Work until a signal; True if that was why it ended, False when a worker gave up (lost its database)."""
    schedule(app)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    # A direct connection: notifications do not pass a pooler in transaction mode.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=2, max_size=8)
    with app.replace_connector(connector):
        async with app.open_async():
            workers = [asyncio.create_task(_run(app, queue, count)) for queue, count in QUEUES.items()]
            waiting = asyncio.create_task(stopped.wait())
            await asyncio.wait([*workers, waiting], return_when=asyncio.FIRST_COMPLETED)
            for task in (*workers, waiting):
                task.cancel()
            await asyncio.gather(*workers, waiting, return_exceptions=True)
    return stopped.is_set()


async def _run(app: App, queue: str, concurrency: int) -> None:
    await app.run_worker_async(
        queues=[queue],
        name=queue,
        concurrency=concurrency,
        install_signal_handlers=False,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=SILENCE_SECONDS,
        shutdown_graceful_timeout=GRACE_SECONDS,
        # What a job did stands in the records; its own row would be one of 17,000 a day.
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
    )
