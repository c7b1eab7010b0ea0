"""What an officer asks at the desk: is this person known here, and whom did I register today."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from okoce.community.groups.models import Group
from okoce.community.groups.queries import active_group, groups_in
from okoce.community.groups.states import GroupState
from okoce.community.members.queries import Page, Search, search_members
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.territory.tree import Place
from okoce.stages.p1_registration.models import DeskSubmission

MOST_FOUND = 8
MOST_LATELY = 40  # a queue, so that its numbers can be printed on one sheet
MOST_LISTED = 60
A_WORKING_DAY = timedelta(hours=14)


def known_at_desk(actor: Actor, typed: str) -> Page:
    """Who within the officer's reach has this phone, NIK, number or name; nothing is said of anybody else."""
    return search_members(actor, Search(q=typed, limit=MOST_FOUND)) if typed.strip() else Page([], None)


def registered_lately(actor: Actor) -> list[DeskSubmission]:
    """What the officer sent from the desk in this working day and may see, the latest first; known persons too."""
    sent = _sent_lately(actor).filter(member__isnull=False)
    return list(sent.select_related("member").order_by("-id")[:MOST_LATELY])


def count_registered_lately(actor: Actor) -> int:
    """How many people the officer has registered anew in this working day."""
    return _sent_lately(actor).filter(is_new=True).count()


def _sent_lately(actor: Actor) -> QuerySet[DeskSubmission]:
    mine = Q(author_user_id=actor.user_id, created_at__gte=timezone.now() - A_WORKING_DAY)
    return DeskSubmission.objects.visible_to(actor, Permission.MEMBERS_READ).filter(mine)


def districts_in_reach(actor: Actor) -> list[Place]:
    """The kecamatan in which the officer registers, where they are few enough to be listed; none otherwise."""
    regions = {scope.region for scope in actor.scopes_with(Permission.MEMBERS_REGISTER)}
    if any(len(region) < LENGTH_OF[Level.REGENCY] for region in regions):
        return []
    whole = (territory.find_region(region) for region in regions if len(region) == LENGTH_OF[Level.DISTRICT])
    found = {place.code: place for region in regions for place in territory.districts(region)}
    found |= {place.code: place for place in whole if place is not None}
    return [found[code] for code in sorted(found)][:MOST_LISTED]


def region_of_work(actor: Actor) -> str:
    """The region for which the officer registers; "" where it is the nation, or a komunitas."""
    return next(
        (scope.region for scope in actor.scopes_with(Permission.MEMBERS_REGISTER) if scope.region), ""
    )


def groups_at_desk(actor: Actor) -> list[Group]:
    """The active komunitas that the officer sees, by name."""
    return list(groups_in(actor).filter(state=GroupState.ACTIVE)[:MOST_LISTED])


def only_group(actor: Actor) -> Group | None:
    """The komunitas for which the officer registers, where that is one and the same whoever comes."""
    ids = {scope.group_id for scope in actor.scopes_with(Permission.MEMBERS_REGISTER)}
    [group_id] = ids if len(ids) == 1 else [None]
    return active_group(group_id) if group_id is not None else None
