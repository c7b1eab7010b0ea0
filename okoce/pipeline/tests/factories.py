"""People on their way through the stages, for tests."""

from datetime import date
from typing import Any

from django.db import transaction

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.trail import record
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.events import StageCompleted
from okoce.pipeline.models import Evidence, StageRecord
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.rules import rule_on

SYSTEM = Actor.system("test")
KIND_OF_STAGE = {4: "IUMK"}


def complete_registration(member: Member, day: date) -> None:
    """Complete P1 on a day, with the fact of a completed stage; one that is completed already stays as it is."""
    if StageRecord.objects.filter(member=member, stage=1, completed_on__isnull=False).exists():
        return
    rule = rule_on(member.region, day)
    told = StageCompleted(member_id=member.pk, stage="P1", completed_on=day.isoformat(), rule=rule.name)
    with transaction.atomic(), opened_by(SYSTEM):
        StageRecord.objects.complete_registration(member.pk, rule.code, day)
        record(told, subject=member)


def registered(**given: Any) -> Member:
    """A member with P1, from New Year 2018 unless told otherwise."""
    member = member_with(**given)
    complete_registration(member, member.registered_on)
    return member


def proof(stage: int, day: date, **given: Any) -> GivenEvidence:
    return GivenEvidence(stage=stage, happened_on=day, **{"kind": KIND_OF_STAGE.get(stage, ""), **given})


def completed(member: Member, **days: date) -> None:
    """Complete stages by the system's verified evidence: `completed(member, p2=…, p3=…)`."""
    for name, day in days.items():
        give_evidence(SYSTEM, member, proof(int(name[1:]), day))


def walked_to(stage: int, **given: Any) -> Member:
    """A member who has completed P1 up to a stage, one a month from New Year 2018."""
    member = registered(**given)
    for reached in range(2, stage + 1):
        give_evidence(SYSTEM, member, proof(reached, date(2018, reached, 1)))
    return member


def days_of(member: Member) -> dict[int, date]:
    """Stage → day of completion, read afresh."""
    rows = StageRecord.objects.filter(member=member, completed_on__isnull=False)
    return dict(rows.order_by("stage").values_list("stage", "completed_on"))


def states_of(member: Member) -> dict[int, str]:
    return dict(StageRecord.objects.filter(member=member).order_by("stage").values_list("stage", "state"))


def evidence_states(member: Member) -> list[str]:
    return list(Evidence.objects.filter(member=member).order_by("id").values_list("state", flat=True))
