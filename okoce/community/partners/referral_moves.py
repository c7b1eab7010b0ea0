"""How a referral moves on: held as it stands now, answered or closed, and told, each step with its clock. Deeds about referrals and
about partners use it."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.partners import events
from okoce.community.partners.models import Partner
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.referral_telling import tell_ended, tell_everybody
from okoce.community.partners.referral_terms import due_after
from okoce.community.partners.stages import stage_names
from okoce.community.partners.states import REFERRAL, ReferralState, ReferralTermCode
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib

# Stored, and so in one language, as every reason that somebody types: the sender and the member read it.
PARTNER_HAS_ENDED = "Kemitraan dengan %s berakhir. Rujuk lagi ke mitra lain bila masih perlu."

HER_WORD = "Anggota menarik persetujuannya."


def held(referral: Referral) -> Referral:
    """As it stands now, its person held first: a merge or an erasure waits, or is waited for."""
    Member.objects.locked(referral.member_id)
    return Referral.objects.locked(referral.pk)


def answer(actor: Actor, referral: Referral, to: ReferralState) -> None:
    """What the receiver said, now; whom it has taken on it owes an outcome, in so many days."""
    referral.state = REFERRAL.move(referral.state, to)
    is_accepted = to == ReferralState.ACCEPTED
    referral.due_on = due_after(ReferralTermCode.OUTCOME, today_wib()) if is_accepted else None
    referral.escalated_since = None
    referral.answered_at, referral.answered_by = timezone.now(), actor.user_id or 0
    referral.save()


def close(actor: Actor, referral: Referral, to: ReferralState) -> None:
    """It is over, now."""
    referral.state = REFERRAL.move(referral.state, to)
    referral.due_on = referral.escalated_since = None
    referral.closed_at, referral.closed_by = timezone.now(), actor.user_id or 0
    referral.save()


def note(referral: Referral, fact: Callable[..., object]) -> Referral:
    """The fact, about the referral."""
    told = fact(**about(referral, referral.to_partner.name))
    record(told, subject=referral, region=referral.member.region)
    return referral


def tell(referral: Referral, fact: Callable[..., object]) -> Referral:
    """The fact, and whoever waits for it is written to."""
    tell_everybody(note(referral, fact))
    return referral


def about(referral: Referral, to_name: str) -> dict[str, Any]:
    """What every fact about a referral says."""
    return {
        "referral_id": referral.pk,
        "member_id": referral.member_id,
        "to_name": to_name,
        "stage": stage_names().get(referral.stage, f"P{referral.stage}"),
    }


def end_open(actor: Actor, receiver: Partner) -> int:
    """A mitra has ended: what still waited there is not accepted, whom it had taken on is taken back, each with the reason, so
    that nobody waits for ever; how many there were. Whoever sent them may send them elsewhere. What it has sent itself goes on:
    the receivers answer. The mitra is held; people are held in the order of their ids."""
    waiting = Referral.objects.open().filter(to_partner=receiver).order_by("member_id", "id")
    ended = 0
    for one in waiting:
        ended += _end(actor, held(one), PARTNER_HAS_ENDED % receiver.name)
    return ended


def _end(actor: Actor, referral: Referral, reason: str) -> bool:
    if referral.state == ReferralState.SENT:
        referral.reason = reason
        answer(actor, referral, ReferralState.DECLINED)
        tell(referral, events.ReferralDeclined)
    elif referral.state == ReferralState.ACCEPTED:
        referral.reason = reason
        close(actor, referral, ReferralState.WITHDRAWN)
        tell_ended(note(referral, events.ReferralWithdrawn))
    else:
        return False  # whoever was held before it has ended it meanwhile
    return True
