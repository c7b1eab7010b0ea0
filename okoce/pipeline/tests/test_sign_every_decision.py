"""The database itself refuses a decision that nobody has signed: shell, admin and raw SQL go through no other way."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.pipeline.models import Evidence, StageRecord
from okoce.pipeline.tests.factories import days_of, evidence_states, walked_to

pytestmark = pytest.mark.django_db
NOBODY_SAID = "nobody has said who writes"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pipeline_evidence SET state = 'withdrawn'",
        "UPDATE pipeline_evidence SET happened_on = '2017-01-01'",
        "DELETE FROM pipeline_evidence",
        "UPDATE pipeline_stagerecord SET completed_on = '2017-01-01'",
        "UPDATE pipeline_stagerecord SET state = 'in_progress', completed_on = NULL",
        "DELETE FROM pipeline_stagerecord",
        "INSERT INTO pipeline_stagerecord SELECT (s).* FROM (SELECT s FROM pipeline_stagerecord s LIMIT 0) AS none",
    ],
)
def test_a_statement_without_an_author_changes_nothing(statement: str) -> None:
    member = walked_to(3)
    before = days_of(member), evidence_states(member)
    with pytest.raises(DatabaseError, match=NOBODY_SAID), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert (days_of(member), evidence_states(member)) == before


def test_rows_of_the_orm_need_an_author_just_the_same() -> None:
    member = walked_to(2)
    for write in (
        lambda: StageRecord.objects.create(
            member=member, stage=3, state="completed", completed_on=date(2018, 3, 1)
        ),
        lambda: Evidence.objects.create(member=member, stage=3, requirement="", happened_on=date(2018, 3, 1)),
        lambda: StageRecord.objects.filter(member=member).update(stage=4),
    ):
        with pytest.raises(DatabaseError, match=NOBODY_SAID), transaction.atomic():
            write()
    assert sorted(days_of(member)) == [1, 2]


def test_an_author_of_an_earlier_deed_does_not_sign_a_later_one() -> None:
    member = walked_to(2)
    with transaction.atomic():
        with opened_by(Actor.system("uji")):
            pass
        with pytest.raises(DatabaseError, match=NOBODY_SAID), transaction.atomic():
            StageRecord.objects.filter(member=member).update(stage=4)


def test_a_signed_statement_is_taken() -> None:
    member = walked_to(2)
    with transaction.atomic(), opened_by(Actor.system("uji")):
        assert StageRecord.objects.filter(member=member, stage=2).delete()[0] == 1
