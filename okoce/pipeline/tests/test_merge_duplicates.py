"""Whoever reviews both records merges and undoes; queue, account and history follow."""

from datetime import date

import pytest

from okoce.community.members.actions.reviews import dismiss_duplicate, settle_contradiction
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.pipeline.actions.merging import merge_duplicate
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.queries.merges import older_records_of
from okoce.pipeline.tests.factories import SYSTEM, registered, walked_to
from okoce.pipeline.tests.test_undo_merge import merged
from tests.cast import COBLONG, SENEN

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH, APRIL, MAY, JUNE = (date(2018, month, 1) for month in range(1, 7))
NIK = "3171044107900001"


def test_whoever_reaches_both_records_may_undo_and_nobody_else(
    citra: Actor, ani: Actor, budi: Actor, gita: Actor
) -> None:
    near = merged(citra, registered(region=SENEN), registered(region=SENEN))
    apart = merged(citra, registered(region=SENEN), registered(region=COBLONG))
    for actor, merge, refusal in ((budi, near, NotFound), (ani, apart, NotFound), (gita, near, NotAllowed)):
        with pytest.raises(refusal):
            undo_merge(actor, merge)
    assert Merge.objects.filter(undone_at__isnull=True).count() == 2
    assert undo_merge(ani, near).undone_by == ani.user_id


def test_the_history_of_the_kept_tells_the_others_too_until_it_is_undone(citra: Actor) -> None:
    keep, absorb = registered(), walked_to(2)

    def told(member: Member) -> list[str]:
        return [line.kind for line in history_of(citra, member, also=older_records_of(citra, member))]

    before = told(keep), told(absorb)
    merge = merged(citra, keep, absorb)
    assert told(keep).count("pipeline.stage_completed") == 3
    undo_merge(citra, merge)
    both = ["pipeline.merge_undone", "pipeline.members_merged"]
    assert (told(keep), told(absorb)) == ([*both, *before[0]], [*both, *before[1]])


def test_the_pair_waits_again_and_what_was_decided_since_about_the_kept_stays(citra: Actor) -> None:
    keep, absorb, third, fourth = registered(), registered(), registered(), registered()
    for other in (keep, third, fourth):
        DuplicateCandidate.objects.queue("same_phone_similar_name", absorb.pk, other.pk)
    merge = merged(citra, keep, absorb)
    dismiss_duplicate(citra, DuplicateCandidate.objects.pair(keep.pk, third.pk).get())
    undo_merge(citra, merge)
    states = {
        frozenset((row.first_id, row.second_id)): row.state
        for row in DuplicateCandidate.objects.order_by("id")
    }
    assert states == {
        frozenset((keep.pk, absorb.pk)): "open",
        frozenset((third.pk, absorb.pk)): "open",
        frozenset((fourth.pk, absorb.pk)): "open",
        frozenset((third.pk, keep.pk)): "different",
    }


def states_alone(member: Member) -> dict[str, str]:
    rows = DuplicateCandidate.objects.filter(first=member, second__isnull=True)
    return dict(rows.order_by("id").values_list("field", "state"))


def test_a_contradiction_that_was_settled_is_not_asked_again_by_a_merge_or_its_undoing(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    DuplicateCandidate.objects.queue("contradiction", absorb.pk, None, "alamat")
    DuplicateCandidate.objects.queue("contradiction", absorb.pk, None, "nama")
    settle_contradiction(citra, DuplicateCandidate.objects.get(field="alamat"))
    merge = merged(citra, keep, absorb)
    assert states_alone(keep) == {"alamat": "different", "nama": "open"}
    assert not DuplicateCandidate.objects.queue("contradiction", keep.pk, None, "alamat")
    settle_contradiction(citra, DuplicateCandidate.objects.waiting().get(field="nama"))
    undo_merge(citra, merge)
    assert states_alone(absorb) == {"alamat": "different", "nama": "different"}
    assert states_alone(keep) == {"nama": "different"}
    for member in (keep, absorb):
        assert not DuplicateCandidate.objects.queue("contradiction", member.pk, None, "nama")


def test_a_contradiction_that_nobody_settled_waits_again_with_whom_it_is_about(citra: Actor) -> None:
    keep, absorb = registered(), registered()
    DuplicateCandidate.objects.queue("contradiction", absorb.pk, None, "nama")
    undo_merge(citra, merged(citra, keep, absorb))
    assert (states_alone(keep), states_alone(absorb)) == ({}, {"nama": "open"})


def test_a_pair_is_merged_by_whoever_reviews_both_and_the_chosen_record_stays(
    ani: Actor, budi: Actor
) -> None:
    first, second = registered(), registered()
    DuplicateCandidate.objects.queue("same_phone_similar_name", first.pk, second.pk)
    candidate = DuplicateCandidate.objects.get()
    with pytest.raises(NotFound):
        merge_duplicate(budi, candidate, keep_id=second.pk)
    stranger = registered()
    for keep_id in (stranger.pk, 0):
        with pytest.raises(Exception, match="Pilih"):
            merge_duplicate(ani, candidate, keep_id=keep_id)
    assert not Merge.objects.exists()
    merge_duplicate(ani, candidate, keep_id=second.pk)
    assert Member.objects.get(pk=first.pk).merged_into_id == second.pk
    assert DuplicateCandidate.objects.get().state == "merged"


def test_an_account_follows_the_person_and_goes_back(citra: Actor) -> None:
    from okoce.foundation.accounts.actions import NewUser, create_user
    from okoce.foundation.accounts.models import User

    keep, absorb = registered(), registered()
    user = create_user(SYSTEM, NewUser(name="Siti", email="siti@contoh.id"))
    with opened_by(SYSTEM):
        User.objects.filter(pk=user.pk).update(member_id=absorb.pk)
    merge = merged(citra, keep, absorb)
    assert User.objects.get(pk=user.pk).member_id == keep.pk
    undo_merge(citra, merge)
    assert User.objects.get(pk=user.pk).member_id == absorb.pk
