"""Two who come in at the same moment, in transactions that see nothing of each other, are found a little later."""

import threading
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from okoce.community.members.jobs import look_for_duplicates_again
from okoce.community.members.models import DuplicateCandidate, Member, SecondLook
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


def came_in(ago: timedelta, names: tuple[str, ...] = ("Siti", "Hj. Siti")) -> None:
    ids = [member_with(name=name, birth_on=BORN).pk for name in names]
    Member.objects.filter(pk__in=ids).update(created_at=timezone.now() - ago)


@pytest.mark.django_db
def test_who_came_in_long_before_the_last_look_is_not_looked_at() -> None:
    look_for_duplicates_again()
    came_in(timedelta(hours=1))
    look_for_duplicates_again()
    assert not DuplicateCandidate.objects.exists()


@pytest.mark.django_db
def test_a_pair_that_came_in_while_nobody_looked_is_found_however_late() -> None:
    look_for_duplicates_again()
    SecondLook.objects.update(looked_until=timezone.now() - timedelta(days=3))
    came_in(timedelta(days=2))
    look_for_duplicates_again()
    assert DuplicateCandidate.objects.count() == 1


@pytest.mark.django_db
def test_the_first_look_is_at_everybody() -> None:
    came_in(timedelta(days=400))
    look_for_duplicates_again()
    assert DuplicateCandidate.objects.count() == 1
