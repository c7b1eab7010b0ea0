"""How a person's member card stands, for the officer at the counter."""

from dataclasses import dataclass

from okoce.community.members.models import Card, Member
from okoce.community.members.queries import valid_cards
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.verification.codes import show_code


@dataclass(frozen=True, slots=True)
class CardStanding:
    """The card that is valid now, the last one that no longer is, and how many older cards still speak for the person: those
    of records that were merged into hers."""

    valid: Card | None
    ended: Card | None
    older: int
    code: str = ""
    author: str = ""  # who gave out the valid one, or ended the last one


def card_standing(actor: Actor, member: Member) -> CardStanding:
    """For a member whom the actor reaches."""
    cards = Card.objects.visible_to(actor, Permission.MEMBERS_READ).filter(member=member)
    standing = valid_cards(member.pk)
    valid = next((card for card in standing if card.member_id == member.pk), None)
    ended = None if valid else cards.filter(revoked_at__isnull=False).order_by("-revoked_at", "-pk").first()
    label = valid.issued_by if valid else ended.revoked_by if ended else ""
    return CardStanding(
        valid=valid,
        ended=ended,
        older=len(standing) - (valid is not None),
        code=show_code(valid.code) if valid else "",
        author=author_names([label])[label] if label else "",
    )
