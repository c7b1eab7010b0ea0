"""What time does to applications for a komunitas."""

from okoce.community.groups import forgetting
from okoce.foundation.shared.jobs import job


@job("groups.forget_applicants")
def forget_applicants() -> None:
    """Applications that nobody completes end; of those that came to nothing the contact goes."""
    forgetting.end_unfinished()
    forgetting.forget_contacts()
