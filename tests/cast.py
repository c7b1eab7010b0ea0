"""The fixed cast: who acts in the tests, and where. A name always means the same person.

Ani is a kecamatan officer in Senen (31.71.04), Budi one in Bandung's Coblong (32.73.02), Citra works at the secretariat,
Dewi audits, Fitri administrates, Gita works at PTSP in Jakarta (31), Hadi holds nothing at all.
"""

import time
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from okoce.community.members.numbers import member_number
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.verification import brake

SENEN = "31.71.04"
COBLONG = "32.73.02"
KEBAYORAN_BARU = "31.74.07"


SYSTEM = Actor.system("test")
_accounts = count(1)


def officer(label: str, role: str, scope: Scope, user_id: int) -> Actor:
    return Actor(label=f"user:{user_id}", user_id=user_id, grants=(Grant(role, scope),))


@pytest.fixture
def one_span(monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions that are counted by the quarter of an hour all fall into the beginning of one, whatever the clock says."""
    begin = int(time.time()) // brake.SPAN_SECONDS * brake.SPAN_SECONDS
    monkeypatch.setattr(brake, "_clock", lambda: begin)


@pytest.fixture
def ani() -> Actor:
    return officer("ani", "petugas_kecamatan", Scope(region=SENEN), 1)


@pytest.fixture
def budi() -> Actor:
    return officer("budi", "petugas_kecamatan", Scope(region=COBLONG), 2)


@pytest.fixture
def citra() -> Actor:
    return officer("citra", "sekretariat", EVERYWHERE, 3)


@pytest.fixture
def dewi() -> Actor:
    return officer("dewi", "auditor", EVERYWHERE, 4)


@pytest.fixture
def fitri() -> Actor:
    return officer("fitri", "administrator", EVERYWHERE, 6)


@pytest.fixture
def gita() -> Actor:
    return officer("gita", "petugas_ptsp", Scope(region="31"), 7)


@pytest.fixture
def hadi() -> Actor:
    return Actor(label="user:8", user_id=8)


def own_number() -> dict[str, Any]:
    """The id of a record that is to be written past the register, and the member number made of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('members_member_id_seq')")
        (record_id,) = cursor.fetchone()
    return {"id": record_id, "number": member_number(record_id)}


def account_of(actor: Actor) -> User:
    """An account with the actor's grants; each call makes another one."""
    user = create_user(SYSTEM, NewUser(name=f"Uji {actor.label}", email=f"uji{next(_accounts)}@okoce.contoh"))
    for grant in actor.grants:
        if grant.scope.member_id is not None:
            User.objects.filter(pk=user.pk).update(member_id=grant.scope.member_id)
            continue
        anchors = Anchors(grant.scope.region, grant.scope.group_id, grant.scope.partner_id)
        grant_role(SYSTEM, user, grant.role, anchors, date(2018, 1, 1))
    return user


@pytest.fixture
def desk(db: None) -> Callable[[Actor], Client]:
    """A browser in which somebody of the cast has signed in: `desk(ani).get("/anggota")`."""

    def signed_in(actor: Actor) -> Client:
        client = Client()
        client.force_login(account_of(actor))
        return client

    return signed_in
