"""The member's own pages are for whoever has a record of her own: no role opens them, only the record does."""

import functools
from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from okoce.dashboards.own.queries import own_member_id
from okoce.dashboards.own.shell import work_link
from okoce.foundation.accounts.requests import Request, View
from okoce.foundation.shared.phones import show_phone


def needs_own_record(view: View) -> View:
    """Others are sent to the sign-in, or told how an officer becomes a member herself. What a member reads of herself is
    kept by no cache on the way and asked for anew each time; her own device keeps it for days without network, until she signs
    out (docs/adr/0015)."""

    @functools.wraps(view)
    def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if own_member_id(request.actor) is None:
            return _without_record(request)
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return guarded


def or_own_account(account_view: View) -> Callable[[View], View]:
    """The same page for whoever has an account and no record: the rights over what is held about her are hers too."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Request, *args: object, **kwargs: object) -> HttpResponseBase:
            is_account = request.user.is_authenticated and own_member_id(request.actor) is None
            if not is_account:
                return view(request, *args, **kwargs)
            response = account_view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            return response

        return guarded

    return guard


def _without_record(request: Request) -> HttpResponse:
    """An officer who is no member: whose page this is, how she gets one of her own, and the way back to her work."""
    phone, work = getattr(request.user, "phone", None), work_link(request.actor)
    context = {"phone": show_phone(phone) if phone else "", "work_href": work.href if work else "/"}
    return render(request, "own/no_record.html", context, status=HTTPStatus.FORBIDDEN)
