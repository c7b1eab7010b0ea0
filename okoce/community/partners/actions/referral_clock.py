"""What time does to a referral: nobody forgets one that should have been answered."""

from django.utils import timezone

from okoce.community.partners.events import ReferralOverdue
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.referral_moves import held, note
from okoce.community.partners.referral_telling import tell_late
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.days import today_wib


@action(Permission.REFERRALS_HANDLE)
def escalate_referral(actor: Actor, referral: Referral) -> bool:
    """Say that a step of it is overdue: to its receiver, and to whoever watches over referrals there; once for each step. False
    where somebody was faster: answered it, or told of it already."""
    locked = held(referral)
    due_on = locked.due_on
    if due_on is None or due_on >= today_wib() or locked.escalated_since is not None:
        return False
    locked.escalated_since = timezone.now()
    locked.save(update_fields=["escalated_since", "updated_at"])
    note(locked, lambda **told: ReferralOverdue(**told, due_on=due_on.isoformat()))
    tell_late(locked)
    return True
