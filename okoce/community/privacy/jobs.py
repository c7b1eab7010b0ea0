"""What time does to personal data."""

from okoce.community.privacy import forgetting
from okoce.foundation.shared.jobs import job


@job("privacy.forget_old_looks")
def forget_old_looks() -> None:
    """Who looked at whose data is kept for the term alone."""
    forgetting.forget_old_looks()
