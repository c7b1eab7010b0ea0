"""What the calendar does to terms of office."""

from okoce.community.association import reminding
from okoce.foundation.shared.jobs import job


@job("association.tell_of_tenures")
def tell_of_tenures() -> None:
    """Whoever holds an office, and whoever may appoint the next one, is told some days before the term runs out."""
    reminding.tell_of_tenures()
