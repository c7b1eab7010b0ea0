"""Every operation of the API as every role: the matrix says who may; nobody reads or writes in a stranger's place."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Helper, Member
from okoce.foundation.access.roles import NATIONAL_ROLES, ROLES, Breadth
from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.accounts.models import User
from okoce.pipeline.models import Evidence, Standstill
from tests.callers import (
    MEMBERS,
    Program,
    citras_program,
    person,
    program,
    territory_in_memory,  # noqa: F401  (a fixture for every test here)
)
from tests.cast import COBLONG, SENEN
from tests.house.test_api_walk import PUBLIC, called, guarded

pytestmark = pytest.mark.django_db

EVERYBODY = frozenset(ROLES)
READS_PEOPLE = EVERYBODY - {"pengurus_cabang"}
HANDS_IN = READS_PEOPLE - {"anggota", "auditor", "kontak_mitra", "petugas_pelindungan_data"}
REGISTERS = frozenset(
    {
        "penggerak",
        "pengurus_komunitas",
        "petugas_kecamatan",
        "petugas_skpd",
        "sekretariat",
        "administrator",
    }
)
# Who may call an operation; one that is missing here fails the first test.
MATRIX: dict[tuple[str, str], frozenset[str]] = {
    ("GET", MEMBERS): READS_PEOPLE,
    ("POST", MEMBERS): REGISTERS,
    ("GET", f"{MEMBERS}/{{number}}"): READS_PEOPLE,
    ("GET", f"{MEMBERS}/{{number}}/journey"): READS_PEOPLE,
    ("POST", f"{MEMBERS}/{{number}}/evidence"): HANDS_IN,
}
OUR_PARTNER = 5


class World:
    """Two people whom nothing connects: one of Senen in our komunitas, whom our bank helps, and one of Coblong in another."""

    def __init__(self) -> None:
        citra = citras_program()
        self.our_group, self.their_group = active_group("Mawar").pk, active_group("Melati").pk
        self.near = self._registered(citra, region=SENEN, group=self.our_group)
        self.far = self._registered(citra, region=COBLONG, group=self.their_group)

    @staticmethod
    def _registered(citra: Program, **told: Any) -> Member:
        return Member.objects.get(number=citra.register(person(**told)).json()["number"])

    def caller(self, role: str) -> Program:
        """Somebody with that role alone, who reaches the near person by what the role goes by."""
        breadth = ROLES[role].breadth
        if breadth is Breadth.SELF:
            caller = program(name=role)
            User.objects.filter(pk=caller.user.pk).update(member_id=self.near.pk)
            return caller
        anchors = {
            Breadth.TERRITORY: Anchors(region=SENEN),
            Breadth.GROUP: Anchors(group_id=self.our_group),
            Breadth.PARTNER: Anchors(partner_id=OUR_PARTNER),
        }
        caller = program((role, anchors.get(breadth, Anchors())), name=role)
        for helper in ({"user_id": caller.user.pk}, {"partner_id": OUR_PARTNER}):
            Helper.objects.create(member=self.near, purpose="mentoring", from_on=date(2018, 1, 1), **helper)
        return caller

    def newcomer(self, region: str, group_id: int) -> dict[str, Any]:
        return person(region=region, group=group_id)


@pytest.fixture
def world() -> World:
    return World()


def tried(
    caller: Program, operation: tuple[str, str], member: Member, newcomer: dict[str, Any]
) -> tuple[int, str]:
    """Status and words of the answer; what was written is taken back, so that the next operation finds the same world."""
    method, path = operation
    with transaction.atomic():
        answer = (
            caller.register(newcomer)
            if operation == ("POST", MEMBERS)
            else called(caller, method, path, member.number)
        )
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode()


def written() -> tuple[int, int, int]:
    return Member.objects.count(), Evidence.objects.count(), Standstill.objects.count()


def test_every_operation_stands_in_the_matrix() -> None:
    assert sorted(guarded()) == sorted(MATRIX), "say in MATRIX who may call it"
    assert not set(MATRIX) & PUBLIC


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_calls_its_operations_in_its_own_place_and_no_others(role: str, world: World) -> None:
    caller = world.caller(role)
    for operation, roles in MATRIX.items():
        status, _words = tried(caller, operation, world.near, world.newcomer(SENEN, world.our_group))
        expected = {200, 201} if role in roles else {403}
        assert status in expected, f"{role} at {operation}: {status}"


@pytest.mark.parametrize("role", sorted(set(ROLES) - NATIONAL_ROLES))
def test_no_role_reads_or_writes_in_a_strangers_place(role: str, world: World) -> None:
    caller, before = world.caller(role), written()
    for operation, roles in MATRIX.items():
        status, words = tried(caller, operation, world.far, world.newcomer(COBLONG, world.their_group))
        assert world.far.name not in words, f"{role} at {operation}"
        if operation == ("GET", MEMBERS):
            assert world.far.number not in words
        elif operation == ("POST", MEMBERS) or role not in roles:
            assert status == 403, f"{role} at {operation}: {status}"
        else:
            assert status == 404, f"{role} at {operation}: {status}"
    assert written() == before
