"""Somebody of the secretariat elsewhere opens an emergency where she serves not: it opens what its role opens there and no more,
nothing in a third place, and nothing at all once it is over."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.roles import EMERGENCY_ROLES
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import open_emergency
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_session
from tests.cast import SENEN, account_of, officer
from tests.house.test_walk import MATRIX, NOT_FOUND, REFUSED, decisions
from tests.house.test_walk_with_two_grants import visit_without_doing
from tests.house.world import World, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture

REASON = "Laporan penipuan, petugas di sana sedang sakit"
ABOUT = {
    "member",
    "evidence",
    "group",
    "officer",
    "centre",
    "partner",
    "agreement",
    "contact",
    "referral",
    "request",
}


def opened_near(role: str) -> User:
    account_of(officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12))
    user = account_of(officer("rini", "sekretariat", Scope(region="73"), 21))
    open_emergency(actor_for_session(user), SENEN, REASON, may_write=role == "akses_darurat_menulis")
    return user


@pytest.mark.parametrize("role", sorted(EMERGENCY_ROLES))
def test_it_opens_what_its_role_opens_there_and_no_more(role: str, world: World) -> None:
    client, before = Client(), decisions()
    client.force_login(opened_near(role))
    for name, page in MATRIX.items():
        if page.about not in ABOUT:
            continue
        answer = visit_without_doing(client, page, world.address(name, world.near))
        if role in page.roles:
            assert answer == (page.post or page.answer) or answer not in {REFUSED, NOT_FOUND}, (
                f"{role} at {name}: {answer}"
            )
        else:
            assert answer in {REFUSED, NOT_FOUND}, f"{role} at {name}: {answer}"
        elsewhere = visit_without_doing(client, page, world.address(name, world.far))
        assert elsewhere in {REFUSED, NOT_FOUND}, f"{role} far at {name}: {elsewhere}"
    assert decisions() == before


@pytest.mark.parametrize("role", sorted(EMERGENCY_ROLES))
def test_once_over_it_opens_nothing(role: str, world: World) -> None:
    client, before = Client(), decisions()
    client.force_login(opened_near(role))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        for name, page in MATRIX.items():
            if page.about in ABOUT:
                answer = visit_without_doing(client, page, world.address(name, world.near))
                assert answer in {REFUSED, NOT_FOUND}, f"{role} at {name}: {answer}"
    assert decisions() == before
