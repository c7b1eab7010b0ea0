"""Somebody with two grants opens what the one opens in its place and the other in its own, and never more than the two."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.members.models import Helper, Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor, Grant, scope_of_grant
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES, Breadth
from okoce.foundation.access.scope import Scope
from tests.cast import account_of
from tests.house.test_walk import MATRIX, NOT_FOUND, REFUSED, Page, decisions, visit
from tests.house.world import World, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture

NEAR_PARTNER, FAR_PARTNER = 5, 6
ANCHORED = sorted(set(ROLES) - NATIONAL_ROLES - {"anggota"})
# Each role with the next one in a ring: every role stands once near and once far.
PAIRS = [*pairwise(ANCHORED), (ANCHORED[-1], ANCHORED[0])]


def anchored(role: str, person: Member, partner_id: int) -> Scope:
    """The scope of the role that reaches this person, by what the role goes by."""
    breadth = ROLES[role].breadth
    return scope_of_grant(
        role,
        user_id=0,
        region=person.region if breadth is Breadth.TERRITORY else "",
        group_id=person.group_id if breadth is Breadth.GROUP else None,
        partner_id=partner_id if breadth is Breadth.PARTNER else None,
    )


def browser_of_both(near_role: str, far_role: str, world: World) -> Client:
    grants = tuple(
        Grant(role, anchored(role, person, partner))
        for role, person, partner in (
            (near_role, world.near, NEAR_PARTNER),
            (far_role, world.far, FAR_PARTNER),
        )
    )
    user = account_of(Actor(label="both", grants=grants))
    for role, person, partner in (
        (near_role, world.near, NEAR_PARTNER),
        (far_role, world.far, FAR_PARTNER),
    ):
        breadth = ROLES[role].breadth
        if breadth is Breadth.HELPER:
            Helper.objects.create(
                member=person, user_id=user.pk, purpose="mentoring", from_on=date(2018, 1, 1)
            )
        if breadth is Breadth.PARTNER:
            Helper.objects.create(
                member=person, partner_id=partner, purpose="financing", from_on=date(2018, 1, 1)
            )
    client = Client()
    client.force_login(user)
    return client


def allowed(role: str, page: Page) -> bool:
    return role in page.roles


@pytest.mark.parametrize(("near_role", "far_role"), PAIRS)
def test_two_grants_open_what_each_opens_in_its_own_place(
    near_role: str, far_role: str, world: World
) -> None:
    for person in (world.near, world.far):
        person.refresh_from_db()
    client, before = browser_of_both(near_role, far_role, world), decisions()
    for name, page in MATRIX.items():
        if page.about not in {"member", "evidence"}:
            continue
        for here, elsewhere, person in ((near_role, far_role, world.near), (far_role, near_role, world.far)):
            answer = visit_without_doing(client, page, world.address(name, person))
            if allowed(here, page):
                assert answer not in {REFUSED, NOT_FOUND}, f"{here} (beside {elsewhere}) at {name}"
            else:
                assert answer in {REFUSED, NOT_FOUND}, f"{elsewhere}'s right reached {here}'s place at {name}"
    assert decisions() == before


def visit_without_doing(client: Client, page: Page, address: str) -> int:
    """The answer's status; what a deed has done is taken back, so that the next page finds the same world."""
    with transaction.atomic():
        status = visit(client, page, address).status_code
        transaction.set_rollback(True)
    return int(status)


def test_every_role_that_goes_by_a_place_stands_once_on_each_side() -> None:
    assert sorted(near for near, _far in PAIRS) == ANCHORED == sorted(far for _near, far in PAIRS)
