"""Two records of one person become one, and the tallies stay exact."""

from datetime import date

import pytest
from django.db import connection

from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.reviews import dismiss_duplicate, reopen_duplicate
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, Refused
from okoce.pipeline.actions.employment import state_jobs
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.models import Evidence
from okoce.pipeline.tests.factories import SYSTEM, completed, days_of, proof, registered, states_of, walked_to
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, APRIL = (date(2018, month, 1) for month in (1, 2, 3, 4))
NIK = "3171044107900001"
OTHER_NIK = "3171044107900002"


def counts(node: str = "") -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stage, people FROM pipeline_counts(%s, '2018-12-31') WHERE reason = '' AND people <> 0",
            [node],
        )
        return dict(cursor.fetchall())


def standings_are_true(*members: Member) -> bool:
    """What is stored of standings is what the one definition says."""
    ids = [member.pk for member in members]
    columns = "member_id, stage, reason, region, group_id, from_on, until_on, jobs_claimed, jobs_verified"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM pipeline_standing WHERE member_id = ANY(%s)", [ids])
        stored = sorted(map(str, cursor.fetchall()))
        cursor.execute(f"SELECT {columns} FROM pipeline_standing_truth(%s)", [ids])
        return stored == sorted(map(str, cursor.fetchall()))


def test_of_each_stage_the_earliest_completion_wins(citra: Actor) -> None:
    keep, absorb = registered(), registered(registered_on=date(2017, 12, 1))
    completed(keep, p2=MARCH, p3=APRIL)
    completed(absorb, p2=FEBRUARY)
    assert counts() == {1: 2, 2: 2, 3: 1}
    merge_members(citra, keep, absorb)
    assert days_of(keep) == {1: date(2017, 12, 1), 2: FEBRUARY, 3: APRIL}
    assert days_of(absorb) == {}
    assert counts() == {1: 1, 2: 1, 3: 1}
    assert standings_are_true(keep, absorb)
    assert Member.objects.get(pk=absorb.pk).merged_into_id == keep.pk
    assert Member.objects.get(pk=keep.pk).registered_on == date(2017, 12, 1)


def test_evidence_jobs_and_reasons_come_along(citra: Actor) -> None:
    keep, absorb = walked_to(4), walked_to(4)
    state_jobs(SYSTEM, keep, 2, APRIL)
    state_jobs(SYSTEM, absorb, 5, APRIL)
    state_jobs(SYSTEM, absorb, 3, date(2018, 6, 1))
    set_standstill(SYSTEM, absorb, 5, "no_time", date(2018, 7, 1))
    merge_members(citra, keep, absorb)
    assert Evidence.objects.filter(member=keep).count() == 6
    assert list(keep.job_statements.order_by("stated_on").values_list("workers", flat=True)) == [2, 3]
    assert keep.standstills.get().reason == "no_time"
    assert standings_are_true(keep, absorb)


def test_the_reason_of_the_record_that_stays_is_the_main_one(citra: Actor) -> None:
    keep, absorb = walked_to(3), walked_to(3)
    set_standstill(SYSTEM, keep, 4, "zone", date(2018, 7, 1))
    set_standstill(SYSTEM, absorb, 4, "no_time", date(2018, 6, 1))
    merge_members(citra, keep, absorb)
    assert keep.standstills.get().reason == "zone"
    assert standings_are_true(keep)


def test_a_reason_for_a_stage_that_the_other_record_completed_is_closed(citra: Actor) -> None:
    keep, absorb = walked_to(3), walked_to(4)
    set_standstill(SYSTEM, keep, 4, "zone", date(2018, 3, 5))
    merge_members(citra, keep, absorb)
    assert keep.standstills.get().until_on == APRIL
    assert standings_are_true(keep)


def test_visits_of_both_records_together_complete_p3(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(2)
    for member, days in ((keep, (2, 3)), (absorb, (4,))):
        for day in days:
            give_evidence(SYSTEM, member, proof(3, date(2018, 3, day), kind="visit"))
    merge_members(citra, keep, absorb)
    assert days_of(keep)[3] == date(2018, 3, 4)


def test_blanks_are_filled_and_nothing_is_overwritten(citra: Actor) -> None:
    keep = registered(name="Siti", sex="female", business_name="Kue Siti")
    absorb = registered(
        name="Siti A",
        sex="male",
        email="siti@contoh.id",
        nik=NIK,
        business_name="Katering",
        business_workers=2,
    )
    merge_members(citra, keep, absorb)
    kept = Member.objects.get(pk=keep.pk)
    assert (kept.name, kept.sex, kept.email, kept.nik_masked) == (
        "Siti",
        "female",
        "siti@contoh.id",
        "3171••••••••0001",
    )
    assert (kept.business.name, kept.business.workers) == ("Kue Siti", 2)


def test_where_the_person_who_stays_lives_is_where_all_counts(citra: Actor) -> None:
    keep, absorb = registered(region=COBLONG), walked_to(3, region=SENEN)
    merge_members(citra, keep, absorb)
    assert counts("31") == {}
    assert counts("32") == {1: 1, 2: 1, 3: 1}


def test_memberships_that_do_not_overlap_come_along(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    mawar = active_group("Mawar")
    joined(absorb, mawar, MARCH)
    merge_members(citra, keep, absorb)
    assert Member.objects.get(pk=keep.pk).group_id == mawar.pk
    assert counts(f"K:{mawar.pk}") == {1: 1}
    assert standings_are_true(keep, absorb)


def test_consents_and_helpers_come_along(citra: Actor) -> None:
    keep, absorb = registered(), registered(consent_on=date(2017, 11, 1))
    absorb.helpers.create(user_id=9, purpose="mentoring", from_on=FEBRUARY)
    merge_members(citra, keep, absorb)
    assert keep.consents.count() == 2
    assert keep.helpers.get().user_id == 9
    assert Member.objects.get(pk=keep.pk).consent_on == date(2017, 11, 1)


def test_a_stage_that_would_break_the_sequence_refuses_the_merge(citra: Actor) -> None:
    keep, absorb = registered(region=SENEN), registered(region=COBLONG)
    completed(absorb, p4=MARCH)  # free there, impossible in Jakarta
    with pytest.raises(Refused, match="P4"):
        merge_members(citra, keep, absorb)
    assert days_of(absorb) == {1: JANUARY, 4: MARCH}
    assert states_of(keep) == {1: "completed"}
    assert Member.objects.get(pk=absorb.pk).merged_into_id is None
    assert counts() == {1: 2, 4: 1}


def test_two_different_nik_are_two_people(citra: Actor) -> None:
    keep, absorb = registered(nik=NIK), registered(nik=OTHER_NIK)
    with pytest.raises(Refused, match="NIK"):
        merge_members(citra, keep, absorb)
    assert counts() == {1: 2}


def test_a_record_is_not_merged_with_itself_nor_twice_elsewhere(citra: Actor) -> None:
    first, second, third = registered(), registered(), registered()
    with pytest.raises(Invalid):
        merge_members(citra, first, first)
    merge_members(citra, first, second)
    merge_members(citra, first, second)  # a double click
    with pytest.raises(Conflict):
        merge_members(citra, third, second)
    assert counts() == {1: 2}


def test_merging_is_for_the_secretariat(ani: Actor) -> None:
    keep, absorb = registered(), registered()
    with pytest.raises(NotAllowed):
        merge_members(ani, keep, absorb)
    assert Member.objects.filter(merged_into__isnull=True).count() == 2


def test_the_pair_leaves_the_queue_and_other_suspicions_follow_the_person(citra: Actor) -> None:
    keep, absorb, third = registered(), registered(), registered()
    DuplicateCandidate.objects.queue("same_phone_similar_name", keep.pk, absorb.pk)
    DuplicateCandidate.objects.queue("same_phone_similar_name", absorb.pk, third.pk)
    merge_members(citra, keep, absorb)
    open_ones = DuplicateCandidate.objects.filter(state="open").order_by("id")
    assert list(open_ones.values_list("first_id", "second_id")) == [tuple(sorted((keep.pk, third.pk)))]


def test_both_histories_tell_it(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    merge_members(citra, keep, absorb)
    for member in (keep, absorb):
        assert history_of(citra, member)[0].sentence == (
            f"Catatan {absorb.number} digabung ke {keep.number}: orang yang sama."
        )


def test_who_was_found_to_be_somebody_else_is_not_merged(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    DuplicateCandidate.objects.queue("same_phone_similar_name", keep.pk, absorb.pk)
    candidate = DuplicateCandidate.objects.get()
    dismiss_duplicate(citra, candidate)
    with pytest.raises(Refused, match="orang yang berbeda"):
        merge_members(citra, keep, absorb)
    assert Member.objects.get(pk=absorb.pk).merged_into_id is None
    reopen_duplicate(citra, candidate, "KTP-nya sama.")
    merge_members(citra, keep, absorb)
    assert DuplicateCandidate.objects.get().state == "merged"


def test_who_is_somebody_else_than_the_absorbed_is_somebody_else_than_the_kept(citra: Actor) -> None:
    keep, absorb, other, suspected = registered(), registered(), registered(), registered()
    for one, two in ((absorb, other), (absorb, suspected), (keep, suspected)):
        DuplicateCandidate.objects.queue("same_phone_similar_name", one.pk, two.pk)
    for member in (other, suspected):
        dismiss_duplicate(citra, DuplicateCandidate.objects.pair(absorb.pk, member.pk).get())
    merge_members(citra, keep, absorb)
    for member in (other, suspected):
        assert DuplicateCandidate.objects.pair(keep.pk, member.pk).get().state == "different"
        assert not DuplicateCandidate.objects.queue("same_name_and_birth_date", keep.pk, member.pk)
        with pytest.raises(Refused, match="orang yang berbeda"):
            merge_members(citra, keep, member)
    assert counts() == {1: 3}
