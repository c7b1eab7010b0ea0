"""Whom chairs propose for an office: what waits for the secretariat, and what a chair reads of hers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from okoce.community.groups.models import Group, Nomination
from okoce.community.groups.states import GroupState, NominationState
from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME
from okoce.community.members.numbers import member_number
from okoce.community.organisations.lists import PER_PAGE
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet

MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Nominated:
    """A nomination with whom it is about, as the reader knows her; `number` is "" of whoever is no member any more."""

    nomination: Nomination
    name: str
    number: str

    @property
    def is_waiting(self) -> bool:
        return self.nomination.state == NominationState.WAITING


@dataclass(frozen=True, slots=True)
class NominationPage:
    """A page of the queue, and after which one the next begins."""

    rows: list[Nominated]
    next_after: int | None


def nominations_waiting(actor: Actor) -> ScopedQuerySet[Nomination]:
    """What waits for whoever decides about komunitas; one that rests or ended waits for nothing."""
    rows = Nomination.objects.visible_to(actor, Permission.GROUPS_MANAGE)
    return rows.filter(state=NominationState.WAITING, group__state__in=(GroupState.ACTIVE, GroupState.PAUSED))


def list_nominations(actor: Actor, after: int) -> NominationPage:
    """The queue as whoever reads the desk of komunitas sees it, the longest waiting first."""
    seen = Nomination.objects.visible_to(actor, Permission.GROUPS_READ_DESK)
    rows = seen.filter(state=NominationState.WAITING, group__state__in=(GroupState.ACTIVE, GroupState.PAUSED))
    found = list(rows.filter(pk__gt=after).select_related("group").order_by("id")[: PER_PAGE + 1])
    next_after = found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None
    return NominationPage(_told(found[:PER_PAGE]), next_after)


def nominations_of(actor: Actor, group: Group) -> list[Nominated]:
    """Those of a komunitas, what waits first, then the latest answers; for its own officers and whoever decides about it."""
    if not actor.may(Permission.GROUPS_HAND_OVER):
        return []
    rows = Nomination.objects.visible_to(actor, Permission.GROUPS_HAND_OVER).filter(group=group)
    found = list(rows.order_by("-id")[:MOST_TOLD])
    return sorted(_told(found), key=lambda one: not one.is_waiting)


def nomination_for(actor: Actor, group: Group, nomination_id: int, permission: Permission) -> Nomination:
    """One of a komunitas, for whoever answers or withdraws it."""
    found = Nomination.objects.visible_to(actor, permission).filter(group=group, pk=nomination_id).first()
    if found is None:
        raise NotFound(_("Usulan itu tidak ada pada komunitas ini. Muat ulang halamannya."))
    return found


def _told(found: list[Nomination]) -> list[Nominated]:
    users = {one.user_id for one in found}
    names = user_names(users)
    accounts = User.objects.filter(pk__in=users).values_list("pk", "member_id")
    records = {user: record for user, record in accounts if record is not None}
    kept = set(Member.objects.filter(pk__in=list(records.values())).values_list("pk", flat=True))
    numbers = {user: member_number(record) for user, record in records.items() if record in kept}
    return [
        Nominated(one, names.get(one.user_id, ERASED_NAME), numbers.get(one.user_id, "")) for one in found
    ]
