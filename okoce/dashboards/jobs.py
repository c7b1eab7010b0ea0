"""Files of people in the background, and throwing them away."""

from okoce.dashboards.people import exporting
from okoce.foundation.shared.jobs import job


@job("dashboards.make_export", queue="imports")
def make_export(export_id: int) -> None:
    """Make a file of people; safe to run again."""
    exporting.make(export_id)


@job("dashboards.purge_exports")
def purge_exports() -> None:
    """Files of people are kept for a day."""
    exporting.purge_old_files()
