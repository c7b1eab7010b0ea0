"""The database refuses two homes on one day, however they are written."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from okoce.community.members.models import Residence
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from tests.cast import COBLONG, SENEN

JANUARY, MARCH, MAY = date(2020, 1, 1), date(2020, 3, 1), date(2020, 5, 1)
PERIODS = [(None, None), (JANUARY, MARCH), (None, MARCH), (JANUARY, None)]


def live(member_id: int, from_on: date | None, until_on: date | None) -> None:
    with transaction.atomic():
        Residence.objects.create(member_id=member_id, region=COBLONG, from_on=from_on, until_on=until_on)


@pytest.mark.django_db
@pytest.mark.parametrize("period", PERIODS)
def test_nothing_stands_beside_a_home_without_days(period: tuple[date | None, date | None]) -> None:
    member = member_with()
    with pytest.raises(IntegrityError):
        live(member.pk, *period)
    assert list(member.residences.values_list("region", "from_on", "until_on")) == [(SENEN, None, None)]


@pytest.mark.django_db
def test_a_home_does_not_lose_its_days_beside_another() -> None:
    member = member_with()
    member.residences.update(until_on=JANUARY)
    live(member.pk, JANUARY, MARCH)
    with pytest.raises(IntegrityError), transaction.atomic():
        member.residences.filter(until_on=JANUARY).update(until_on=None)
    assert member.residences.filter(until_on=None).count() == 0


@pytest.mark.django_db
def test_periods_that_meet_are_fine() -> None:
    member = member_with()
    member.residences.update(until_on=JANUARY)
    live(member.pk, JANUARY, MARCH)
    live(member.pk, MAY, None)
    assert member.residences.count() == 3


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_that_exclude_each_other_one_is_written() -> None:
    for _round in range(5):
        member = member_with()
        member.residences.all().delete()
        results = together(2, lambda place, of=member: live(of.pk, *PERIODS[place]))  # type: ignore[misc]
        assert [type(result) for result in results].count(IntegrityError) == 1
        assert member.residences.count() == 1
