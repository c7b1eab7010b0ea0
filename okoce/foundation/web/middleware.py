"""What every answer carries: a request id in the logs, strict headers, refusals as readable pages."""

import re
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from okoce.foundation.shared.errors import DomainError
from okoce.foundation.web import stylesheet
from okoce.foundation.web.reader import PLACES_COOKIE, noted_places, reader_of

Respond = Callable[[HttpRequest], HttpResponse]

# No page has inline script, nor another inline style than our own stylesheet, so nothing but our own files may run.
# Icons may be data: addresses.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        f"style-src 'self' {stylesheet.ALLOWED}",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

MEGABYTE = 1024 * 1024
DEFAULT_BODY_LIMIT = 5 * MEGABYTE

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")


class RequestIdMiddleware:
    """Gives each request an id (a proxy's own, if it is a decent one) that all its log lines carry."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _GIVEN_ID.match(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.respond(request)
        response.headers["X-Request-Id"] = request_id
        return response


class SecurityHeadersMiddleware:
    """Adds the security headers that a view has not set for itself."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class StylesheetMiddleware:
    """Notes in the browser that the page told it to fetch the stylesheet, and takes the note away with the cache (ADR 0022)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if "Clear-Site-Data" in response.headers:
            response.delete_cookie(stylesheet.COOKIE, samesite="Lax")
        elif stylesheet.is_carried(request):
            response.set_cookie(
                stylesheet.COOKIE,
                stylesheet.VERSION,
                max_age=stylesheet.NOTED_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


class BodySizeMiddleware:
    """Refuses a body that is too large by its announced length, before a byte of it is read or written to disk."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        limit = _body_limit(request.path_info)
        if not announced.isdigit() or int(announced) <= limit:
            return self.respond(request)
        refusal = DomainError(
            _(
                "Kiriman ini terlalu besar: paling besar %(most)s MB. Bagi berkasnya menjadi beberapa bagian, lalu kirim lagi."
            )
            % {"most": limit // MEGABYTE},
            code="too_large",
        )
        return render(
            request, "web/refusal.html", {"refusal": refusal}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        )


def _body_limit(path: str) -> int:
    """Bytes that may come to this address; the longest named beginning counts."""
    named = [prefix for prefix in settings.OKOCE_BODY_LIMITS if path.startswith(prefix)]
    return settings.OKOCE_BODY_LIMITS[max(named, key=len)] if named else DEFAULT_BODY_LIMIT


class LanguageMiddleware:
    """Indonesian, unless the reader has chosen another language here. A browser's own language says little about its owner:
    many cheap phones are sold set to English."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.respond(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


# What the domain calls by one name, addresses call by another.
_ASKED_AS = {"as_of": "per", "scope": "wilayah", "group": "komunitas", "stage": "tahap"}


class DomainErrorMiddleware:
    """Shows a refusal that no view has caught as a page (htmx: as a notice) with its sentence and status, and an address that is
    only there for a form's button, opened otherwise, as a page that leads on."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if not isinstance(response, HttpResponseNotAllowed) or request.path_info.startswith("/api/"):
            return response
        shown = render(request, "405.html", status=response.status_code)
        shown.headers["Allow"] = response.headers["Allow"]
        return shown

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError) or request.path_info.startswith("/api/"):
            return None
        details = getattr(request, "htmx", None)
        template = (
            "web/refusal.html#notice" if isinstance(details, HtmxDetails) and details else "web/refusal.html"
        )
        context = {"refusal": exception, "without": _without_the_wrong_part(request, exception.field)}
        return render(request, template, context, status=exception.status)


def _without_the_wrong_part(request: HttpRequest, field: str | None) -> str:
    """The page that was looked at, without what it refused in its address; "" where the address asked for nothing."""
    if request.method not in ("GET", "HEAD") or not request.GET:
        return ""
    wrong = _ASKED_AS.get(field or "", field or "")
    left = request.GET.copy()
    if left.pop(wrong, None) is None:
        left.clear()
    return f"{request.path}?{left.urlencode()}" if left else request.path


class ReaderMiddleware:
    """Says on each page for which session it was made, so that a browser keeps it for that one alone (ADR 0015)."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["X-Reader"] = reader_of(request)
            _note_places(request, response)
        return response


def _note_places(request: HttpRequest, response: HttpResponse) -> None:
    note = noted_places(request)
    if note:
        response.set_cookie(
            PLACES_COOKIE, note, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    elif note == "":
        response.delete_cookie(PLACES_COOKIE, samesite="Lax")
