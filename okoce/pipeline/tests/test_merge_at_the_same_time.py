"""Merging and undoing at the same moment: one outcome, as if one had come after the other; nobody waits for ever."""

from datetime import date

import pytest

from okoce.community.members.actions.reviews import dismiss_duplicate, settle_contradiction
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import DomainError
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_duplicate, merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import days_of, proof, registered, walked_to

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = date(2018, 2, 1)


def failures(results: list[object]) -> list[object]:
    """What is neither a result nor a sentence: a deadlock, a broken rule of the database."""
    return [
        result for result in results if isinstance(result, Exception) and not isinstance(result, DomainError)
    ]


def suspect_all(*members: Member) -> None:
    for place, one in enumerate(members):
        for other in members[place + 1 :]:
            DuplicateCandidate.objects.queue("same_phone_similar_name", one.pk, other.pk)


def test_merges_and_an_undoing_of_overlapping_records_neither_deadlock_nor_double(citra: Actor) -> None:
    people = [walked_to(2) for _person in range(4)]
    one, two, three, four = people
    suspect_all(*people)
    merge_members(citra, one, two)
    merge = Merge.objects.get()
    deeds = [
        lambda: undo_merge(citra, merge),
        lambda: merge_members(citra, three, one),
        lambda: merge_members(citra, one, four),
        lambda: merge_members(citra, four, three),
        lambda: undo_merge(citra, merge),
        lambda: merge_members(citra, three, one),
    ]
    results = together(len(deeds), lambda place: deeds[place]())
    assert failures(results) == []
    standing = Merge.objects.standing()
    assert standing.count() == Member.objects.filter(merged_into__isnull=False).count()
    assert {row.absorbed_id: row.kept_id for row in standing.order_by("pk")} == dict(
        Member.objects.filter(merged_into__isnull=False).order_by("pk").values_list("pk", "merged_into_id")
    )
    assert recount() == []


def test_of_two_undoings_one_does_it(citra: Actor) -> None:
    keep, absorb = registered(), walked_to(3)
    merge_members(citra, keep, absorb)
    merge = Merge.objects.get()
    results = together(6, lambda _place: undo_merge(citra, merge))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Event.objects.filter(kind="pipeline.merge_undone").count() == 2  # one in each history
    assert set(days_of(absorb)) == {1, 2, 3}
    assert recount() == []


@pytest.mark.parametrize("_again", range(3))
def test_merging_and_dismissing_at_once_leave_one_decision(citra: Actor, _again: int) -> None:
    one, other = registered(), registered()
    suspect_all(one, other)
    candidate = DuplicateCandidate.objects.get()
    deeds = [
        lambda: merge_duplicate(citra, candidate, keep_id=one.pk),
        lambda: dismiss_duplicate(citra, candidate),
    ]
    results = together(2, lambda place: deeds[place]())
    assert failures(results) == []
    is_merged = Member.objects.get(pk=other.pk).merged_into_id is not None
    assert (DuplicateCandidate.objects.get().state, is_merged) in {("merged", True), ("different", False)}
    assert sum(isinstance(result, DomainError) for result in results) == 1


def test_evidence_that_comes_while_a_merge_is_undone_is_one_persons(citra: Actor, ani: Actor) -> None:
    keep, absorb = registered(), registered()
    merge_members(citra, keep, absorb)
    merge = Merge.objects.get()
    deeds = [
        lambda: undo_merge(citra, merge),
        lambda: give_evidence(ani, keep, proof(2, FEBRUARY)),
        lambda: give_evidence(ani, absorb, proof(2, FEBRUARY)),
    ]
    results = together(3, lambda place: deeds[place]())
    assert failures(results) == []
    for member in (keep, absorb):
        handed_in = Evidence.objects.filter(member=member).exists()
        assert (2 in days_of(member)) == handed_in
    assert 2 in days_of(keep)
    assert recount() == []


@pytest.mark.parametrize("_again", range(4))
def test_settling_a_contradiction_of_a_record_that_is_being_merged_never_deadlocks(
    citra: Actor, _again: int
) -> None:
    keep, absorb = registered(), registered()
    DuplicateCandidate.objects.queue("contradiction", absorb.pk, None, "alamat")
    contradiction = DuplicateCandidate.objects.get()
    deeds = [
        lambda: merge_members(citra, keep, absorb),
        lambda: settle_contradiction(citra, contradiction, value="Jalan Kramat 7"),
    ]
    results = together(2, lambda place: deeds[place]())
    assert failures(results) == []
    is_settled = not isinstance(results[1], Exception)
    assert (Member.objects.get(pk=absorb.pk).address == "Jalan Kramat 7") == is_settled
    waiting = DuplicateCandidate.objects.waiting().values_list("first_id", flat=True)
    assert list(waiting) == ([] if is_settled else [keep.pk])
