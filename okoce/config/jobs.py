"""Jobs about jobs."""

import structlog
from django.db import connection, transaction

from okoce.foundation.shared.jobs import job

KEEP_DAYS = 30
SILENCE_SECONDS = 20
MOST_ATTEMPTS = 8
log = structlog.get_logger(__name__)

STALLED = """
    SELECT job.id, job.task_name, job.attempts FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing'
      AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
    FOR UPDATE OF job SKIP LOCKED
"""
FINAL_BEFORE = """
    DELETE FROM procrastinate_jobs job
    WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
      AND NOT EXISTS (
        SELECT FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.at > now() - make_interval(days => %s)
      )
"""


@job("config.retry_stalled_jobs", attempts=1)
def retry_stalled_jobs() -> None:
    """Jobs whose worker has died go back to the queue; one that keeps killing its worker is given up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STALLED, [SILENCE_SECONDS])
        for job_id, task, attempts in cursor.fetchall():
            if attempts < MOST_ATTEMPTS:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job_id])
                log.warning("job of a dead worker queued again", job_id=job_id, job=task)
            else:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
                log.error("job given up after its worker died every time", job_id=job_id, job=task)


@job("config.delete_old_jobs", attempts=1)
def delete_old_jobs() -> None:
    """Failed jobs are kept for a month for people to look at; those that succeeded left nothing."""
    with connection.cursor() as cursor:
        cursor.execute(FINAL_BEFORE, [KEEP_DAYS])
