"""Two who come in at the same moment, in transactions that see nothing of each other, are found a little later."""

import threading
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from okoce.community.members.jobs import look_for_duplicates_again
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together

BORN = date(1990, 7, 1)


@pytest.mark.django_db(transaction=True)
def test_a_pair_that_came_in_at_the_same_moment_is_queued_by_the_second_look() -> None:
    both_are_in, both_have_looked = threading.Barrier(2), threading.Barrier(2)

    def deed(place: int) -> int:
        with transaction.atomic():
            member = member_with(name=("Siti", "Hj. Siti")[place], birth_on=BORN)
            both_are_in.wait(10)
            found = DuplicateCandidate.objects.queue_close([member.pk])
            both_have_looked.wait(10)  # before either commits
            return found

    assert together(2, deed) == [0, 0]
    look_for_duplicates_again()
    pair = DuplicateCandidate.objects.get()
    assert {pair.first_id, pair.second_id} == set(Member.objects.values_list("pk", flat=True))
    look_for_duplicates_again()
    assert DuplicateCandidate.objects.count() == 1


@pytest.mark.django_db
def test_who_came_in_long_ago_is_not_looked_at() -> None:
    for name in ("Siti", "Hj. Siti"):
        member_with(name=name, birth_on=BORN)
    Member.objects.update(created_at=timezone.now() - timedelta(hours=1))
    look_for_duplicates_again()
    assert not DuplicateCandidate.objects.exists()
