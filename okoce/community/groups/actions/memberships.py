"""Joining and leaving a komunitas: noted by the officers who look after a member."""

from datetime import date

from okoce.community.groups.belonging import join, leave, required_active
from okoce.community.groups.models import Membership
from okoce.community.members.lasting import nothing_lasts
from okoce.community.members.models import Member
from okoce.community.organisations.rules import require_past
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission


@action(Permission.MEMBERS_CORRECT)
def join_group(actor: Actor, member: Member, group_id: int, from_on: date) -> Membership:
    """Make a member part of a komunitas from a day on; the membership before ends there.

    Refuses a komunitas that is not active, a future day, a day before the last change, and what would outlast an emergency.
    """
    require_past("from_on", from_on)
    group = required_active(group_id)
    with nothing_lasts(actor, member):
        return join(Member.objects.locked_standing(member.pk), group, from_on)


@action(Permission.MEMBERS_CORRECT)
def leave_group(actor: Actor, member: Member, until_on: date) -> None:
    """End the membership on a day; who is in no komunitas stays so. Counts of earlier days keep the member."""
    require_past("until_on", until_on)
    leave(Member.objects.locked_standing(member.pk), until_on)
