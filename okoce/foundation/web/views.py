"""The reader's language, and the component gallery for people who build pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from okoce.foundation.web.gallery import sample_context

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


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with long names, empty and with errors; wired in demo installations only."""
    return render(request, "web/gallery.html", sample_context())
