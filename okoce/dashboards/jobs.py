"""Files of people in the background, and throwing them away; messages that only the calendar occasions."""

from okoce.dashboards.messages import occasions
from okoce.dashboards.people import exporting
from okoce.dashboards.scoreboard import silences
from okoce.foundation.shared.jobs import job


@job("dashboards.make_export", queue="imports")
def make_export(export_id: int) -> None:
    """Make a file of people; safe to run again."""
    exporting.make(export_id)


@job("dashboards.purge_exports")
def purge_exports() -> None:
    """Files of people are kept for a day."""
    exporting.purge_old_files()


@job("dashboards.tell_of_standstills")
def tell_of_standstills() -> None:
    """Whoever has not gone on for as many days as the term says is asked what is in the way."""
    occasions.tell_of_standstills()


@job("dashboards.tell_of_agreements")
def tell_of_agreements() -> None:
    """Whoever may extend an agreement is told some days before it ends."""
    occasions.tell_of_agreements()


@job("dashboards.look_for_silences")
def look_for_silences() -> None:
    """Since when each active komunitas is quiet, for the menu."""
    silences.look_for_silences()


@job("dashboards.tell_of_silences")
def tell_of_silences() -> None:
    """Chairs and the secretariat hear of komunitas that are quiet, or nearly, by a look of that moment."""
    silences.look_and_tell()
