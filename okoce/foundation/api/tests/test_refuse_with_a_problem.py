"""Whatever goes wrong leaves as a problem document with a sentence, and never as a 500."""

import json
from typing import Any

import psycopg
import pytest
from django.http import HttpRequest

from okoce.foundation.api.middleware import LARGEST_BODY
from okoce.foundation.api.problems import bare_problem
from tests.callers import MEMBERS, Program, anis_program, person, territory_in_memory  # noqa: F401  (autouse)

pytestmark = pytest.mark.django_db
FUNNEL = "/api/v1/public/funnel"


@pytest.fixture
def ani() -> Program:
    return anis_program()


def assert_problem(answer: Any, status: int, code: str = "") -> None:
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail", "instance", "errors"}
    assert told["status"] == status
    assert told["type"].startswith("urn:okoce:problem:")
    assert told["type"].endswith(code)
    assert len(told["detail"]) > 15
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/api/v1", "/api/v1/", "/api/v1/hantu", "/api/v2/members", "/api/v1/members/", "/api/%00"]
)
def test_an_unknown_address(path: str) -> None:
    assert_problem(Program().get(path), 404, "not_found")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_an_unknown_method(ani: Program, method: str) -> None:
    answer = getattr(ani.client, method)(MEMBERS)
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_no_token_and_a_wrong_one() -> None:
    for token in ("", "salah", "x" * 5000, "\u00e9", "a b"):
        answer = Program(token).get(MEMBERS)
        assert_problem(answer, 401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    basic = Program().get(MEMBERS, Authorization="Basic YTpi")
    assert_problem(basic, 401)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'name': 1}",
        b'{"name": NaN}',
        b'{"name": "\\ud800"}',
        b'{"name": "\xff\xfe"}',
        b"[" * 5000 + b"]" * 5000,
        b'{"a":' * 3000 + b"1" + b"}" * 3000,
        b"1" * 6000,
        b"nan",
    ],
)
def test_a_body_that_is_no_json(ani: Program, body: bytes) -> None:
    assert_problem(ani.post(MEMBERS, body), 400, "unreadable")


@pytest.mark.parametrize("body", [b"[]", b"null", b"1", b'"x"', b"true", b"[[[]]]", b"1e400"])
def test_json_that_is_no_object(ani: Program, body: bytes) -> None:
    assert_problem(ani.post(MEMBERS, body), 422, "invalid")


def test_a_byte_order_mark_is_no_harm(ani: Program) -> None:
    assert ani.post(MEMBERS, b"\xef\xbb\xbf" + json.dumps(person()).encode()).status_code == 201


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"]
)
def test_another_kind_of_body(ani: Program, kind: str) -> None:
    assert_problem(ani.post(MEMBERS, b"name=Siti", content_type=kind), 415, "not_json")


def test_a_huge_body_and_one_without_an_end(ani: Program) -> None:
    assert_problem(ani.post(MEMBERS, b"x" * (LARGEST_BODY + 1)), 413, "too_large")
    endless = ani.client.generic("POST", MEMBERS, headers={"Transfer-Encoding": "chunked"})
    assert_problem(endless, 411, "length_required")


def test_a_foreign_host_name(ani: Program) -> None:
    assert_problem(ani.get(FUNNEL, Host="jahat.example"), 400)


def test_a_failure_of_ours_tells_nothing_about_it(ani: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise ValueError("rahasia")

    monkeypatch.setattr("okoce.dashboards.api.public_funnel", fail)
    answer = ani.get(FUNNEL)
    assert_problem(answer, 500, "unexpected")
    assert b"rahasia" not in answer.content


def test_every_status_has_a_sentence() -> None:
    request = HttpRequest()
    request.path = "/api/v1/a b"
    for status in (400, 404, 405, 411, 413, 415, 418, 500, 503, 599):
        told = json.loads(bare_problem(request, status).content)
        assert told["instance"] == "/api/v1/a%20b"
        assert told["detail"]


def test_while_the_database_is_away_a_program_is_told_when_to_come_back(
    ani: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_asked: object) -> None:
        psycopg.connect("postgresql://nobody@127.0.0.1:1/none", connect_timeout=2)

    monkeypatch.setattr("okoce.dashboards.api.public_funnel", away)
    answer = ani.get(FUNNEL)
    assert_problem(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "5"
