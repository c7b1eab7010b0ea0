"""Two records that were found to be two people stay so, by whatever route they come together again."""

from datetime import date

import pytest
from django.utils import timezone

from okoce.community.members.actions.residences import move_member
from okoce.community.members.actions.reviews import dismiss_duplicate, reopen_duplicate, settle_contradiction
from okoce.community.members.duplicates import look_again
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN

pytestmark = pytest.mark.django_db
PHONE, BORN = "0812 3456 7890", date(1990, 7, 1)


def pair(first_region: str = SENEN, second_region: str = SENEN) -> tuple[Member, Member, DuplicateCandidate]:
    first = member_with(name="Siti Aminah", phone=PHONE, region=first_region)
    second = member_with(name="Siti Aminnah", phone=PHONE, region=second_region)
    DuplicateCandidate.objects.queue_close([second.pk])
    return first, second, DuplicateCandidate.objects.get()


def test_a_pair_that_was_dismissed_is_never_queued_again_whatever_finds_it(citra: Actor) -> None:
    first, second, candidate = pair()
    dismiss_duplicate(citra, candidate, "Kakak dan adik.")
    Member.objects.filter(pk=first.pk).update(phone=None)
    Member.objects.filter(pk__in=(first.pk, second.pk)).update(name_key="SITI", birth_on=BORN)
    assert DuplicateCandidate.objects.queue_close([first.pk, second.pk]) == 0
    assert look_again(timezone.now()) == 0
    for reason in ("contradiction", "nik_and_phone_disagree", "same_name_and_birth_date"):
        assert not DuplicateCandidate.objects.queue(reason, second.pk, first.pk)
    assert DuplicateCandidate.objects.get().state == "different"


def test_a_pair_waits_once_whatever_found_it() -> None:
    first, second, _candidate = pair()
    assert not DuplicateCandidate.objects.queue("nik_and_phone_disagree", first.pk, second.pk)
    assert DuplicateCandidate.objects.get().reason == "same_phone_similar_name"


def test_contradictions_of_one_record_wait_beside_each_other(citra: Actor) -> None:
    member = member_with()
    for field in ("nik", "nama", "nik"):
        DuplicateCandidate.objects.queue("contradiction", member.pk, None, field)
    assert DuplicateCandidate.objects.count() == 2
    settle_contradiction(citra, DuplicateCandidate.objects.get(field="nik"))
    assert not DuplicateCandidate.objects.queue("contradiction", member.pk, None, "nik")


def test_a_contradiction_is_no_pair_of_two_people(citra: Actor) -> None:
    member = member_with()
    DuplicateCandidate.objects.queue("contradiction", member.pk, None, "nama")
    candidate = DuplicateCandidate.objects.get()
    with pytest.raises(Conflict, match="satu orang"):
        dismiss_duplicate(citra, candidate)
    assert (DuplicateCandidate.objects.get().state, history_of(citra, member)) == ("open", [])
    settle_contradiction(citra, candidate)
    assert reopen_duplicate(citra, candidate, "Ternyata keliru.").state == "open"
    told = [line.sentence for line in history_of(citra, member)]
    assert told[0] == "Data yang masuk bertentangan dengan catatan ini; menunggu diperiksa."
    assert not any(f"{member.number} dan {member.number}" in sentence for sentence in told)


def test_both_histories_tell_the_decision_and_keep_the_note_under_their_own_keys(citra: Actor) -> None:
    first, second, candidate = pair()
    dismiss_duplicate(citra, candidate, "Kakak dan adik.")
    for member in (first, second):
        line = history_of(citra, member)[0]
        assert line.sentence == f"Diperiksa: {first.number} dan {second.number} orang yang berbeda."
        assert line.changes == {"note": [None, "Kakak dan adik."]}


def test_a_decision_is_taken_back_with_a_reason(citra: Actor) -> None:
    first, second, candidate = pair()
    dismiss_duplicate(citra, candidate)
    with pytest.raises(Invalid, match="Tulis mengapa"):
        reopen_duplicate(citra, candidate, "  ")
    assert DuplicateCandidate.objects.get().state == "different"
    reopened = reopen_duplicate(citra, candidate, "KTP keduanya sama.")
    assert (reopened.state, reopened.decided_at, reopened.decided_by) == ("open", None, None)
    assert reopen_duplicate(citra, candidate, "Sekali lagi.").state == "open"
    for member in (first, second):
        kinds = [line.kind for line in history_of(citra, member)]
        assert kinds == ["members.duplicate_reopened", "members.duplicate_dismissed"]


def test_a_pair_that_was_merged_is_neither_dismissed_nor_reopened(citra: Actor) -> None:
    _first, _second, candidate = pair()
    DuplicateCandidate.objects.update(state="merged")
    with pytest.raises(Conflict):
        dismiss_duplicate(citra, candidate)
    with pytest.raises(Conflict):
        reopen_duplicate(citra, candidate, "Ya.")
    assert DuplicateCandidate.objects.get().state == "merged"


def test_a_note_that_is_too_long_changes_nothing(citra: Actor) -> None:
    _first, _second, candidate = pair()
    with pytest.raises(Invalid, match="Terlalu panjang"):
        dismiss_duplicate(citra, candidate, "x" * 501)
    assert DuplicateCandidate.objects.get().state == "open"


def test_whoever_reaches_only_one_of_both_neither_sees_nor_decides(
    ani: Actor, budi: Actor, gita: Actor, citra: Actor
) -> None:
    _first, _second, candidate = pair(SENEN, COBLONG)
    for officer in (ani, budi):
        assert not DuplicateCandidate.objects.visible_to(
            officer, Permission.MEMBERS_REVIEW_DUPLICATES
        ).exists()
        with pytest.raises(NotFound):
            dismiss_duplicate(officer, candidate)
    with pytest.raises(NotAllowed):
        dismiss_duplicate(gita, candidate)
    assert DuplicateCandidate.objects.get().state == "open"
    assert dismiss_duplicate(citra, candidate).decided_by == citra.user_id


def test_an_officer_decides_what_lies_wholly_in_her_place(ani: Actor, budi: Actor) -> None:
    _first, _second, candidate = pair()
    with pytest.raises(NotFound):
        dismiss_duplicate(budi, candidate)
    assert dismiss_duplicate(ani, candidate).decided_by == ani.user_id


@pytest.mark.parametrize(
    ("other", "place"), [(SENEN, SENEN), ("31.71.06", "31.71"), (KEBAYORAN_BARU, "31"), (COBLONG, "")]
)
def test_a_pair_knows_the_narrowest_territory_of_both(other: str, place: str) -> None:
    assert pair(SENEN, other)[2].place == place


def test_the_place_of_a_pair_follows_a_move(citra: Actor, ani: Actor) -> None:
    first, _second, candidate = pair()
    DuplicateCandidate.objects.queue("contradiction", first.pk, None, "nama")
    move_member(citra, first, region=COBLONG, moved_on=date(2018, 5, 1))
    assert list(DuplicateCandidate.objects.order_by("id").values_list("place", flat=True)) == ["", COBLONG]
    with pytest.raises(NotFound):
        dismiss_duplicate(ani, candidate)
