"""Thousands of made-up requests against the whole application: no 500, and every answer is one that the document promises."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

from tests.callers import MEMBERS, Program, citras_program, person, territory_in_memory  # noqa: F401  (autouse)

pytestmark = pytest.mark.django_db
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# What the document cannot say: that "Wulan" is no telephone number. The use cases' own tests say what is accepted.
EXCLUDED = [positive_data_acceptance, unsupported_method]
FEW, MANY = 25, 300


@pytest.fixture
def document(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The application's document. The end of a request leaves the test's connection, and its transaction, open."""
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def number() -> str:
    return str(citras_program().register(person()).json()["number"])


def operations(document: Any) -> Iterator[Any]:
    for found in document.get_all_operations():
        yield found.ok()


def try_out(operation: Any, mode: GenerationMode, most: int, send: Callable[[Any], None]) -> None:
    """Send made-up requests to one operation. The same ones each time, so that a failure can be looked into."""

    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        send(case)

    one()


def try_everything(document: Any, caller: Program, number: str, most: int) -> int:
    sent: list[str] = []
    headers = {"Accept-Encoding": "identity"}  # schemathesis unpacks nothing within the process
    if caller.token:
        headers["Authorization"] = f"Bearer {caller.token}"

    def send(case: Any) -> None:
        # a third of them about somebody who exists: behind a number that nobody has stands little code
        if "number" in (case.path_parameters or {}) and len(sent) % 3 == 0:
            case.path_parameters["number"] = number
        sent.append(case.operation.label)
        case.call_and_validate(headers=headers, excluded_checks=EXCLUDED + _moot(case))

    for operation in operations(document):
        for mode in MODES:
            if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
                continue  # any text may stand in the address: there is nothing to say wrongly
            try_out(operation, mode, most, send)
    return len(sent)


def _moot(case: Any) -> list[Any]:
    """A wrong body must be refused. Unknown words in the address are let pass, and the token is ours, not the made-up one."""
    body = case.meta.components.get(ParameterLocation.BODY)
    return [] if body and body.mode is GenerationMode.NEGATIVE else [negative_data_rejection]


@pytest.mark.parametrize("caller", ["anonymous", "officer"])
def test_no_answer_contradicts_the_document(document: Any, number: str, caller: str) -> None:
    program = Program() if caller == "anonymous" else citras_program()
    assert try_everything(document, program, number, FEW) > FEW * 6


@pytest.mark.long
@pytest.mark.parametrize("caller", ["anonymous", "officer"])
def test_no_answer_contradicts_the_document_in_many_cases(document: Any, number: str, caller: str) -> None:
    program = Program() if caller == "anonymous" else citras_program()
    assert try_everything(document, program, number, MANY) > MANY * 6


def test_the_document_is_tried_as_a_whole(document: Any) -> None:
    assert len(list(operations(document))) >= 6
    assert Program().get(MEMBERS).status_code == 401
