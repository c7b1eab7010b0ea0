"""The one timetable of periodic jobs: cron line, job, why then."""

from typing import Any

TIMETABLE: dict[str, str] = {
    # "pipeline.fold_tallies": "*/5 * * * * *",
}


def schedule(app: Any) -> None:
    """Give procrastinate every periodic job of the timetable; called once when the app is ready."""
    from okoce.foundation.shared.jobs import register_jobs, schedule_job

    register_jobs(app)
    for name, cron in TIMETABLE.items():
        schedule_job(app, name, cron)
