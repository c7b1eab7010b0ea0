"""Carrying out what the clock of referrals says: each by itself, so that one that fails keeps none waiting."""

import structlog

from okoce.community.partners.actions.referral_clock import escalate_referral
from okoce.community.partners.referral_models import Referral
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib

log = structlog.get_logger(__name__)
HOUSE = Actor.system("referral_clock")
AT_ONCE = 1_000


def keep_clock() -> int:
    """Tell of what has become overdue; answers of how many. What nobody foresaw with one is raised at the end."""
    due = Referral.objects.overdue(today_wib()).filter(escalated_since__isnull=True)
    told, unforeseen = 0, None
    for referral in due.order_by("due_on", "id")[:AT_ONCE]:
        try:
            told += escalate_referral(HOUSE, referral)
        except Exception as problem:
            log.exception("a referral's clock failed", referral_id=referral.pk)
            unforeseen = unforeseen or problem
    if unforeseen is not None:
        raise unforeseen
    return told
