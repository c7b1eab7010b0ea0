"""Verifying, refusing and withdrawing evidence."""

from datetime import date

import pytest

from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.actions.evidence import give_evidence, refuse_evidence, verify_evidence, withdraw_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.tests.factories import SYSTEM, days_of, proof, registered, states_of, walked_to
from tests.cast import COBLONG

pytestmark = pytest.mark.django_db
FEBRUARY = date(2018, 2, 1)


@pytest.fixture
def claimed(gita: Actor) -> Evidence:
    """Training evidence that the permit officer handed in and may not verify."""
    return give_evidence(gita, registered(), proof(2, FEBRUARY))


def state_of(evidence: Evidence) -> str:
    return Evidence.objects.get(pk=evidence.pk).state


def test_a_local_officer_verifies_and_the_stage_completes(ani: Actor, claimed: Evidence) -> None:
    assert verify_evidence(ani, claimed).state == "verified"
    assert days_of(claimed.member)[2] == FEBRUARY
    assert verify_evidence(ani, claimed).state == "verified"  # a double click


def test_who_may_not_verify_that_stage_is_refused(gita: Actor, claimed: Evidence) -> None:
    with pytest.raises(NotAllowed):
        verify_evidence(gita, claimed)
    assert state_of(claimed) == "claimed"


def test_an_officer_of_another_area_finds_nothing(budi: Actor, claimed: Evidence) -> None:
    with pytest.raises(NotFound):
        verify_evidence(budi, claimed)
    with pytest.raises(NotFound):
        refuse_evidence(budi, claimed, "bukan orangnya")
    assert state_of(claimed) == "claimed"


def test_refusing_needs_a_reason_and_gives_the_stage_back(ani: Actor, claimed: Evidence) -> None:
    with pytest.raises(Invalid):
        refuse_evidence(ani, claimed, "   ")
    assert state_of(claimed) == "claimed"
    refused = refuse_evidence(ani, claimed, "Nama di sertifikat berbeda.")
    assert (refused.state, refused.reason) == ("refused", "Nama di sertifikat berbeda.")
    assert states_of(claimed.member)[2] == "in_progress"


def test_refused_evidence_cannot_be_verified_afterwards(ani: Actor, claimed: Evidence) -> None:
    refuse_evidence(ani, claimed, "Salah orang.")
    with pytest.raises(Conflict):
        verify_evidence(ani, claimed)
    assert state_of(claimed) == "refused"


def test_refused_evidence_can_be_handed_in_again(ani: Actor, claimed: Evidence) -> None:
    refuse_evidence(ani, claimed, "Salah orang.")
    again = give_evidence(ani, claimed.member, proof(2, FEBRUARY))
    assert again.pk != claimed.pk
    assert days_of(claimed.member)[2] == FEBRUARY


def test_withdrawing_is_for_the_secretariat(ani: Actor, citra: Actor) -> None:
    member = walked_to(2)
    evidence = member.evidence.get()
    with pytest.raises(NotAllowed):
        withdraw_evidence(ani, evidence, "Ternyata palsu.")
    assert days_of(member)[2] == FEBRUARY
    withdraw_evidence(citra, evidence, "Ternyata palsu.")
    assert 2 not in days_of(member)
    assert states_of(member)[2] == "in_progress"
    assert [line.sentence for line in history_of(citra, member)][:2] == [
        "Bukti P2 tertanggal 1 Februari 2018 dicabut.",
        "P2 tidak lagi selesai (sebelumnya 1 Februari 2018).",
    ]


def test_a_stage_with_other_evidence_stays_completed_on_the_other_day(citra: Actor) -> None:
    member = walked_to(2)
    first = member.evidence.get()
    give_evidence(citra, member, proof(2, date(2018, 2, 20)))
    withdraw_evidence(citra, first, "Salah tanggal.")
    assert days_of(member)[2] == date(2018, 2, 20)


def test_a_stage_with_waiting_evidence_falls_back_to_claimed(citra: Actor, gita: Actor) -> None:
    member = walked_to(2)
    first = member.evidence.get()
    give_evidence(gita, member, proof(2, date(2018, 2, 20)))
    withdraw_evidence(citra, first, "Salah orang.")
    assert states_of(member)[2] == "claimed"


def test_what_a_later_stage_stands_on_is_not_withdrawn_under_the_sequential_rule(citra: Actor) -> None:
    member = walked_to(3)
    with pytest.raises(Refused, match="P3"):
        withdraw_evidence(citra, member.evidence.get(stage=2), "Ternyata palsu.")
    assert set(days_of(member)) == {1, 2, 3}
    assert member.evidence.get(stage=2).state == "verified"


def test_nor_may_its_day_move_behind_the_later_stage(citra: Actor) -> None:
    member = walked_to(3)  # P3 on the first of March
    give_evidence(citra, member, proof(2, date(2018, 3, 9)))
    with pytest.raises(Refused):
        withdraw_evidence(citra, member.evidence.get(stage=2, happened_on=FEBRUARY), "Salah tanggal.")
    assert days_of(member)[2] == FEBRUARY


def test_elsewhere_a_later_stage_does_not_hold_it(citra: Actor) -> None:
    member = registered(region=COBLONG)
    for stage in (2, 3):
        give_evidence(SYSTEM, member, proof(stage, date(2018, stage, 1)))
    withdraw_evidence(citra, member.evidence.get(stage=2), "Ternyata palsu.")
    assert set(days_of(member)) == {1, 3}
