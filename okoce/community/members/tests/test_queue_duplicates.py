from datetime import date

import pytest
from django.db import connection, transaction

from okoce.community.members import duplicates
from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.factories import member_with

pytestmark = pytest.mark.django_db
PHONE = "0812 3456 7890"


def queued(*members: Member) -> list[tuple[int, int | None, str]]:
    DuplicateCandidate.objects.queue_close([member.pk for member in members])
    return list(DuplicateCandidate.objects.order_by("id").values_list("first_id", "second_id", "reason"))


def test_one_phone_with_similar_names_is_queued_once_whoever_came_last() -> None:
    first, second = (
        member_with(name="Siti Aminah", phone=PHONE),
        member_with(name="Siti Aminnah", phone=PHONE),
    )
    expected = [(first.pk, second.pk, "same_phone_similar_name")]
    assert queued(second) == expected
    assert queued(first) == expected
    assert queued(first, second) == expected


def test_a_family_that_shares_a_phone_is_left_alone() -> None:
    first, second = member_with(name="Siti Aminah", phone=PHONE), member_with(name="Bambang", phone=PHONE)
    assert queued(first, second) == []


def test_one_name_with_one_birth_date_is_queued() -> None:
    born = date(1990, 7, 1)
    first, second = member_with(name="Siti", birth_on=born), member_with(name="Hj. Siti", birth_on=born)
    assert queued(second) == [(first.pk, second.pk, "same_name_and_birth_date")]


def test_namesakes_are_found_through_their_index() -> None:
    """Whatever is asked must be what the index holds, to the letter: otherwise everybody is read for each newcomer."""
    statement = duplicates._QUEUE_MANY.replace("%(ids)s", "'{1}'")
    with transaction.atomic(), connection.cursor() as cursor:
        # what is cheap for the few people of a test is not for a million
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
        )
        cursor.execute("EXPLAIN " + statement)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "members_member_namesake" in plan


def test_one_name_without_a_birth_date_is_nobody_in_particular() -> None:
    assert queued(member_with(name="Siti"), member_with(name="Siti", birth_on=date(1990, 7, 1))) == []


def test_merged_records_are_not_suspected() -> None:
    first, second = (
        member_with(name="Siti Aminah", phone=PHONE),
        member_with(name="Siti Aminnah", phone=PHONE),
    )
    Member.objects.filter(pk=first.pk).update(merged_into=second)
    assert queued(second) == []


def test_a_decided_pair_is_not_queued_again() -> None:
    first, second = (
        member_with(name="Siti Aminah", phone=PHONE),
        member_with(name="Siti Aminnah", phone=PHONE),
    )
    queued(first)
    DuplicateCandidate.objects.update(state="different")
    queued(first, second)
    assert DuplicateCandidate.objects.filter(state="open").count() == 0


def test_nobody_is_asked_about_nobody() -> None:
    assert queued() == []
