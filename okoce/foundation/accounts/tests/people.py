"""Accounts for tests."""

from datetime import date

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User

SYSTEM = Actor.system("test")
PASSWORD = "rahasia-sekali-2018"
PHONE = "+6281234567890"
EMAIL = "ani@okoce.contoh"
LONG_AGO = date(2018, 1, 1)


def account(**given: object) -> User:
    told = {"name": "Ani", "phone": PHONE, "email": EMAIL, "password": PASSWORD}
    return create_user(SYSTEM, NewUser(**{**told, **given}))  # type: ignore[arg-type]  # the fields above


def granted(user: User, role: str = "petugas_kecamatan", region: str = "31.71.04", **anchors: int) -> None:
    grant_role(SYSTEM, user, role, Anchors(region=region, **anchors), LONG_AGO)
