"""A person from P1 to P7: in order under 7 PAS 2018, freely elsewhere; and what the journey says on the way."""

from datetime import date

import pytest

from okoce.community.members.actions.residences import move_member
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import NotFound, Refused
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.queries.journeys import furthest_stage, journey_of, next_step
from okoce.pipeline.rules import forget_rules
from okoce.pipeline.tests.factories import SYSTEM, days_of, proof, registered, walked_to
from okoce.pipeline.tests.rulings import as_if_always
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db


def test_in_jakarta_of_2018_the_way_is_walked_in_order(citra: Actor) -> None:
    member = registered()
    for stage in range(2, 8):
        if stage < 7:
            with pytest.raises(Refused):
                give_evidence(citra, member, proof(stage + 1, date(2018, stage + 1, 1)))
        steps = journey_of(citra, member)
        following = next_step(steps)
        assert following is not None
        assert following.stage == stage
        assert following.missing
        give_evidence(citra, member, proof(stage, date(2018, stage, 1)))
    steps = journey_of(citra, member)
    assert [step.state for step in steps] == ["completed"] * 7
    assert [step.completed_on for step in steps] == [date(2018, stage, 1) for stage in range(1, 8)]
    assert next_step(steps) is None
    assert furthest_stage(steps) == 7


def test_elsewhere_the_way_is_free(citra: Actor) -> None:
    member = registered(region=COBLONG)
    for stage in (7, 4, 2, 6, 3, 5):
        give_evidence(citra, member, proof(stage, date(2018, 6, 8 - stage)))
    assert set(days_of(member)) == set(range(1, 8))


def test_a_stage_is_judged_by_where_the_person_lived_on_that_day(citra: Actor) -> None:
    member = registered(region=COBLONG)
    move_member(SYSTEM, member, region=SENEN, moved_on=date(2018, 6, 1))
    give_evidence(citra, member, proof(4, date(2018, 5, 31)))
    with pytest.raises(Refused):
        give_evidence(citra, member, proof(5, date(2018, 6, 1)))
    assert set(days_of(member)) == {1, 4}


def test_the_journey_names_state_evidence_and_reason(ani: Actor, gita: Actor) -> None:
    member = walked_to(2)
    give_evidence(gita, member, proof(3, date(2018, 3, 1)))
    set_standstill(ani, member, 3, "waiting_for_mentor")
    p1, p2, p3, p4, *_rest = journey_of(ani, member)
    assert (p1.state, p2.state, p3.state, p4.state) == ("completed", "completed", "claimed", "not_started")
    assert p2.evidence[0].happened_on == p2.completed_on
    assert p2.missing == ()
    assert p3.missing == ("Tiga kunjungan pendamping yang dikonfirmasi, pada hari yang berbeda.",)
    assert (p3.stuck_reason, p3.stuck_label) == ("waiting_for_mentor", "Menunggu pendamping")
    assert p4.stuck_reason == ""


def test_a_stage_that_is_not_offered_there_says_so(citra: Actor) -> None:
    member = registered(region=COBLONG)
    as_if_always("jaringan", offered=[1, 2, 3])
    try:
        states = [step.state for step in journey_of(citra, member)]
        assert states == ["completed", "not_started", "not_started", *["not_offered"] * 4]
        with pytest.raises(Refused, match="tidak ditawarkan"):
            give_evidence(citra, member, proof(7, date(2018, 6, 1)))
    finally:
        forget_rules()


def test_the_journey_of_somebody_elses_member_is_not_found(budi: Actor, dewi: Actor) -> None:
    member = registered()
    with pytest.raises(NotFound):
        journey_of(budi, member)
    assert len(journey_of(dewi, member)) == 7


def test_the_journey_costs_the_same_however_much_evidence_there_is(
    citra: Actor, django_assert_max_num_queries: object
) -> None:
    few, many = walked_to(2), walked_to(7)
    for member in (few, many):
        journey_of(citra, member)
        with django_assert_max_num_queries(5):  # type: ignore[operator]  # pytest-django's fixture is a function
            journey_of(citra, member)
