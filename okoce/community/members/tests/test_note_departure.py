from datetime import date, timedelta

import pytest

from okoce.community.members.actions.departures import note_departure, note_return
from okoce.community.members.models import Consent, Member
from okoce.community.members.tests.factories import NEW_YEAR, member_with
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.shared.errors import Conflict, Invalid, NotFound
from tests.cast import SYSTEM

pytestmark = pytest.mark.django_db
MAY = date(2018, 5, 1)


def test_leaving_and_coming_back_stand_in_the_history(ani: Actor) -> None:
    member = member_with()
    for _click in range(2):
        note_departure(ani, member, MAY)
    assert Member.objects.get(pk=member.pk).left_on == MAY
    for _click in range(2):
        note_return(ani, member)
    assert Member.objects.get(pk=member.pk).left_on is None
    assert [line.kind for line in history_of(ani, member)] == [
        "members.member_returned",
        "members.consent_withdrawn",
        "members.member_left",
    ]
    assert not Consent.objects.filter(member=member, withdrawn_on__isnull=True).exists()


@pytest.mark.parametrize("day", [NEW_YEAR - timedelta(days=1), latest_today() + timedelta(days=2)])
def test_impossible_days_are_refused(ani: Actor, day: date) -> None:
    member = member_with()
    with pytest.raises(Invalid):
        note_departure(ani, member, day)
    assert Member.objects.get(pk=member.pk).left_on is None


def test_an_officer_of_another_area_finds_nobody(budi: Actor) -> None:
    member = member_with()
    with pytest.raises(NotFound):
        note_departure(budi, member, MAY)
    assert Member.objects.get(pk=member.pk).left_on is None


@pytest.mark.parametrize("left_on", [None, MAY])
def test_a_merged_record_neither_leaves_nor_comes_back(ani: Actor, left_on: date | None) -> None:
    kept, gone = member_with(), member_with(name="S. Aminah")
    Member.objects.filter(pk=gone.pk).update(merged_into=kept, left_on=left_on)
    for deed in (lambda: note_departure(ani, gone, date(2018, 6, 1)), lambda: note_return(ani, gone)):
        with pytest.raises(Conflict, match="sudah digabung"):
            deed()
    assert list(Member.objects.order_by("pk").values_list("left_on", flat=True)) == [None, left_on]
    assert history_of(SYSTEM, gone) == []
