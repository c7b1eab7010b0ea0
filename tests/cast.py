"""The fixed cast: who acts in the tests, and where. A name always means the same person.

Ani is a kecamatan officer in Senen (31.71.04), Budi one in Bandung's Coblong (32.73.02), Citra works at the secretariat,
Dewi audits, Eko is penggerak of the komunitas Mawar, Fitri administrates, Gita works at PTSP in Jakarta (31), Hadi holds
nothing at all.
"""

import pytest

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope

SENEN = "31.71.04"
COBLONG = "32.73.02"
KEBAYORAN_BARU = "31.74.07"


def officer(label: str, role: str, scope: Scope, user_id: int) -> Actor:
    return Actor(label=f"user:{user_id}", user_id=user_id, grants=(Grant(role, scope),))


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
