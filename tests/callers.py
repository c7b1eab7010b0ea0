"""Programs that call the API: each has a token of its own, and the grants that the test gives it."""

import itertools
import json
from typing import Any

from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for tests that import it)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_token, create_user, grant_role
from okoce.foundation.accounts.models import User
from tests.cast import COBLONG, SENEN

SYSTEM = Actor.system("test")
MEMBERS = "/api/v1/members"
_serials = itertools.count(1)


class Program:
    """A program with or without a token. A failure of ours comes back as 500 instead of as an exception."""

    def __init__(self, token: str = "", user: User | None = None) -> None:
        self.token = token
        self.user = user
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(headers=headers, raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, body: Any, *, key: str = "", **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        repeated = {"Idempotency-Key": key} if key else {}
        return self.client.post(
            path,
            content,
            content_type=headers.pop("content_type", "application/json"),
            headers=repeated | headers,
        )

    def register(self, body: dict[str, Any], *, key: str = "") -> Any:
        return self.post(MEMBERS, body, key=key)


def program(*grants: tuple[str, Anchors], name: str = "Petugas") -> Program:
    """A program with a token whose owner holds these grants; none at all makes a stranger."""
    user = create_user(SYSTEM, NewUser(name=name, email=f"petugas{next(_serials)}@contoh.id"))
    for role, anchors in grants:
        grant_role(SYSTEM, user, role, anchors)
    return Program(create_token(SYSTEM, user, "uji"), user)


def anis_program() -> Program:
    """A kecamatan officer's in Senen."""
    return program(("petugas_kecamatan", Anchors(region=SENEN)), name="Ani")


def budis_program() -> Program:
    """A kecamatan officer's in Coblong."""
    return program(("petugas_kecamatan", Anchors(region=COBLONG)), name="Budi")


def citras_program() -> Program:
    """The secretariat's."""
    return program(("sekretariat", Anchors()), name="Citra")


def person(**told: Any) -> dict[str, Any]:
    """A person as a program registers her: everything that is required, and what the test says."""
    serial = next(_serials)
    least = {"name": f"Siti Aminah {_letters(serial)}", "phone": f"0813{serial:08d}", "region": SENEN}
    return {
        **least,
        "consent": {"witnessed": True, "given_on": "2018-01-02"},
        "registered_on": "2018-01-02",
        **told,
    }


def _letters(serial: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(serial))


def wrong_fields(answer: Any) -> dict[str, str]:
    """The wrong fields of a problem document, each with its sentence."""
    assert answer.status_code == 422, answer.content
    errors = answer.json()["errors"]
    fields = [error["field"] for error in errors]
    assert len(fields) == len(set(fields)), "one entry per wrong field"
    return {error["field"]: error["detail"] for error in errors}
