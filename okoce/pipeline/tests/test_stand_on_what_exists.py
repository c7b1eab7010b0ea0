"""Records are of existing people and stand on existing evidence: the database asks once for each statement (ADR 0012)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from okoce.community.members.models import Business, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standstill
from okoce.pipeline.tests.factories import days_of, evidence_states, walked_to

pytestmark = pytest.mark.django_db
NOBODY = 10**12
MAY = date(2018, 5, 1)


def evidence(member_id: int) -> Evidence:
    return Evidence(
        member_id=member_id, stage=2, requirement="training", happened_on=MAY, state="claimed", origin="officer", given_by="t"
    )  # fmt: skip


@pytest.mark.parametrize(
    "write",
    [
        lambda: evidence(NOBODY).save(),
        lambda: StageRecord.objects.create(member_id=NOBODY, stage=2, state="in_progress"),
        lambda: Standstill.objects.create(member_id=NOBODY, stage=2, reason="zone", from_on=MAY, set_by="t"),
        lambda: JobStatement.objects.create(member_id=NOBODY, stated_on=MAY, workers=1, level="claimed"),
        lambda: Business.objects.create(member_id=NOBODY),
        lambda: Evidence.objects.bulk_create([evidence(Member.objects.get().pk), evidence(NOBODY)]),
        lambda: Evidence.objects.update(member_id=NOBODY),
    ],
)
def test_nothing_is_on_record_of_nobody(write: Callable[[], object]) -> None:
    member = walked_to(2)
    before = days_of(member), evidence_states(member)
    with (
        pytest.raises(IntegrityError, match="no such member"),
        transaction.atomic(),
        opened_by(Actor.system("t")),
    ):
        write()
    assert (days_of(member), evidence_states(member)) == before


def test_a_stage_stands_on_evidence_that_exists() -> None:
    member = walked_to(2)
    proof = StageRecord.objects.get(member=member, stage=2).evidence_id
    for evidence_id in (NOBODY, -1):
        with (
            pytest.raises(IntegrityError, match="no such evidence"),
            transaction.atomic(),
            opened_by(Actor.system("t")),
        ):
            StageRecord.objects.filter(member=member, stage=2).update(evidence_id=evidence_id)
    assert StageRecord.objects.get(member=member, stage=2).evidence_id == proof


@pytest.mark.parametrize(
    "statement", ["DELETE FROM pipeline_evidence", "UPDATE pipeline_evidence SET id = id + 1000"]
)
def test_evidence_is_never_deleted_and_keeps_its_number(statement: str) -> None:
    member = walked_to(3)
    before = list(Evidence.objects.order_by("id").values_list("id", flat=True))
    refused = pytest.raises(IntegrityError, match="never deleted")
    with refused, transaction.atomic(), opened_by(Actor.system("t")), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Evidence.objects.order_by("id").values_list("id", flat=True)) == before
    assert sorted(days_of(member)) == [1, 2, 3]
