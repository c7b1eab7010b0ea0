"""Every page of the resolver, walked by somebody without any grant, and by somebody whose grant has run out."""

from datetime import date

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.scope import Scope
from tests.cast import SENEN, account_of, officer
from tests.house.test_walk import MATRIX, REFUSED, decisions, visit
from tests.house.world import World, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture


def test_somebody_signed_in_without_any_grant_opens_what_is_public(world: World) -> None:
    client, before = Client(), decisions()
    client.force_login(account_of(Actor(label="hadi")))
    for name, page in MATRIX.items():
        if name == "sign_out":
            continue
        expected = (page.post or page.answer) if page.is_public or page.is_own else REFUSED
        assert visit(client, page, world.address(name, world.near)).status_code == expected, name
    assert decisions() == before


def test_a_grant_that_has_run_out_opens_nothing(world: World) -> None:
    user = account_of(officer("x", "petugas_kecamatan", Scope(region=SENEN), 1))
    with opened_by(Actor.system("test")):
        user.assignments.update(until_on=date(2018, 2, 1))
    client = Client()
    client.force_login(user)
    assert client.get(world.address("member_detail", world.near)).status_code == REFUSED
