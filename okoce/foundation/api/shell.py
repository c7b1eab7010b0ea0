"""Makes the API of version 1; `config` mounts the features' routers on it."""

from typing import Any

from django.utils.functional import cached_property
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from okoce.foundation.api.docs import ReadableDocs
from okoce.foundation.api.parsing import StrictParser
from okoce.foundation.api.problems import PROBLEM_TYPE, Problem, install_problems

# English, like the names in it: one document for every programmer. Only what people read of an answer follows their language.
DESCRIPTION = """One person, seven stages: register members, see their journey, hand in evidence, read the funnel.

A token is made with `okoce token create` and sent as `Authorization: Bearer TOKEN`; a caller sees only what lies within the
scope of the token's owner. Errors are RFC 9457 documents (`application/problem+json`) with one entry per wrong field.
Lists are paged: `?limit=&cursor=` gives `{"items": […], "next": CURSOR|null}`. Writes take an `Idempotency-Key`. Days are
written `2026-11-21`. Sentences for people are Indonesian; `Accept-Language: en` gives them in English."""

READING = (401, 403, 422)
WRITING = (400, 401, 403, 409, 411, 413, 415, 422)


class Api(NinjaAPI):
    """NinjaAPI whose OpenAPI document tells that refusals are problem documents."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return self._document

    @cached_property
    def _document(self) -> OpenAPISchema:
        document = super().get_openapi_schema()
        for operations in document["paths"].values():
            for operation in operations.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
        return document


def make_api() -> Api:
    """The API without operations yet. CSRF does not apply: callers bring a token, never a cookie."""
    api = Api(
        title="OK OCE API",
        version="1.0.0",
        description=DESCRIPTION,
        urls_namespace="api-v1",
        docs=ReadableDocs(),
        parser=StrictParser(),
    )
    install_problems(api)
    return api


# What the OpenAPI document says of an operation that may answer `moved`.
MOVES: dict[str, Any] = {
    "responses": {
        301: {
            "headers": {
                "Location": {
                    "description": "The same address for the surviving record.",
                    "schema": {"type": "string", "format": "uri-reference"},
                }
            }
        }
    }
}


def answers(success: dict[int, object], *problems: int) -> dict[int, object]:
    """The responses of an operation: its successes, and a problem document for each of its refusals."""
    return {**success, **dict.fromkeys(sorted(problems), Problem)}
