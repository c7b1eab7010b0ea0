"""What time does to proposals of mitra and to referrals."""

from okoce.community.partners import forgetting, referral_clock
from okoce.foundation.shared.jobs import job


@job("partners.forget_applicants")
def forget_applicants() -> None:
    """Applications that nobody completes end; of those that came to nothing the contact goes."""
    forgetting.end_unfinished()
    forgetting.forget_contacts()


@job("partners.keep_referral_clock")
def keep_referral_clock() -> None:
    """What should have been answered by now is told to whoever can do something about it."""
    referral_clock.keep_clock()
