"""What a member reads of her own record."""

from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Card, Consent, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound


def own_member_id(actor: Actor) -> int | None:
    """The record that the actor's account belongs to; None for an officer without one."""
    return next((grant.scope.member_id for grant in actor.grants if grant.scope.member_id is not None), None)


def own_member(actor: Actor) -> Member:
    """The actor's own record. NotFound where it was merged into another: the account must choose that one."""
    rows = Member.objects.visible_to(actor, Permission.MEMBERS_READ).select_related("business")
    found = rows.filter(pk=own_member_id(actor) or 0).first()
    if found is None:
        raise NotFound(_("Catatan anggota Anda tidak ditemukan. Tanyakan ke petugas kecamatan."))
    if found.merged_into_id is not None:
        raise NotFound(
            _(
                "Catatan Anda sudah digabung dengan catatan lain milik Anda. Keluar, lalu masuk lagi dengan nomor HP Anda."
            )
        )
    return found


def valid_card(actor: Actor, member: Member) -> Card | None:
    """The member's card that is valid now."""
    cards = Card.objects.visible_to(actor, Permission.MEMBERS_READ)
    return cards.filter(member=member, revoked_at__isnull=True).first()


def consents_of(actor: Actor, member: Member) -> dict[str, date]:
    """What a member allows now, each purpose with the day since when; nothing of a member out of the actor's reach."""
    rows = Consent.objects.visible_to(actor, Permission.MEMBERS_READ)
    standing = rows.filter(member=member, withdrawn_on__isnull=True).order_by("-given_on")
    return dict(standing.values_list("purpose", "given_on"))
