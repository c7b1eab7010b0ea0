"""Opening, shutting and handing over a centre: each a form of its own on the page of the centre."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okoce.community.centres import actions as deeds
from okoce.community.centres.queries import centre_for
from okoce.community.centres.sheet import DECISIONS, centre_context, deed_form
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.web.deeds import done_or_again

UNPROCESSABLE = 422


@require_POST
@needs(Permission.CENTRES_DECIDE)
def open_centre(request: Request, centre_id: int) -> HttpResponse:
    """From now on its kecamatan is lit."""
    return _decide(
        request, centre_id, deeds.open_centre, _("Pusat ini sekarang buka, dan tampil untuk umum.")
    )


@require_POST
@needs(Permission.CENTRES_MANAGE)
def pause_centre(request: Request, centre_id: int) -> HttpResponse:
    """Shut it for a time."""
    return _decide(
        request, centre_id, deeds.pause_centre, _("Pusat ditutup sementara; alasannya terbaca umum.")
    )


@require_POST
@needs(Permission.CENTRES_DECIDE)
def close_centre(request: Request, centre_id: int) -> HttpResponse:
    """Shut it for good."""
    return _decide(request, centre_id, deeds.close_centre, _("Pusat ditutup. Riwayatnya tetap terbaca."))


@require_POST
@needs(Permission.CENTRES_DECIDE)
def hand_over_centre(request: Request, centre_id: int) -> HttpResponse:
    """Another komunitas is responsible."""
    return _decide(request, centre_id, deeds.hand_over_centre, _("Pusat diserahkan kepada komunitas itu."))


def _decide(request: Request, centre_id: int, deed: Callable[..., Any], said: str) -> HttpResponse:
    """The deed, with what its form holds in order; or the page with what was wrong beside its field."""
    name = deed.__name__
    found = centre_for(request.actor, centre_id, DECISIONS[name].right)
    form = deed_form(name, request.actor, request.POST)

    def decide() -> str:
        deed(request.actor, found, *(form.cleaned_data[field] for field in form.fields))
        return said

    def again(told: Mapping[str, Any]) -> HttpResponse:
        context = centre_context(request.actor, found, {**told, "deed": name})
        return render(request, "centres/centre_detail.html", context, status=UNPROCESSABLE)

    return done_or_again(request, form, decide, reverse("centre_detail", args=[centre_id]), again)
