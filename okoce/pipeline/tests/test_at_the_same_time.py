"""Two officers with one person at the same moment: one outcome, as if one had come after the other."""

from datetime import date

import pytest

from okoce.community.groups.actions.memberships import join_group
from okoce.community.groups.models import Membership
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.residences import move_member
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict, Refused
from okoce.pipeline.actions.evidence import give_evidence, refuse_evidence, verify_evidence, withdraw_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.models import Evidence, StageRecord, Standstill
from okoce.pipeline.tests.factories import days_of, proof, registered, walked_to
from okoce.pipeline.tests.test_merge_members import standings_are_true
from tests.cast import COBLONG

pytestmark = pytest.mark.django_db(transaction=True)
FEBRUARY = date(2018, 2, 1)


def told(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def test_a_double_click_hands_in_once(ani: Actor) -> None:
    member = registered()
    results = together(8, lambda _place: give_evidence(ani, member, proof(2, FEBRUARY)))
    assert len({evidence.pk for evidence in results}) == 1
    assert Evidence.objects.count() == 1
    assert told("pipeline.stage_completed") == 2  # P1 and P2


def test_two_officers_verify_once(ani: Actor, gita: Actor) -> None:
    evidence = give_evidence(gita, registered(), proof(2, FEBRUARY))
    results = together(6, lambda _place: verify_evidence(ani, evidence))
    assert {result.state for result in results} == {"verified"}
    assert told("pipeline.evidence_verified") == 1
    assert told("pipeline.stage_completed") == 2  # P1 and P2


def test_of_verifying_and_refusing_one_wins(ani: Actor, citra: Actor, gita: Actor) -> None:
    evidence = give_evidence(gita, registered(), proof(2, FEBRUARY))
    deeds = [lambda: verify_evidence(ani, evidence), lambda: refuse_evidence(citra, evidence, "Salah orang.")]
    results = together(2, lambda place: deeds[place]())
    assert len([result for result in results if isinstance(result, Conflict)]) == 1
    is_completed = Evidence.objects.get().state == "verified"
    assert (2 in days_of(evidence.member)) == is_completed


def test_a_stage_is_not_withdrawn_under_one_that_is_being_completed(ani: Actor, citra: Actor) -> None:
    member = walked_to(2)
    evidence = member.evidence.get()
    deeds = [
        lambda: withdraw_evidence(citra, evidence, "Palsu."),
        lambda: give_evidence(ani, member, proof(3, date(2018, 3, 1))),
    ]
    results = together(2, lambda place: deeds[place]())
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    assert set(days_of(member)) in ({1}, {1, 2, 3})


def test_three_visits_at_once_complete_p3_on_the_last_day(ani: Actor) -> None:
    member = walked_to(2)
    together(3, lambda place: give_evidence(ani, member, proof(3, date(2018, 3, 1 + place), kind="visit")))
    assert days_of(member)[3] == date(2018, 3, 3)
    assert StageRecord.objects.filter(member=member).count() == 3


def test_two_reasons_at_once_leave_one_open(ani: Actor) -> None:
    member = walked_to(3)
    results = together(4, lambda place: set_standstill(ani, member, 4, ("zone", "no_npwp")[place % 2]))
    assert [result for result in results if isinstance(result, Exception)] == []
    assert Standstill.objects.filter(until_on__isnull=True).count() == 1


def test_two_moves_and_two_joinings_at_once_leave_one_open_period(citra: Actor) -> None:
    member, groups = registered(), [active_group("Mawar"), active_group("Melati")]
    together(4, lambda place: join_group(citra, member, groups[place % 2].pk, date(2018, 5, 1)))
    together(4, lambda _place: move_member(citra, member, region=COBLONG, moved_on=date(2018, 5, 1)))
    assert Membership.objects.filter(member=member).count() == 1
    assert member.residences.count() == 2


def test_merging_and_completing_at_once_neither_deadlocks_nor_loses(ani: Actor, citra: Actor) -> None:
    keep, absorb = registered(), registered()
    deeds = [
        lambda: merge_members(citra, keep, absorb),
        lambda: merge_members(citra, keep, absorb),
        lambda: give_evidence(ani, absorb, proof(2, FEBRUARY)),
        lambda: give_evidence(ani, keep, proof(2, FEBRUARY)),
    ]
    results = together(4, lambda place: deeds[place]())
    assert [
        result for result in results if isinstance(result, Exception) and not isinstance(result, Conflict)
    ] == []
    assert set(days_of(keep)) == {1, 2}
    assert standings_are_true(keep, absorb)
