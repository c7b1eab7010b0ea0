"""Jobs of members."""

from datetime import timedelta

from django.utils import timezone

from okoce.community.members.duplicates import queue_duplicates_among_newcomers
from okoce.foundation.shared.jobs import job

# Twice the time between two looks, and the longest that one transaction takes.
NEW_FOR = timedelta(minutes=25)


@job("members.look_for_duplicates_again", attempts=1)
def look_for_duplicates_again() -> None:
    """Queue the close duplicates that came in at the same moment, from two imports or two counters."""
    queue_duplicates_among_newcomers(timezone.now() - NEW_FOR)
