"""Reasons of many people in one deed: what can be true is taken, everything else is answered, nothing is replaced."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import NotAllowed
from okoce.pipeline.actions.standstill_notes import Noted, NotTaken, StandstillNote, WhyNot, note_standstills
from okoce.pipeline.actions.standstills import clear_standstill, set_standstill
from okoce.pipeline.models import Standstill
from okoce.pipeline.recount import recount
from okoce.pipeline.states import Stage
from okoce.pipeline.tallies import counts
from okoce.pipeline.tests.factories import walked_to

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2018, 6, 1), date(2018, 7, 1)


def note(member: Member, stage: int = 4, reason: str = "no_npwp", from_on: date = JUNE) -> StandstillNote:
    return StandstillNote(member.pk, stage, reason, from_on)


def rows() -> list[tuple[int, int, str, date, date | None]]:
    found = Standstill.objects.order_by("member_id", "stage", "from_on")
    return list(found.values_list("member_id", "stage", "reason", "from_on", "until_on"))


def refused(actor: Actor, *notes: StandstillNote) -> list[str]:
    """Why none of these was taken, in order; nothing may have changed."""
    before = rows(), Event.objects.count()
    answer = note_standstills(actor, notes)
    assert answer.taken == 0
    assert {missed.note for missed in answer.not_taken} == set(notes)
    assert (rows(), Event.objects.count()) == before
    return [missed.why.value for missed in answer.not_taken]


def test_many_reasons_are_noted_with_their_trail(ani: Actor) -> None:
    people = [walked_to(3), walked_to(3), walked_to(1)]
    notes = [note(people[0]), note(people[1], reason="zone"), note(people[2], stage=2, reason="no_time")]
    assert note_standstills(ani, notes) == Noted(3, ())
    assert rows() == [(each.member_id, each.stage, each.reason, JUNE, None) for each in notes]
    assert set(Standstill.objects.values_list("set_by", flat=True)) == {ani.label}
    told = history_of(ani, people[1])[0]
    assert told.sentence == "Belum lanjut ke P4: Zona tempat usaha tidak sesuai."
    assert Event.objects.filter(kind="pipeline.standstill_set", author=ani.label).count() == 3
    assert set(Event.objects.filter(kind="pipeline.standstill_set").values_list("region", flat=True)) == {
        person.region for person in people
    }


def test_they_count_as_parts_of_the_loss(ani: Actor) -> None:
    people = [walked_to(3) for _person in range(4)]
    note_standstills(ani, [note(people[0]), note(people[1]), note(people[2], reason="zone", from_on=JULY)])
    by_july = counts("31", JULY)
    assert (by_july.lost_before(Stage.P4_PERMITS), by_july.reasons[4]) == (4, {"no_npwp": 2, "zone": 1})
    assert counts("31", JULY - timedelta(days=1)).reasons[4] == {"no_npwp": 2}
    assert recount() == []


def test_what_cannot_be_true_is_answered_and_the_rest_taken(ani: Actor) -> None:
    member = walked_to(3)
    wrong = [
        note(member, stage=1),
        note(member, stage=8),
        note(member, reason="no_such_reason"),
        note(member, from_on=latest_today() + timedelta(days=1)),
        note(member, from_on=date(1999, 12, 31)),
    ]
    answer = note_standstills(ani, [*wrong, note(member), note(member, reason="zone")])
    assert answer.taken == 1
    assert list(answer.not_taken) == [
        NotTaken(wrong[0], WhyNot.UNKNOWN_STEP),
        NotTaken(wrong[1], WhyNot.UNKNOWN_STEP),
        NotTaken(wrong[2], WhyNot.UNKNOWN_REASON),
        NotTaken(wrong[3], WhyNot.IMPOSSIBLE_DAY),
        NotTaken(wrong[4], WhyNot.IMPOSSIBLE_DAY),
        NotTaken(note(member, reason="zone"), WhyNot.REPEATED),
    ]
    assert rows() == [(member.pk, 4, "no_npwp", JUNE, None)]


def test_only_the_step_where_one_stands_takes_a_reason(ani: Actor) -> None:
    member = walked_to(3)
    steps = [note(member, stage=stage) for stage in (2, 3, 5, 7)]
    assert refused(ani, *steps) == [
        "step_completed",
        "step_completed",
        "step_before_open",
        "step_before_open",
    ]


def test_the_same_notes_twice_are_once(ani: Actor) -> None:
    notes = [note(walked_to(3)), note(walked_to(2), stage=3, reason="waiting_for_mentor")]
    note_standstills(ani, notes)
    assert refused(ani, *notes) == ["noted_already", "noted_already"]


def test_a_reason_that_stands_is_not_replaced(ani: Actor) -> None:
    member = walked_to(3)
    set_standstill(ani, member, 4, "zone", JULY)
    assert refused(ani, note(member)) == ["another_reason"]


def test_a_reason_that_was_taken_back_does_not_return(ani: Actor) -> None:
    member = walked_to(3)
    note_standstills(ani, [note(member)])
    clear_standstill(ani, member, 4)
    assert refused(ani, note(member)) == ["days_told"]
    assert refused(ani, note(member, reason="zone", from_on=JULY)) == ["days_told"]


def test_people_out_of_reach_are_not_found(ani: Actor, budi: Actor) -> None:
    mine, theirs = walked_to(3), walked_to(3)
    nobody = StandstillNote(theirs.pk + 1_000, 4, "zone", JUNE)
    assert refused(budi, note(mine), note(theirs), nobody) == ["not_found"] * 3


def test_a_record_that_was_merged_into_another_is_not_found(ani: Actor) -> None:
    kept, absorbed = walked_to(1), walked_to(3)
    Member.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert refused(ani, note(absorbed)) == ["not_found"]


def test_who_may_not_note_reasons_notes_none(dewi: Actor) -> None:
    member = walked_to(3)
    with pytest.raises(NotAllowed):
        note_standstills(dewi, [note(member)])
    assert rows() == []


def test_no_notes_are_no_deed(ani: Actor) -> None:
    assert note_standstills(ani, []) == Noted(0, ())
    assert not Event.objects.filter(kind="pipeline.standstill_set").exists()


def test_many_people_cost_no_more_statements_than_one(ani: Actor) -> None:
    def statements(count: int) -> int:
        notes = [note(walked_to(3)) for _person in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert note_standstills(ani, notes).taken == count
        return len(queries)

    assert statements(1) == statements(5)
