"""The certificate and the names of a komunitas: to see, to print, to give and to take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.groups.queries import group_for
from okoce.community.trust.actions import certificates, names
from okoce.community.trust.forms import EndCertificate, GiveName, WithdrawName
from okoce.community.trust.queries.standing import group_name_for, valid_certificate
from okoce.community.trust.sheet import group_context
from okoce.community.trust.views.sheets import certificate_sheet, name_sheet
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.web.deeds import done_or_again

UNPROCESSABLE = 422


@require_safe
@needs(Permission.GROUPS_READ)
def group_trust(request: Request, group_id: int) -> HttpResponse:
    """What the komunitas shows to be believed, and what it may call itself."""
    group = group_for(request.actor, group_id)
    return render(request, "trust/standing.html", group_context(request.actor, group))


@require_safe
@needs(Permission.GROUPS_READ)
def group_certificate(request: Request, group_id: int) -> HttpResponse:
    """The sheet to print. Which has none is led to its page."""
    group = group_for(request.actor, group_id)
    certificate = valid_certificate(request.actor, group)
    if certificate is None:
        messages.info(request, _("Komunitas ini belum punya surat keaslian yang berlaku."))
        return redirect("group_trust", group_id=group_id)
    return certificate_sheet(request, group, certificate)


@require_POST
@needs(Permission.GROUPS_MANAGE)
def issue_certificate(request: Request, group_id: int) -> HttpResponse:
    """Give it out; which has one keeps it."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    try:
        certificates.issue_certificate(request.actor, group)
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(request, group_id, {"refusal": refusal.sentence})
    messages.success(request, _("Surat keaslian siap dicetak."))
    return redirect("group_trust", group_id=group_id)


@require_POST
@needs(Permission.GROUPS_MANAGE)
def replace_certificate(request: Request, group_id: int) -> HttpResponse:
    """A new one instead of the one so far."""
    return _end(
        request,
        group_id,
        certificates.replace_certificate,
        _("Surat baru siap; yang lama tidak berlaku lagi."),
    )


@require_POST
@needs(Permission.GROUPS_MANAGE)
def revoke_certificate(request: Request, group_id: int) -> HttpResponse:
    """None any more."""
    return _end(request, group_id, certificates.revoke_certificate, _("Surat keasliannya dibatalkan."))


def _end(request: Request, group_id: int, deed: Callable[..., object], said: str) -> HttpResponse:
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    form = EndCertificate(request.POST)

    def end() -> str:
        deed(request.actor, group, form.cleaned_data["reason"], seen=form.cleaned_data["seen"])
        return said

    return _done(request, group_id, {"deed": "end", "form": form}, end)


@require_POST
@needs(Permission.NAMES_MANAGE)
def give_group_name(request: Request, group_id: int) -> HttpResponse:
    """Let it call itself so."""
    group = group_for(request.actor, group_id, Permission.NAMES_MANAGE)
    form = GiveName(request.POST, auto_id="id_give_%s")

    def give() -> str:
        names.give_group_name(request.actor, group, form.new_name())
        return _("Izin nama dicatat, dan terbaca di halaman Periksa keaslian.")

    return _done(request, group_id, {"deed": "give", "form": form}, give)


@require_POST
@needs(Permission.NAMES_MANAGE)
def withdraw_group_name(request: Request, group_id: int, name_id: int) -> HttpResponse:
    """Take it back."""
    group = group_for(request.actor, group_id, Permission.NAMES_MANAGE)
    permission = group_name_for(request.actor, group, name_id)
    form = WithdrawName(request.POST, auto_id=f"id_withdraw_{name_id}_%s")

    def withdraw() -> str:
        names.withdraw_name(request.actor, permission, form.cleaned_data["reason"])
        return _("Izin nama dicabut; siapa pun yang memeriksa membacanya.")

    return _done(request, group_id, {"deed": "withdraw", "form": form, "name_id": name_id}, withdraw)


@require_safe
@needs(Permission.GROUPS_READ)
def group_name_sheet(request: Request, group_id: int, name_id: int) -> HttpResponse:
    """The permission to print."""
    group = group_for(request.actor, group_id)
    permission = group_name_for(request.actor, group, name_id)
    return name_sheet(request, permission, "group_trust", group_id)


def _done(request: Request, group_id: int, told: dict[str, Any], deed: Callable[[], str]) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    return done_or_again(
        request,
        told["form"],
        deed,
        reverse("group_trust", args=[group_id]),
        lambda _refused: _page(request, group_id, told),
    )


def _page(request: Request, group_id: int, told: dict[str, Any]) -> HttpResponse:
    context = group_context(request.actor, group_for(request.actor, group_id), told)
    return render(request, "trust/standing.html", context, status=UNPROCESSABLE)
