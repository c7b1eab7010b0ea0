"""A member takes back her consent to having been sent."""

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.partners import events
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.referral_moves import HER_WORD, close, held, note
from okoce.community.partners.states import REFERRAL, ReferralState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound


@action(Permission.REFERRALS_WITHDRAW_OWN)
def withdraw_own_referral(actor: Actor, referral: Referral) -> Referral:
    """Take one's consent back, at any time, also after it was closed or declined: it ends where it has not, and neither of the two
    offices reads of it from now on. Twice is once; somebody else's reads as not found, also for whoever reaches everything."""
    if not actor.owns(referral.member_id):
        raise NotFound(_("Rujukan itu tidak ada."))
    locked = held(referral)
    if locked.consent_withdrawn_since is not None:
        return locked
    locked.consent_withdrawn_since = timezone.now()
    if ReferralState.WITHDRAWN in REFERRAL.choices_from(locked.state):
        locked.reason = HER_WORD
        close(actor, locked, ReferralState.WITHDRAWN)
    else:
        locked.save(update_fields=["consent_withdrawn_since", "updated_at"])
    return note(locked, events.ReferralConsentWithdrawn)
