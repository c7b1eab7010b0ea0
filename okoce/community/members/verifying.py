"""Member cards before the public: genuine or not, since when, a masked name and the kecamatan. Nothing more."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from okoce.community.members.intake import survivors_of
from okoce.community.members.models import Card, Member
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.registry import Finding, Kind, Validity, register_kind

PREFIX = "KA"
MOST_WORDS = 4
HIDDEN = "***"  # as many as ever: the length of a name tells it too


def register_cards() -> None:
    """Called once when the app is ready."""
    register_kind(Kind(PREFIX, _("Kartu anggota"), card_finding))


def card_finding(code: str) -> Finding | None:
    """What the public may know of a card; a merged record's card speaks for the surviving record."""
    card = Card.objects.select_related("member").filter(code=code).first()
    member = _of_today(card.member) if card else None
    if card is None or member is None:
        return None
    revoked_on = timezone.localtime(card.revoked_at).date() if card.revoked_at else None
    state = Validity.REVOKED if revoked_on else Validity.ENDED if member.left_on else Validity.VALID
    return Finding(
        what="member_card",
        what_name=str(_("Kartu anggota")),
        holder=masked_name(member.name),
        place=path_of(member.region),
        state=state,
        since=member.registered_on,
        until=revoked_on or member.left_on,
    )


def _of_today(member: Member) -> Member | None:
    """The record that speaks for the person now; none of whoever was erased."""
    survivor_id = survivors_of([member.pk]).get(member.pk, member.pk)
    found = member if survivor_id == member.pk else Member.objects.filter(pk=survivor_id).first()
    return found if found and found.erased_at is None else None


def masked_name(name: str) -> str:
    """ "Siti Wulandari" as "S*** W***"."""
    letters = [next((sign for sign in word if sign.isalnum()), "") for word in name.split()]
    return " ".join(letter + HIDDEN for letter in [one for one in letters if one][:MOST_WORDS]) or HIDDEN
