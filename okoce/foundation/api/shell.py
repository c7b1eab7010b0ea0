"""Makes the API of version 1; `config` mounts the features' routers on it."""

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

from okoce.foundation.api.docs import ReadableDocs
from okoce.foundation.api.problems import Problem, install_problems

# Declared on every operation, so that the schema tells the truth about refusals.
PROBLEMS: dict[int, type[Problem]] = dict.fromkeys((400, 401, 403, 404, 409, 413, 415, 422, 429), Problem)


def make_api() -> NinjaAPI:
    """The API without operations yet. CSRF does not apply: callers bring a token, never a cookie."""
    docs: DocsBase = ReadableDocs()
    api = NinjaAPI(
        title="OK OCE API",
        version="1.0.0",
        description="Satu orang, tujuh tahap. Kunci API dibuat dengan `okoce token create`.",
        urls_namespace="api-v1",
        docs=docs,
    )
    install_problems(api)
    return api


def answers(success: dict[int, object]) -> dict[int, object]:
    """The responses of an operation: its successes and every problem."""
    return {**success, **PROBLEMS}


def caller_of(request: HttpRequest):  # type: ignore[no-untyped-def]  # Actor; the attribute is set by TokenAuth
    return request.actor
