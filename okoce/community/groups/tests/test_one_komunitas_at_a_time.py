"""The database refuses two komunitas on one day, however they are written."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from okoce.community.groups.models import Membership
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.factories import member_with

JANUARY, MARCH = date(2020, 1, 1), date(2020, 3, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("period", [(None, None), (JANUARY, MARCH), (None, MARCH), (JANUARY, None)])
def test_nothing_stands_beside_a_membership_without_days(period: tuple[date | None, date | None]) -> None:
    member, group, other = member_with(), active_group("Melati"), active_group("Mawar")
    Membership.objects.create(member=member, group=group)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=member, group=other, from_on=period[0], until_on=period[1])
    assert [one.group_id for one in member.memberships.all()] == [group.pk]
