"""The reader's language, and the component gallery for people who build pages."""

import functools
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import needs
from okoce.foundation.web.gallery import sample_context
from okoce.foundation.web.installing import manifest, worker_text
from okoce.foundation.web.scope_choice import keep_choice

View = Callable[..., HttpResponse]
ONE_YEAR_SECONDS = 365 * 24 * 3600


def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the language in a cookie and go back. A link, not a form: it changes nothing but what the reader sees."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("kembali", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if is_ours else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=ONE_YEAR_SECONDS,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_POST
@needs(Permission.MESSAGES_READ_OWN)  # which every role has: who reads no member works in a place too
def choose_scope(request: HttpRequest) -> HttpResponse:
    """Remember the scope the officer works in and go back. It changes nothing but what this officer's pages show."""
    keep_choice(request, request.POST.get("lingkup", ""))
    back = request.POST.get("kembali", "")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if is_ours else "/")


def demo_only(view: View) -> View:
    """A page that exists in a demo only: elsewhere its address is unknown."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.DEMO == "none":
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """How the site looks when it is installed."""
    return JsonResponse(manifest(), content_type="application/manifest+json")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """From the root, since a worker serves only what lies below it; asked for anew each time, since an old one would stay."""
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(worker_text(), content_type="text/javascript", headers=headers)


@require_safe
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows where there is neither a network nor a copy. The same for everybody."""
    return render(request, "web/offline_page.html")


@demo_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with long names, empty and with errors."""
    return render(request, "web/gallery.html", sample_context())
