from datetime import date, timedelta

import pytest

from okoce.community.members.actions.departures import note_departure
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.giving import GivenEvidence
from okoce.pipeline.tests.factories import (
    SYSTEM,
    days_of,
    evidence_states,
    proof,
    registered,
    states_of,
    walked_to,
)
from tests.cast import COBLONG

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = date(2018, 2, 1), date(2018, 3, 1)


def test_an_officer_who_may_verify_completes_the_stage_at_once(ani: Actor) -> None:
    member = registered()
    evidence = give_evidence(ani, member, proof(2, FEBRUARY))
    assert (evidence.state, evidence.given_by, evidence.decided_by) == ("verified", ani.label, ani.label)
    assert days_of(member) == {1: date(2018, 1, 1), 2: FEBRUARY}
    assert member.stage_records.get(stage=2).rule_code == "7pas-2018"


def test_an_officer_who_may_not_verify_leaves_it_claimed(gita: Actor) -> None:
    member = registered()
    evidence = give_evidence(gita, member, proof(2, FEBRUARY))
    assert evidence.state == "claimed"
    assert states_of(member) == {1: "completed", 2: "claimed"}
    assert 2 not in days_of(member)


def test_an_officer_of_another_area_finds_nobody(budi: Actor) -> None:
    member = registered()
    with pytest.raises(NotFound):
        give_evidence(budi, member, proof(2, FEBRUARY))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("actor", ["dewi", "hadi"])
def test_who_may_not_write_is_refused(actor: str, request: pytest.FixtureRequest) -> None:
    member = registered()
    with pytest.raises(NotAllowed):
        give_evidence(request.getfixturevalue(actor), member, proof(2, FEBRUARY))
    assert not Evidence.objects.exists()


def test_the_same_evidence_twice_is_one_row(ani: Actor) -> None:
    member = registered()
    first, second = (give_evidence(ani, member, proof(2, FEBRUARY, number="S-1")) for _ in range(2))
    assert first.pk == second.pk
    assert Evidence.objects.count() == 1
    assert len([line for line in history_of(ani, member) if line.kind == "pipeline.evidence_verified"]) == 1


def test_an_officers_same_evidence_verifies_what_was_claimed(ani: Actor, gita: Actor) -> None:
    member = registered()
    claimed = give_evidence(gita, member, proof(2, FEBRUARY))
    assert give_evidence(ani, member, proof(2, FEBRUARY)).pk == claimed.pk
    assert days_of(member)[2] == FEBRUARY


def test_a_missing_earlier_stage_refuses_in_jakarta_of_2018(ani: Actor) -> None:
    member = registered()
    with pytest.raises(Refused, match="P2 \\(Pelatihan\\) belum selesai"):
        give_evidence(ani, member, proof(3, MARCH))
    assert not Evidence.objects.exists()
    assert states_of(member) == {1: "completed"}


def test_an_earlier_day_than_the_stage_before_refuses_and_an_equal_one_does_not(ani: Actor) -> None:
    member = walked_to(2)
    with pytest.raises(Refused, match="tidak boleh mendahului"):
        give_evidence(ani, member, proof(3, FEBRUARY - timedelta(days=1)))
    assert 3 not in states_of(member)
    give_evidence(ani, member, proof(3, FEBRUARY))
    assert days_of(member)[3] == FEBRUARY


def test_a_day_before_registration_refuses_under_the_sequential_rule(ani: Actor) -> None:
    member = registered()
    with pytest.raises(Refused):
        give_evidence(ani, member, proof(2, date(2017, 12, 31)))


def test_elsewhere_and_later_stages_are_free(budi: Actor, ani: Actor) -> None:
    in_bandung = registered(region=COBLONG)
    give_evidence(budi, in_bandung, proof(4, FEBRUARY))
    assert days_of(in_bandung)[4] == FEBRUARY
    in_jakarta = registered()
    give_evidence(ani, in_jakarta, proof(4, date(2020, 1, 1)))
    assert in_jakarta.stage_records.get(stage=4).rule_code == "jaringan"


def test_tomorrow_is_refused(ani: Actor) -> None:
    member = registered()
    with pytest.raises(Invalid) as refusal:
        give_evidence(ani, member, proof(2, latest_today() + timedelta(days=1)))
    assert [error.field for error in refusal.value.errors] == ["happened_on"]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (GivenEvidence(stage=1, happened_on=FEBRUARY), "stage"),
        (GivenEvidence(stage=8, happened_on=FEBRUARY), "stage"),
        (GivenEvidence(stage=4, happened_on=FEBRUARY), "kind"),
        (GivenEvidence(stage=4, happened_on=FEBRUARY, kind="SIUP"), "kind"),
        (GivenEvidence(stage=2, happened_on=FEBRUARY, kind="visit"), "kind"),
        (GivenEvidence(stage=2, happened_on=FEBRUARY, requirement="permits.licence"), "requirement"),
        (GivenEvidence(stage=2, happened_on=FEBRUARY, number="\x00"), "number"),
        (GivenEvidence(stage=2, happened_on=FEBRUARY, note="x" * 501), "note"),
        (GivenEvidence(stage=4, happened_on=FEBRUARY, kind="NIB", number="123"), "number"),
        (GivenEvidence(stage=4, happened_on=FEBRUARY, kind="PIRT", number="2063171"), "number"),
        (GivenEvidence(stage=4, happened_on=FEBRUARY, kind="SKU", number="menyusul"), "number"),
    ],
)
def test_a_wrong_field_is_named(ani: Actor, given: GivenEvidence, field: str) -> None:
    member = registered()
    with pytest.raises(Invalid) as refusal:
        give_evidence(ani, member, given)
    assert [error.field for error in refusal.value.errors] == [field]
    assert not Evidence.objects.exists()


def test_the_third_visit_completes_p3_on_its_day(ani: Actor) -> None:
    member = walked_to(2)
    for day in (5, 6):
        give_evidence(ani, member, proof(3, date(2018, 2, day), kind="visit"))
    assert states_of(member)[3] == "in_progress"
    give_evidence(ani, member, proof(3, date(2018, 2, 7), kind="visit"))
    assert days_of(member)[3] == date(2018, 2, 7)


def test_a_permit_that_does_not_count_leaves_p4_in_progress(ani: Actor) -> None:
    member = walked_to(3)
    give_evidence(ani, member, proof(4, date(2018, 4, 1), kind="PIRT"))
    assert states_of(member)[4] == "in_progress"


def test_earlier_evidence_moves_the_day_of_completion_back_never_forward(ani: Actor) -> None:
    member = walked_to(2)
    give_evidence(ani, member, proof(2, date(2018, 3, 9)))
    assert days_of(member)[2] == FEBRUARY
    give_evidence(ani, member, proof(2, date(2018, 1, 9)))
    assert days_of(member)[2] == date(2018, 1, 9)


def test_the_history_reads_as_sentences(ani: Actor) -> None:
    member = registered()
    give_evidence(ani, member, proof(2, FEBRUARY))
    sentences = [line.sentence for line in history_of(ani, member)]
    assert "P2 selesai pada 1 Februari 2018 menurut aturan 7 PAS 2018." in sentences
    assert "Bukti P2 tertanggal 1 Februari 2018 sudah diperiksa dan sah." in sentences
    assert not any("{" in sentence for sentence in sentences)


def test_a_mentor_reaches_only_whom_she_helps() -> None:
    member = registered()
    mentor = Actor(label="user:9", user_id=9, grants=(Grant("pendamping", Scope(helper_user_id=9)),))
    with pytest.raises(NotFound):
        give_evidence(mentor, member, proof(2, FEBRUARY))
    member.helpers.create(user_id=9, purpose="mentoring", from_on=FEBRUARY)
    assert give_evidence(mentor, member, proof(2, FEBRUARY)).state == "claimed"


def test_who_has_left_keeps_what_was_completed() -> None:
    member = walked_to(3)
    note_departure(SYSTEM, member, date(2018, 6, 1))
    assert set(days_of(member)) == {1, 2, 3}
    assert evidence_states(member) == ["verified", "verified"]
