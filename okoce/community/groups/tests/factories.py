"""Komunitas for tests."""

from datetime import date

from okoce.community.groups.actions.groups import NewGroup, create_group, validate_group
from okoce.community.groups.actions.memberships import join_group
from okoce.community.groups.models import Group, Membership
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor

SYSTEM = Actor.system("test")


def applied_group(name: str, region: str = "") -> Group:
    return create_group(SYSTEM, NewGroup(code=name.upper()[:12], name=name, region=region))


def active_group(name: str, region: str = "", validated_on: date = date(2018, 1, 2)) -> Group:
    return validate_group(SYSTEM, applied_group(name, region), validated_on)


def joined(member: Member, group: Group, from_on: date) -> Membership:
    return join_group(SYSTEM, member, group.pk, from_on)
