"""What a member reads of her own record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext as _

from okoce.community.groups.queries import name_of_group
from okoce.community.members.models import Card, Consent, Member
from okoce.community.partners.queries.own_referrals import open_referral_of_outer_member
from okoce.community.privacy.queries.rights import erasure_of_outer_member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.notifications.queries import unread_count
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.errors import NotFound


def own_member_id(actor: Actor) -> int | None:
    """The record that the actor's account belongs to; None for an officer without one."""
    return next((grant.scope.member_id for grant in actor.grants if grant.scope.member_id is not None), None)


def own_member(actor: Actor) -> Member:
    """The actor's own record. NotFound where it was merged into another: the account must choose that one."""
    return _that_speaks(_own_rows(actor).first())


@dataclass(frozen=True, slots=True)
class AtHome:
    """What her first page begins with, in one query: her record, how many messages are new, when she is to be erased, her
    komunitas, and whether she was referred somewhere and waits."""

    member: Member
    unread: int
    erased_from: datetime | None
    group: str
    is_referred: bool


def own_home(actor: Actor) -> AtHome:
    """The actor's own record with what stands around it."""
    to = To(member_id=own_member_id(actor) or 0)
    rows = _own_rows(actor).annotate(
        unread=Subquery(unread_count(actor, to)),
        erased_from=Subquery(erasure_of_outer_member(actor)),
        group_name=Subquery(name_of_group()),
        is_referred=open_referral_of_outer_member(actor),
    )
    found = rows.first()
    member = _that_speaks(found)
    told = vars(found) if found is not None else {}
    return AtHome(
        member, told["unread"] or 0, told["erased_from"], told["group_name"] or "", told["is_referred"]
    )


def _own_rows(actor: Actor) -> QuerySet[Member]:
    rows = Member.objects.visible_to(actor, Permission.MEMBERS_READ).select_related("business")
    return rows.filter(pk=own_member_id(actor) or 0)


def _that_speaks(found: Member | None) -> Member:
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
