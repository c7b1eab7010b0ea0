"""What holds for every address of the API: a sensible body, the caller's language, and refusals as problem documents.

Operations are called straight from here. Sessions, cookies, messages and forms concern pages: a call of the API neither pays
for them nor can be touched by them.
"""

from collections.abc import Callable

import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from okoce.foundation.api.problems import PROBLEM_TYPE, bare_problem, unexpected_problem

log = structlog.get_logger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]

PREFIX = "/api/"
PAGES = frozenset({"/api/v1/docs"})
LARGEST_BODY = 1_000_000


class ApiMiddleware:
    """Stands before everything that belongs to pages; leaves other addresses alone."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.gzip = GZipMiddleware(respond)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX) or request.path_info in PAGES:
            return self.respond(request)
        language = _language_of(request)
        with translation.override(language):
            refused = _refused_body(request)
            response = bare_problem(request, refused) if refused else _answer(request)
            if response.status_code >= 400 and response.headers.get("Content-Type") != PROBLEM_TYPE:
                response = _as_problem(request, response)
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Accept-Language"])
        if request.method == "GET":
            self.gzip.process_response(request, response)  # in place
        return response


def _answer(request: HttpRequest) -> HttpResponse:
    """What the operation at this address answers; whatever it did not expect itself leaves as a problem too."""
    try:
        request.get_host()  # a foreign host name is refused
        match = resolve(request.path_info)
        request.resolver_match = match
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return bare_problem(request, 404)
    except SuspiciousOperation as error:
        log.warning("api.suspicious", path=request.path, reason=str(error))
        return bare_problem(request, 400)
    except Exception as error:  # the last resort: nothing leaves as a page
        log.exception("api.unexpected", path=request.path, exc_info=error)
        return unexpected_problem(request, error)
    return answer


def _language_of(request: HttpRequest) -> str:
    """The first language of `Accept-Language` that we speak; Indonesian by default."""
    asked = request.headers.get("Accept-Language")
    if not asked:
        return settings.LANGUAGE_CODE
    for code, _weight in parse_accept_lang_header(asked.lower()):
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
