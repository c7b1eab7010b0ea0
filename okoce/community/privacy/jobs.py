"""What time does to personal data."""

from okoce.community.privacy import erasing, forgetting
from okoce.foundation.shared.jobs import job


@job("privacy.forget_old_looks")
def forget_old_looks() -> None:
    """Who looked at whose data is kept for the term alone."""
    forgetting.forget_old_looks()


@job("privacy.forget_office_names")
def forget_office_names() -> None:
    """Whose account was erased is named beside what she did in office for the term alone."""
    forgetting.forget_office_names()


@job("privacy.carry_out_erasures")
def carry_out_erasures() -> None:
    """Whoever asked to be erased and did not think better of it."""
    erasing.carry_out_due()
