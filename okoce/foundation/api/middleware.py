"""What holds for every address of the API: a sensible body, the caller's language, and refusals as problem documents."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from okoce.foundation.api.problems import PROBLEM_TYPE, bare_problem

Respond = Callable[[HttpRequest], HttpResponse]

PREFIX = "/api/"
PAGES = frozenset({"/api/v1/docs"})
LARGEST_BODY = 1_000_000


class ApiMiddleware:
    """Stands before everything that could refuse with a page; leaves other addresses alone."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX) or request.path_info in PAGES:
            return self.respond(request)
        language = _language_of(request)
        request.asked_language = language  # type: ignore[attr-defined]  # read by the language middleware of the pages
        with translation.override(language):
            refused = _refused_body(request)
            response = bare_problem(request, refused) if refused else self.respond(request)
            if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM_TYPE:
                response = _as_problem(request, response)
        response.headers["Content-Language"] = language
        return response


def _language_of(request: HttpRequest) -> str:
    """The first language of `Accept-Language` that we speak; Indonesian by default."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        spoken = code.partition("-")[0]
        if spoken in dict(settings.LANGUAGES):
            return spoken
    return settings.LANGUAGE_CODE


def _refused_body(request: HttpRequest) -> int | None:
    """The status for a body that is too large, without an end, or no JSON; None where it may be read."""
    told = request.META.get("CONTENT_LENGTH") or "0"
    length = int(told) if told.isascii() and told.isdigit() else 0
    if not length:
        return 411 if request.headers.get("Transfer-Encoding") else None
    if length > LARGEST_BODY:
        return 413
    is_json = request.content_type == "application/json" or (request.content_type or "").endswith("+json")
    return None if is_json else 415


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    told = bare_problem(request, response.status_code)
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told
