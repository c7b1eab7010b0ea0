"""The names of a mitra: to see, to print, to give and to take back."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.partners.queries.partners import partner_for
from okoce.community.trust.actions import names
from okoce.community.trust.forms import GiveName, WithdrawName
from okoce.community.trust.queries.standing import partner_name_for
from okoce.community.trust.sheet import partner_context
from okoce.community.trust.views.sheets import name_sheet
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.web.deeds import done_or_again

UNPROCESSABLE = 422


@require_safe
@needs(Permission.PARTNERS_READ)
def partner_trust(request: Request, partner_id: int) -> HttpResponse:
    """What the mitra may call itself."""
    partner = partner_for(request.actor, partner_id)
    return render(request, "trust/standing.html", partner_context(request.actor, partner))


@require_POST
@needs(Permission.NAMES_MANAGE)
def give_partner_name(request: Request, partner_id: int) -> HttpResponse:
    """Let it call itself so."""
    partner = partner_for(request.actor, partner_id, Permission.NAMES_MANAGE)
    form = GiveName(request.POST, auto_id="id_give_%s")

    def give() -> str:
        names.give_partner_name(request.actor, partner, form.new_name())
        return _("Izin nama dicatat, dan terbaca di halaman Periksa keaslian.")

    return _done(request, partner_id, {"deed": "give", "form": form}, give)


@require_POST
@needs(Permission.NAMES_MANAGE)
def withdraw_partner_name(request: Request, partner_id: int, partner_name_id: int) -> HttpResponse:
    """Take it back."""
    partner = partner_for(request.actor, partner_id, Permission.NAMES_MANAGE)
    permission = partner_name_for(request.actor, partner, partner_name_id)
    form = WithdrawName(request.POST, auto_id=f"id_withdraw_{partner_name_id}_%s")

    def withdraw() -> str:
        names.withdraw_name(request.actor, permission, form.cleaned_data["reason"])
        return _("Izin nama dicabut; siapa pun yang memeriksa membacanya.")

    return _done(
        request, partner_id, {"deed": "withdraw", "form": form, "name_id": partner_name_id}, withdraw
    )


@require_safe
@needs(Permission.PARTNERS_READ)
def partner_name_sheet(request: Request, partner_id: int, partner_name_id: int) -> HttpResponse:
    """The permission to print."""
    partner = partner_for(request.actor, partner_id)
    permission = partner_name_for(request.actor, partner, partner_name_id)
    return name_sheet(request, permission, "partner_trust", partner_id)


def _done(request: Request, partner_id: int, told: dict[str, Any], deed: Callable[[], str]) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""

    def again(_refused: Mapping[str, Any]) -> HttpResponse:
        context = partner_context(request.actor, partner_for(request.actor, partner_id), told)
        return render(request, "trust/standing.html", context, status=UNPROCESSABLE)

    return done_or_again(request, told["form"], deed, reverse("partner_trust", args=[partner_id]), again)
