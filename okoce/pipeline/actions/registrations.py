"""Completing P1."""

from datetime import date

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.pipeline.models import StageRecord
from okoce.pipeline.rules import rule_on


@action(Permission.MEMBERS_REGISTER)
def complete_registration(actor: Actor, member: Member, day: date) -> None:
    """Complete P1 on a day, once; a registration that is completed already stays as it is."""
    StageRecord.objects.complete_registration(member.pk, rule_on(member.region, day).code, day)
