"""Imports in the background, and throwing away what is personal: their files, keys of the desk, registrations that nobody
finished."""

from okoce.foundation.shared.alone import BusyElsewhere
from okoce.foundation.shared.jobs import job
from okoce.stages.p1_registration.applications.purging import forget_drafts
from okoce.stages.p1_registration.desk.forgetting import forget_old_submissions
from okoce.stages.p1_registration.imports import purging, runs


# The last of so many tries is an hour after the first: whoever was at it then is done, or dead.
@job("registration.check_import", queue="imports", attempts=8)
def check_import(import_id: int) -> None:
    """Try a file without keeping anything."""
    if not runs.check(import_id):
        raise BusyElsewhere(f"import {import_id}")


@job("registration.run_import", queue="imports", attempts=8)
def run_import(import_id: int) -> None:
    """Import a file; safe to run again, and run again until the import is over."""
    if not runs.run(import_id):
        raise BusyElsewhere(f"import {import_id}")


@job("registration.end_stalled_imports", attempts=1)
def end_stalled_imports() -> None:
    """An import that no job will work off any more says so, and can be begun again."""
    runs.end_stalled()


@job("registration.purge_import_files")
def purge_import_files() -> None:
    """Files of imports hold personal data: they go after thirty days."""
    purging.purge_old_files()


@job("registration.forget_desk_submissions")
def forget_desk_submissions() -> None:
    """Keys of the desk only say what was sent already; a queue on a laptop is a week old at most."""
    forget_old_submissions()


@job("registration.forget_drafts", attempts=1)
def forget_old_drafts() -> None:
    """Registrations that nobody finished go after the days that the term says, finished ones after one."""
    forget_drafts()
