"""No two records bear one number: the database refuses a number that is not made of the record's own id."""

import pytest
from django.db import IntegrityError, transaction

from okoce.community.members.models import Member
from okoce.community.members.numbers import member_number
from okoce.community.members.tests.factories import member_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["the other's", "", "OK", "OK--", "OK-00000000-0", "1"])
def test_another_number_is_refused(number: str) -> None:
    member, other = member_with(name="Siti"), member_with(name="Wati")
    wanted = other.number if number == "the other's" else number
    with pytest.raises(IntegrityError, match="members_member_number_of_id"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(number=wanted)
    assert Member.objects.get(pk=member.pk).number == member_number(member.pk)


@pytest.mark.parametrize("record_id", [90_000_123, 99_999_999, 100_000_000, 2**63 - 1])
def test_numbers_of_few_and_of_many_digits_are_taken(record_id: int) -> None:
    member = member_with()
    Member.objects.bulk_create(
        [
            Member(
                id=record_id, number=member_number(record_id), name="A", name_key="a", region=member.region,
                registered_on=member.registered_on,
            )
        ]
    )  # fmt: skip
    assert Member.objects.get(pk=record_id).number == member_number(record_id)
