"""What time does to applications for a komunitas, and to komunitas of which nothing is noted."""

from okoce.community.groups import forgetting
from okoce.community.groups.actions import silences
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.jobs import job


@job("groups.forget_applicants")
def forget_applicants() -> None:
    """Applications that nobody completes end; of those that came to nothing the contact goes."""
    forgetting.end_unfinished()
    forgetting.forget_contacts()


@job("groups.tell_of_silences")
def tell_of_silences() -> None:
    """Chairs and the secretariat hear of komunitas that are quiet, or nearly."""
    silences.tell_of_silences(Actor.system("silences"))
