"""The day of registration is not corrected to behind the first proof, nor to before the programme; merges are undone after it."""

from datetime import date

import pytest

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.actions.evidence import give_evidence, refuse_evidence, withdraw_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.registrations import correct_registration_day
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import SYSTEM, completed, days_of, proof, registered
from tests.cast import COBLONG, SENEN, officer

pytestmark = pytest.mark.django_db
MARCH, JUNE, AUGUST = date(2018, 3, 1), date(2018, 6, 1), date(2018, 8, 1)


def claimed(member: Member, on: date = JUNE) -> Evidence:
    """Evidence of P2 by somebody who may not check it: it waits."""
    found = give_evidence(officer("x", "petugas_ptsp", Scope(region=member.region), 77), member, proof(2, on))
    assert found.state == "claimed"
    return found


def stands(member: Member) -> tuple[date, date, int]:
    member.refresh_from_db()
    told = Event.objects.filter(kind="pipeline.registration_day_corrected").count()
    return member.registered_on, days_of(member)[1], told


def test_a_proof_that_waits_to_be_checked_binds_as_one_that_was(ani: Actor) -> None:
    member = registered(registered_on=MARCH)
    claimed(member)
    with pytest.raises(Refused, match=r"P2 .* sudah tercatat tertanggal 1 Juni 2018") as refusal:
        correct_registration_day(ani, member, AUGUST)
    assert refusal.value.field == "registered_on"
    assert stands(member) == (MARCH, MARCH, 0)
    correct_registration_day(ani, member, JUNE)
    assert stands(member) == (JUNE, JUNE, 1)


def test_the_earliest_proof_of_a_stage_is_the_one_that_binds(ani: Actor) -> None:
    member = registered(registered_on=MARCH)
    claimed(member, JUNE)
    completed(member, p2=AUGUST)
    with pytest.raises(Refused, match="1 Juni 2018"):
        correct_registration_day(ani, member, date(2018, 7, 1))
    assert stands(member) == (MARCH, MARCH, 0)


def test_what_was_refused_or_withdrawn_binds_nothing(ani: Actor, citra: Actor) -> None:
    refused, withdrawn = registered(registered_on=MARCH), registered(registered_on=MARCH)
    refuse_evidence(ani, claimed(refused), "Bukan orangnya")
    completed(withdrawn, p2=JUNE)
    withdraw_evidence(citra, Evidence.objects.get(member=withdrawn), "Keliru orang")
    for member in (refused, withdrawn):
        correct_registration_day(ani, member, AUGUST)
        assert stands(member)[:2] == (AUGUST, AUGUST)
    assert recount() == []


def test_under_a_free_rule_a_proof_that_waits_does_not_bind_either(budi: Actor) -> None:
    member = registered(region=COBLONG, registered_on=MARCH)
    claimed(member)
    correct_registration_day(budi, member, AUGUST)
    assert stands(member) == (AUGUST, AUGUST, 1)


@pytest.mark.parametrize("to", [date(1999, 12, 31), date(218, 5, 1)])
def test_nobody_came_in_before_the_programme(ani: Actor, to: date) -> None:
    member = registered(registered_on=MARCH)
    with pytest.raises(Refused, match="sebelum gerakan ini ada") as refusal:
        correct_registration_day(ani, member, to)
    assert refusal.value.field == "registered_on"
    assert stands(member) == (MARCH, MARCH, 0)


def test_a_merge_before_it_is_undone_after_it_and_the_sums_agree(ani: Actor, citra: Actor) -> None:
    keep, absorb = registered(registered_on=JUNE), registered(registered_on=JUNE)
    merge_members(SYSTEM, keep, absorb)
    correct_registration_day(ani, keep, MARCH)
    assert recount() == []
    undo_merge(citra, Merge.objects.get())
    assert stands(keep)[:2] == (MARCH, MARCH)
    assert stands(absorb)[:2] == (JUNE, JUNE)
    assert recount() == []
    assert {keep.region, absorb.region} == {SENEN}
