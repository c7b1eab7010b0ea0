"""Puts the Actor on the request, made on first use and once; keeps officers without a second factor at their enrolment."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_session
from okoce.foundation.accounts.requests import EMERGENCY_COOKIE, has_asked_who, is_officer

ENROLMENT = "mfa_index"
# What an officer may open before the second factor stands; all else waits. The API knows no sessions.
OPEN_BEFORE = frozenset(
    {
        ENROLMENT,
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_login",
        "sign_in",
        "sign_out",
        "choose_language",
        # the shell itself, which holds nothing of anybody
        "service_worker",
        "web_manifest",
        "offline",
    }
)
API = "/api/"


class ActorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]  # see accounts.requests
        response = self.get_response(request)
        _mark_emergency(request, response)
        return response


def _mark_emergency(request: HttpRequest, response: HttpResponse) -> None:
    """While an emergency is open no browser keeps a page of it; a note brings the banner to public pages too."""
    if not has_asked_who(request):
        return
    emergency = request.actor.emergency  # type: ignore[attr-defined]  # see accounts.requests
    if emergency is not None:
        response.headers["Cache-Control"] = "private, no-store"
        left = max(1, int((emergency.until - timezone.now()).total_seconds()))
        response.set_cookie(
            EMERGENCY_COOKIE, "1", max_age=left, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    elif EMERGENCY_COOKIE in request.COOKIES:
        response.delete_cookie(EMERGENCY_COOKIE)


def _actor_of(request: HttpRequest) -> Actor:
    user = request.user
    return actor_for_session(user) if user.is_authenticated else Actor.anonymous()


class SecondFactorMiddleware:
    """Whoever holds a role shows a second factor before anything else opens; a demo asks for none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        is_asked = settings.OKOCE_SECOND_FACTOR and not request.path_info.startswith(API)
        # without a session's cookie nobody is signed in: public pages are not made to look for one
        if not is_asked or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        match = request.resolver_match
        if (match and match.url_name in OPEN_BEFORE) or not request.user.is_authenticated:
            return None
        is_bound = is_officer(request.actor)  # type: ignore[attr-defined]  # see accounts.requests
        return None if not is_bound or _has_shown(request) else _to_second_factor(request)


def _has_shown(request: HttpRequest) -> bool:
    """In this session: told by the session itself, so it costs no query."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    """To the enrolment; who has enrolled elsewhere meanwhile shows it here too."""
    by_app, by_passkey = (is_mfa_enabled(request.user, [kind]) for kind in ("totp", "webauthn"))
    if not by_app and not by_passkey:
        return redirect(ENROLMENT)
    page = reverse("mfa_reauthenticate" if by_app else "mfa_reauthenticate_webauthn")
    wanted = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{page}?{urlencode({'next': wanted})}")
