"""A merge is undone: two records again, each as it stood, and what has happened since stays where it happened."""

from datetime import date
from typing import Any

import pytest

from okoce.community.groups.actions.memberships import join_group
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.actions.helping import end_helper
from okoce.community.members.actions.residences import move_member
from okoce.community.members.models import Consent, DuplicateCandidate, Helper, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Conflict, Refused
from okoce.pipeline.actions.employment import state_jobs
from okoce.pipeline.actions.evidence import give_evidence, verify_evidence, withdraw_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.standstills import set_standstill
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standstill
from okoce.pipeline.recount import recount
from okoce.pipeline.row_images import Images, images_of
from okoce.pipeline.tests.factories import SYSTEM, completed, days_of, proof, registered, states_of, walked_to
from okoce.pipeline.tests.test_merge_members import counts, standings_are_true
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (date(2018, month, 1) for month in range(1, 7))
NIK = "3171044107900001"


def rows(*members: Member) -> Images:
    """Everything that is stored about these people, but for when it was last written."""
    images = images_of(*(member.pk for member in members))
    return {place: {k: v for k, v in image.items() if k != "updated_at"} for place, image in images.items()}


def merged(actor: Actor, keep: Member, absorb: Member) -> Merge:
    merge_members(actor, keep, absorb)
    return Merge.objects.get(absorbed=absorb, undone_at__isnull=True)


def two_rich_records() -> tuple[Member, Member]:
    """Two records that have of everything what a merge moves, drops, replaces and fills."""
    keep = registered(name="Siti", sex="female", business_name="Kue Siti")
    absorb = registered(
        name="Siti Aminah", registered_on=date(2017, 12, 1), email="siti@contoh.id", nik=NIK, birth_on=date(1990, 7, 1),
        business_name="Katering", business_workers=2, business_nib="1234567890123", consent_on=date(2017, 11, 1),
    )  # fmt: skip
    completed(keep, p2=MARCH)
    completed(absorb, p2=FEBRUARY, p3=APRIL)
    for day in (2, 3):
        give_evidence(SYSTEM, keep, proof(3, date(2018, 3, day), kind="visit"))
    for member, workers, day in ((keep, 2, APRIL), (absorb, 5, APRIL), (absorb, 3, MAY)):
        state_jobs(SYSTEM, member, workers, day)
    set_standstill(SYSTEM, keep, 3, "zone", date(2018, 3, 5))
    set_standstill(SYSTEM, absorb, 4, "no_time", MAY)
    joined(absorb, active_group("Mawar"), MARCH)
    Helper.objects.create(member=absorb, user_id=9, purpose="mentoring", from_on=FEBRUARY)
    third = registered()
    for one, other in ((keep, absorb), (absorb, third)):
        DuplicateCandidate.objects.queue("same_phone_similar_name", one.pk, other.pk)
    DuplicateCandidate.objects.queue("contradiction", absorb.pk, None, "nama")
    return keep, absorb


def test_after_merging_and_undoing_every_row_is_as_it_was(citra: Actor) -> None:
    keep, absorb = two_rich_records()
    before, counted = rows(keep, absorb), counts()
    merge = merged(citra, keep, absorb)
    assert rows(keep, absorb) != before
    assert counts() != counted
    undo_merge(citra, merge)
    assert rows(keep, absorb) == before
    assert counts() == counted
    assert standings_are_true(keep, absorb)
    assert recount() == []


def test_whoever_was_merged_can_be_merged_and_undone_again_and_the_other_way_round(citra: Actor) -> None:
    keep, absorb = two_rich_records()
    before = rows(keep, absorb)
    for kept, absorbed in ((keep, absorb), (absorb, keep), (keep, absorb)):
        undo_merge(citra, merged(citra, kept, absorbed))
        assert rows(keep, absorb) == before
    assert Merge.objects.count() == 3
    assert recount() == []


def test_a_double_click_undoes_once(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    merge = merged(citra, keep, absorb)
    for _click in range(2):
        undo_merge(citra, merge)
    lines = [line.kind for line in history_of(citra, keep)]
    assert lines.count("pipeline.merge_undone") == 1


def test_evidence_handed_in_since_stays_with_the_record_that_was_kept(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(3)
    merge = merged(citra, keep, absorb)
    withdraw_evidence(citra, Evidence.objects.get(stage=3), "Salah orang.")
    given = give_evidence(SYSTEM, keep, proof(3, MAY))
    undo_merge(citra, merge)
    assert Evidence.objects.get(pk=given.pk).member_id == keep.pk
    assert days_of(keep) == {1: JANUARY, 2: FEBRUARY, 3: MAY}
    # the absorbed record has its own proof again, as it stands now: withdrawn
    assert states_of(absorb) == {1: "completed", 2: "completed", 3: "in_progress"}
    assert recount() == []


def test_evidence_that_was_verified_since_goes_back_verified(citra: Actor, gita: Actor) -> None:
    keep, absorb = registered(), registered()
    waiting = give_evidence(gita, absorb, proof(2, MAY))
    merge = merged(citra, keep, absorb)
    verify_evidence(citra, Evidence.objects.get(pk=waiting.pk))
    assert days_of(keep) == {1: JANUARY, 2: MAY}
    undo_merge(citra, merge)
    assert (days_of(keep), days_of(absorb)) == ({1: JANUARY}, {1: JANUARY, 2: MAY})
    assert recount() == []


def test_what_was_done_since_upon_the_others_stages_refuses_the_undoing(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(3)
    merge = merged(citra, keep, absorb)
    later = give_evidence(SYSTEM, keep, proof(4, APRIL))
    before = rows(keep, absorb)
    with pytest.raises(Refused, match="P3"):
        undo_merge(citra, merge)
    assert rows(keep, absorb) == before
    assert Merge.objects.get().undone_at is None
    withdraw_evidence(citra, later, "Diserahkan untuk orang lain.")
    undo_merge(citra, merge)
    assert days_of(keep) == {1: JANUARY, 2: FEBRUARY}
    assert days_of(absorb) == {1: JANUARY, 2: FEBRUARY, 3: MARCH}
    assert recount() == []


def test_visits_of_both_that_completed_p3_together_complete_it_no_more(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(2)
    for member, days in ((keep, (2, 3)), (absorb, (4,))):
        for day in days:
            give_evidence(SYSTEM, member, proof(3, date(2018, 3, day), kind="visit"))
    merge = merged(citra, keep, absorb)
    assert days_of(keep)[3] == date(2018, 3, 4)
    undo_merge(citra, merge)
    assert 3 not in {**days_of(keep), **days_of(absorb)}
    assert recount() == []


def test_one_more_visit_since_completes_it_for_whoever_has_three(citra: Actor) -> None:
    keep, absorb = walked_to(2), walked_to(2)
    for member, days in ((keep, (2, 3)), (absorb, (4,))):
        for day in days:
            give_evidence(SYSTEM, member, proof(3, date(2018, 3, day), kind="visit"))
    merge = merged(citra, keep, absorb)
    give_evidence(SYSTEM, keep, proof(3, date(2018, 3, 9), kind="visit"))
    undo_merge(citra, merge)
    assert days_of(keep)[3] == date(2018, 3, 9)
    assert 3 not in days_of(absorb)


def test_corrections_since_stay_and_blanks_are_blank_again(citra: Actor) -> None:
    keep, absorb = (
        registered(name="Siti"),
        registered(name="Siti A", email="a@contoh.id", address="Jl. Satu", nik=NIK),
    )
    merge = merged(citra, keep, absorb)
    correct_member(citra, keep, Correction(email="siti@contoh.id", name="Siti Aminah"))
    undo_merge(citra, merge)
    kept, other = (Member.objects.get(pk=member.pk) for member in (keep, absorb))
    assert (kept.name, kept.email, kept.address, kept.nik_hash, kept.nik_masked) == (
        "Siti Aminah",
        "siti@contoh.id",
        "",
        None,
        "",
    )
    assert (other.name, other.email, other.address, other.nik_masked) == (
        "Siti A",
        "a@contoh.id",
        "Jl. Satu",
        "3171••••••••0001",
    )


def test_a_move_since_stays_and_each_counts_where_she_lives(citra: Actor) -> None:
    keep, absorb = registered(region=SENEN), walked_to(2, region=SENEN)
    merge = merged(citra, keep, absorb)
    move_member(citra, keep, region=COBLONG, moved_on=MAY)
    assert counts("32") == {1: 1, 2: 1}
    undo_merge(citra, merge)
    assert (counts("31"), counts("32")) == ({1: 1, 2: 1}, {1: 1})
    assert recount() == []


def test_a_komunitas_joined_since_stays_and_the_old_membership_goes_back(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    mawar, melati = active_group("Mawar"), active_group("Melati")
    joined(absorb, mawar, MARCH)
    merge = merged(citra, keep, absorb)
    join_group(citra, keep, melati.pk, MAY)
    undo_merge(citra, merge)
    kept, other = (Member.objects.get(pk=member.pk) for member in (keep, absorb))
    assert kept.group_id == melati.pk
    assert list(other.memberships.values_list("group_id", "until_on")) == [(mawar.pk, MAY)]
    assert other.group_id is None  # that membership was ended since
    assert recount() == []


def test_a_reason_that_the_merge_ended_is_not_opened_beside_a_newer_one(citra: Actor) -> None:
    keep, absorb = walked_to(3), walked_to(4)
    set_standstill(SYSTEM, keep, 4, "zone", date(2018, 3, 5))
    merge = merged(citra, keep, absorb)
    withdraw_evidence(citra, Evidence.objects.get(stage=4), "Palsu.")
    set_standstill(SYSTEM, keep, 4, "no_npwp", MAY)
    undo_merge(citra, merge)
    assert list(keep.standstills.order_by("from_on").values_list("reason", "until_on")) == [
        ("zone", APRIL),
        ("no_npwp", None),
    ]
    assert recount() == []


def test_what_she_took_back_under_one_record_is_not_revived_by_the_other_and_undone_it_stands_as_it_did(
    citra: Actor,
) -> None:
    keep, absorb = registered(), registered()
    for member, given_on, withdrawn_on in ((keep, MAY, None), (absorb, date(2018, 4, 1), MAY)):
        for purpose in ("contact", "shop"):
            Consent.objects.create(
                member=member, purpose=purpose, text_version="1", given_on=given_on, withdrawn_on=withdrawn_on
            )
    Consent.objects.create(member=absorb, purpose="shop", text_version="1", given_on=MAY)  # and agreed anew
    before = list(Consent.objects.order_by("pk").values())
    merge_members(citra, keep, absorb)
    standing = Consent.objects.filter(member=keep, withdrawn_on=None)
    assert set(standing.values_list("purpose", flat=True)) == {"programme", "shop"}
    undo_merge(citra, Merge.objects.get())
    assert list(Consent.objects.order_by("pk").values()) == before


def test_consents_given_since_stay_and_those_of_the_other_go_back(citra: Actor) -> None:
    keep, absorb = registered(), registered(consent_on=date(2017, 11, 1))
    merge = merged(citra, keep, absorb)
    Consent.objects.create(member=keep, purpose="contact", text_version="1", given_on=MAY)
    undo_merge(citra, merge)
    assert sorted(Consent.objects.filter(member=absorb).values_list("given_on", flat=True)) == [
        date(2017, 11, 1)
    ]
    assert keep.consents.count() == 2
    assert Member.objects.get(pk=keep.pk).consent_on == JANUARY


def test_of_two_merges_into_one_record_the_newer_is_undone_first(citra: Actor) -> None:
    keep, first, second = registered(), walked_to(2), walked_to(3)
    before = rows(keep, first, second)
    older, newer = merged(citra, keep, first), merged(citra, keep, second)
    with pytest.raises(Conflict, match=second.number):
        undo_merge(citra, older)
    assert Merge.objects.filter(undone_at__isnull=True).count() == 2
    undo_merge(citra, newer)
    undo_merge(citra, older)
    assert rows(keep, first, second) == before
    assert recount() == []


def test_a_record_that_was_merged_further_is_undone_from_the_end(citra: Actor) -> None:
    first, second, third = walked_to(2), walked_to(3), walked_to(4)
    before = rows(first, second, third)
    inner, outer = merged(citra, second, third), merged(citra, first, second)
    with pytest.raises(Conflict, match=first.number):
        undo_merge(citra, inner)
    assert days_of(first) == {1: JANUARY, 2: FEBRUARY, 3: MARCH, 4: APRIL}
    undo_merge(citra, outer)
    undo_merge(citra, inner)
    assert rows(first, second, third) == before


def test_a_nik_that_became_somebody_elses_refuses_the_undoing(citra: Actor) -> None:
    keep, absorb, other = registered(), registered(nik=NIK), registered()
    merge = merged(citra, keep, absorb)
    correct_member(citra, keep, Correction(nik=""))
    correct_member(citra, other, Correction(nik=NIK))
    with pytest.raises(Conflict, match="NIK"):
        undo_merge(citra, merge)
    assert Member.objects.get(pk=absorb.pk).merged_into_id == keep.pk
    assert recount() == []


def test_a_helper_given_anew_refuses_the_undoing_until_the_newer_help_has_ended(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    old = [
        Helper.objects.create(member=member, user_id=9, purpose="mentoring", from_on=day)
        for member, day in ((keep, MARCH), (absorb, FEBRUARY))
    ]
    merge = merged(citra, keep, absorb)
    end_helper(citra, Helper.objects.get())
    anew = Helper.objects.create(member=keep, user_id=9, purpose="mentoring", from_on=JUNE)
    with pytest.raises(Conflict, match="Akhiri dulu bantuan yang baru") as refusal:
        undo_merge(citra, merge)
    assert "NIK" not in refusal.value.sentence
    assert keep.number in refusal.value.sentence
    end_helper(citra, anew)
    undo_merge(citra, merge)
    open_now = Helper.objects.filter(until_on__isnull=True)
    assert list(open_now.values_list("pk", "member_id")) == [(old[0].pk, keep.pk)]


def test_nobody_is_left_without_phone_and_nik(citra: Actor) -> None:
    keep, absorb = registered(), registered(nik=NIK)
    merge = merged(citra, keep, absorb)
    correct_member(citra, keep, Correction(phone=""))
    with pytest.raises(Refused, match="telepon"):
        undo_merge(citra, merge)
    assert Member.objects.get(pk=keep.pk).nik_masked == "3171••••••••0001"


def test_no_row_of_either_is_lost_or_doubled(citra: Actor) -> None:
    keep, absorb = two_rich_records()
    tables: list[Any] = [Evidence, StageRecord, Standstill, JobStatement, Consent, Helper, DuplicateCandidate]
    before = [sorted(table.objects.values_list("pk", flat=True)) for table in tables]
    undo_merge(citra, merged(citra, keep, absorb))
    assert [sorted(table.objects.values_list("pk", flat=True)) for table in tables] == before
