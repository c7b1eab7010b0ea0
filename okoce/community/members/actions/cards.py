"""Member cards: given out, taken back, replaced. The code is drawn by lot; who knows a name can guess none."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.events import CardIssued, CardRevoked
from okoce.community.members.models import Card, Member
from okoce.community.members.queries import valid_cards
from okoce.community.members.states import CardEnd
from okoce.community.members.verifying import PREFIX
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import Conflict, FieldError, Invalid, Refused
from okoce.foundation.verification.codes import new_code

MOST_A_DAY = 5  # cards of one member


@action(Permission.MEMBERS_ISSUE_CARD)
def issue_card(actor: Actor, member: Member) -> Card:
    """Give a member a card; who has a valid one keeps it. Refuses a merged record, and a sixth card within a day."""
    locked = Member.objects.locked_standing(member.pk)
    return _valid_card(locked) or _issue(actor, locked)


@action(Permission.MEMBERS_ISSUE_CARD)
def replace_card(actor: Actor, member: Member, reason: str, *, seen: int | None = None) -> Card:
    """Give a new card; every one so far is no longer valid from this moment. Refuses as above, and an unknown reason.

    `seen` is the card that was to be replaced: where another one is valid by now it stays, so that twice is once.
    """
    _require_known(reason)
    locked = Member.objects.locked_standing(member.pk)
    standing = _valid_card(locked)
    if standing is not None and seen not in (None, standing.pk):
        return standing
    _revoke(actor, locked, reason)
    return _issue(actor, locked)


@action(Permission.MEMBERS_REVOKE_CARD)
def revoke_card(actor: Actor, member: Member, reason: str, *, seen: int | None = None) -> None:
    """Take a member's cards back without a new one; who has none stays as is. Refuses a merged record, an unknown reason,
    and a card given out since `seen`, which nobody has decided about."""
    _require_known(reason)
    locked = Member.objects.locked_standing(member.pk)
    standing = _valid_card(locked)
    if standing is not None and seen not in (None, standing.pk):
        raise Conflict(
            _("Kartu itu sudah diganti dengan yang baru. Periksa kartu yang sekarang, lalu coba lagi.")
        )
    _revoke(actor, locked, reason)


def _valid_card(member: Member) -> Card | None:
    return Card.objects.filter(member=member, revoked_at__isnull=True).first()


def _issue(actor: Actor, member: Member) -> Card:
    since = timezone.now() - timedelta(days=1)
    if Card.objects.filter(member=member, issued_at__gte=since).count() >= MOST_A_DAY:
        raise Refused(_("Sudah %s kartu dibuat dalam sehari. Coba lagi besok.") % MOST_A_DAY, field="reason")
    card = Card.objects.create(member=member, code=new_code(PREFIX), issued_by=actor.label)
    record(CardIssued(member_id=member.pk, card_id=card.pk), subject=member)
    return card


def _revoke(actor: Actor, member: Member, reason: str) -> None:
    """Also the cards of records that were merged into this one: they speak for the same person."""
    label = str(CardEnd(reason).label)
    for card in valid_cards(member.pk):
        card.revoked_at, card.revoked_by, card.reason = timezone.now(), actor.label, reason
        card.save(update_fields=["revoked_at", "revoked_by", "reason"])
        record(CardRevoked(member_id=member.pk, card_id=card.pk, reason=reason, label=label), subject=member)


def _require_known(reason: str) -> None:
    if reason not in CardEnd.values:
        raise Invalid([FieldError("reason", _("Pilih alasan kartu lama dibatalkan."))])
