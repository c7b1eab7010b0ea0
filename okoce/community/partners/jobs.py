"""What time does to proposals of mitra."""

from okoce.community.partners import forgetting
from okoce.foundation.shared.jobs import job


@job("partners.forget_applicants")
def forget_applicants() -> None:
    """Applications that nobody completes end; of those that came to nothing the contact goes."""
    forgetting.end_unfinished()
    forgetting.forget_contacts()
