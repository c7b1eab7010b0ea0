"""Every operation of the API, also one that is added tomorrow: nobody without a token, nobody without a grant, no change."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from okoce.community.members.actions.cards import issue_card
from okoce.community.members.tests.factories import member_with
from okoce.config.api import api
from okoce.foundation.api.auth import TokenAuth
from tests.callers import Program, citras_program, person, program, territory_in_memory  # noqa: F401  (autouse)
from tests.cast import SYSTEM

PUBLIC = {("GET", "/api/v1/public/funnel"), ("GET", "/api/v1/public/verify/{code}")}
# A body for each write: one that an officer with the right would have taken.
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/v1/members"): person(),
    ("POST", "/api/v1/members/{number}/evidence"): {"stage": "P2", "happened_on": "2018-03-01"},
}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def guarded() -> list[tuple[str, str]]:
    return [(method, path) for method, path, _operation in operations() if (method, path) not in PUBLIC]


def rows() -> dict[str, int]:
    """How many rows each table of ours has."""
    counted = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model.__module__.startswith("okoce."):
                cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)}")
                counted[model._meta.label] = cursor.fetchone()[0]
    return counted


def called(caller: Program, method: str, path: str, number: str) -> Any:
    address = path.replace("{number}", number)
    if method == "GET":
        return caller.get(address)
    assert (method, path) in BODIES, f"add a body for {method} {path}: the walk must get past its shape"
    return caller.post(address, BODIES[method, path], key="jalan")


@pytest.mark.django_db
def test_the_anonymous_and_the_stranger_are_refused_everywhere_and_change_nothing() -> None:
    number = citras_program().register(person()).json()["number"]
    stranger, forged = program(), Program("x" * 43)
    before = rows()
    for method, path in guarded():
        for caller, status in ((Program(), 401), (forged, 401), (stranger, 403)):
            answer = called(caller, method, path, number)
            assert answer.status_code == status, (method, path, answer.content)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert number not in answer.content.decode().replace(path.replace("{number}", number), "")
    assert rows() == before


@pytest.mark.django_db
def test_an_officer_gets_past_the_same_doors() -> None:
    """Lest the walk be refused for another reason than the one it tests."""
    citra = citras_program()
    number = citra.register(person()).json()["number"]
    for method, path in guarded():
        assert called(citra, method, path, number).status_code in {200, 201}, (method, path)


@pytest.mark.django_db
def test_public_operations_need_no_token() -> None:
    card = issue_card(SYSTEM, member_with())
    for _method, path in PUBLIC:
        assert Program().get(path.replace("{code}", card.code)).status_code == 200


def test_every_guarded_operation_names_its_permission() -> None:
    bare = [
        (operation.methods, operation.path)
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
        if not any(isinstance(auth, TokenAuth) for auth in operation.auth_callbacks)
        and router.prefix != "/public"
    ]
    assert bare == []
