"""Jobs of members."""

from django.utils import timezone

from okoce.community.members.duplicates import look_again
from okoce.foundation.shared.jobs import job


@job("members.look_for_duplicates_again", attempts=1)
def look_for_duplicates_again() -> None:
    """Queue the close duplicates that came in at the same moment, from two imports or two counters."""
    look_again(timezone.now())
