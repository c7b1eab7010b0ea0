"""Completing P1."""

from datetime import date

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import day_problem
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline.events import StageCompleted
from okoce.pipeline.models import StageRecord
from okoce.pipeline.rules import rule_on
from okoce.pipeline.states import Stage


@action(Permission.MEMBERS_REGISTER)
def complete_registration(actor: Actor, member: Member, day: date) -> None:
    """Complete P1 on a day, once; a registration that is completed already stays as it is. Refuses an impossible day."""
    problem = day_problem(day)
    if problem:
        raise Invalid([FieldError("registered_on", problem)])
    locked = Member.objects.locked_standing(member.pk)
    if StageRecord.objects.filter(
        member=locked, stage=Stage.P1_REGISTRATION, completed_on__isnull=False
    ).exists():
        return
    rule = rule_on(locked.region, day)
    StageRecord.objects.complete_registration(locked.pk, rule.code, day)
    record(
        StageCompleted(
            member_id=locked.pk,
            stage=Stage.P1_REGISTRATION.code,
            completed_on=day.isoformat(),
            rule=rule.name,
        ),
        subject=locked,
    )
