"""The database refuses two homes on one day, however they are written."""

from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from okoce.community.members.models import Consent, Residence
from okoce.community.members.tests.factories import member_with
from okoce.community.members.tests.together import together
from tests.cast import COBLONG, SENEN

JANUARY, MARCH, MAY = date(2020, 1, 1), date(2020, 3, 1), date(2020, 5, 1)


def live(member_id: int, from_on: date | None, until_on: date | None) -> None:
    with transaction.atomic():
        Residence.objects.create(member_id=member_id, region=COBLONG, from_on=from_on, until_on=until_on)


def live_by_turn(member_id: int, place: int) -> None:
    """Two periods that overlap."""
    live(member_id, *[(None, MARCH), (JANUARY, None)][place])


@pytest.mark.django_db
def test_a_home_without_days_is_the_members_own_row() -> None:
    member = member_with()
    with pytest.raises(IntegrityError):
        live(member.pk, None, None)
    assert (member.region, member.residences.count()) == (SENEN, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("period", [(JANUARY, MARCH), (None, MARCH), (JANUARY, None)])
def test_nothing_overlaps_a_home(period: tuple[date | None, date | None]) -> None:
    member = member_with()
    live(member.pk, None, MARCH)
    live(member.pk, MARCH, None)
    with pytest.raises(IntegrityError):
        live(member.pk, *period)
    assert member.residences.count() == 2


@pytest.mark.django_db
def test_a_home_does_not_lose_its_last_day_beside_a_later_one() -> None:
    member = member_with()
    live(member.pk, None, JANUARY)
    live(member.pk, JANUARY, MARCH)
    for until_on in (None, MARCH):
        with pytest.raises(IntegrityError), transaction.atomic():
            member.residences.filter(until_on=JANUARY).update(until_on=until_on)
    assert member.residences.filter(until_on=JANUARY).count() == 1


@pytest.mark.django_db
def test_periods_that_meet_are_fine() -> None:
    member = member_with()
    live(member.pk, None, JANUARY)
    live(member.pk, JANUARY, MARCH)
    live(member.pk, MAY, None)
    assert member.residences.count() == 3


@pytest.mark.django_db
def test_nobody_else_than_a_member_has_a_home_or_consents() -> None:
    member = member_with()
    with pytest.raises(IntegrityError):
        live(member.pk + 1000, None, MAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(member_id=member.pk + 1000, purpose="contact", text_version="1", given_on=MAY)
    assert Residence.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_that_exclude_each_other_one_is_written() -> None:
    for _round in range(5):
        member = member_with()
        results = together(2, partial(live_by_turn, member.pk))
        # which of them gives way may be told by a deadlock
        assert sum(isinstance(result, DatabaseError) for result in results) == 1
        assert member.residences.count() == 1
