"""Who helps the people of a list: for whom the reader reaches, by whatever grant, and for nobody else."""

from datetime import timedelta

import pytest

from okoce.community.members.models import Helper, Member
from okoce.community.members.queries import helpers_of
from okoce.community.members.states import HelperPurpose
from okoce.community.members.tests.factories import member_with
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.shared.days import today_wib
from tests.cast import COBLONG, SENEN
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
BUDI, CITRA = 71, 72


def helped(member: Member, user_id: int, days: int = 5, until: int | None = None) -> None:
    today = today_wib()
    Helper.objects.create(
        member=member,
        user_id=user_id,
        purpose=HelperPurpose.MENTORING,
        from_on=today - timedelta(days),
        until_on=None if until is None else today + timedelta(until),
    )


@pytest.fixture
def near() -> Member:
    member = member_with(region=SENEN)
    helped(member, CITRA, days=3)
    helped(member, BUDI, days=9, until=1)
    helped(member, 73, days=9, until=0)
    helped(member, 74, days=-1)
    return member


@pytest.fixture
def far() -> Member:
    member = member_with(region=COBLONG)
    helped(member, BUDI)
    return member


def reader(*scopes: Scope) -> Actor:
    return Actor("user:9", 9, tuple(Grant("pelatih", scope) for scope in scopes))


def test_helpers_of_today_come_in_the_order_in_which_they_began(near: Member, far: Member) -> None:
    assert helpers_of(reader(EVERYWHERE), [near, far]) == {near.pk: [BUDI, CITRA], far.pk: [BUDI]}


def test_a_member_out_of_reach_has_none_even_beside_others(near: Member, far: Member) -> None:
    assert helpers_of(reader(Scope(region=SENEN)), [near, far]) == {near.pk: [BUDI, CITRA]}
    assert helpers_of(reader(Scope(region="32")), [near]) == {}
    assert helpers_of(reader(Scope()), [near]) == {}
    assert helpers_of(Actor.anonymous(), [near]) == {}


def test_who_helps_somebody_sees_her_helpers(near: Member, far: Member) -> None:
    assert helpers_of(reader(Scope(helper_user_id=CITRA)), [near, far]) == {near.pk: [BUDI, CITRA]}


@pytest.mark.parametrize("scope", [EVERYWHERE, Scope(region="31"), Scope(helper_user_id=CITRA)])
def test_one_question_whoever_asks(near: Member, scope: Scope) -> None:
    assert len(statements(lambda: helpers_of(reader(scope), [near]))) == 1
