"""What the secretariat decides about a komunitas. Each deed is a form of its own on the page of the komunitas."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.groups.actions import areas as area_deeds
from okoce.community.groups.actions import groups as deeds
from okoce.community.groups.areas import changed_areas, search_areas
from okoce.community.groups.forms import FatesForm, ReasonAndFates
from okoce.community.groups.invitations import invitation_of
from okoce.community.groups.queries import areas_now, group_for
from okoce.community.groups.sheet import deed_form, group_context
from okoce.community.groups.telling import Told, chairs_of, founder_note, officers_note
from okoce.community.organisations.checklists import moment_of
from okoce.community.organisations.entrusted import entrusted_outside
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.notifications.kinds import (
    GROUP_ASKED,
    GROUP_CLOSED,
    GROUP_PAUSED,
    GROUP_REFUSED,
    GROUP_REOPENED,
    GROUP_VALIDATED,
)
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import offer_of
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm

UNPROCESSABLE = 422


def group_page(request: Request, group_id: int, refused: Mapping[str, Any]) -> HttpResponse:
    """The page again, with what was refused."""
    group = group_for(request.actor, group_id)
    context = {
        **group_context(request.actor, group, refused),
        "invitation": invitation_of(request, group),
    }
    return render(request, "groups/group_detail.html", context, status=UNPROCESSABLE)


@require_POST
@needs(Permission.GROUPS_MANAGE)
def check_group(request: Request, group_id: int) -> HttpResponse:
    """Note what of the checklist is met; with the second button validate at once."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    met = set(filter(None, map(number_typed, request.POST.getlist("butir"))))
    try:
        deeds.check_group(request.actor, group, met, moment_of(request.POST.get("dibaca", "")))
    except NotFound:
        raise
    except DomainError as refusal:
        return group_page(request, group_id, {"refusal": refusal.sentence, "leads": "ketua" in request.POST})
    if "validasi" in request.POST:
        return _validate(request, group_id)
    messages.success(request, _("Daftar periksa disimpan."))
    return redirect("group_detail", group_id=group_id)


@require_POST
@needs(Permission.GROUPS_MANAGE)
def validate_group(request: Request, group_id: int) -> HttpResponse:
    """Declare the komunitas genuine from today on."""
    return _validate(request, group_id)


def _validate(request: Request, group_id: int) -> HttpResponse:
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    leads = "ketua" in request.POST
    try:
        validated = deeds.validate_group(request.actor, group, today_wib(), is_led_by_founder=leads)
    except NotFound:
        raise
    except DomainError as refusal:
        return group_page(request, group_id, {"refusal": refusal.sentence, "leads": leads})
    said = _("Komunitas divalidasi. Sekarang boleh menerima anggota.")
    messages.success(request, f"{said} {founder_note(GROUP_VALIDATED, validated)}")
    if not chairs_of([validated], today_wib()):
        messages.info(
            request, _("Komunitas ini belum punya ketua. Tunjuk ketuanya di bawah, di bagian pengurus.")
        )
    return redirect("group_detail", group_id=group_id)


@require_POST
@needs(Permission.GROUPS_MANAGE)
def ask_group(request: Request, group_id: int) -> HttpResponse:
    """Ask the founder to complete the application."""
    return _decide(request, group_id, deeds.ask_group, _("Pertanyaan dicatat."), (founder_note, GROUP_ASKED))


@require_POST
@needs(Permission.GROUPS_MANAGE)
def refuse_group(request: Request, group_id: int) -> HttpResponse:
    """Refuse the application."""
    return _decide(
        request,
        group_id,
        deeds.refuse_group,
        _("Pengajuan ditolak, alasannya dicatat."),
        (founder_note, GROUP_REFUSED),
    )


@require_POST
@needs(Permission.GROUPS_MANAGE)
def pause_group(request: Request, group_id: int) -> HttpResponse:
    """Let the komunitas rest."""
    return _decide(
        request,
        group_id,
        deeds.pause_group,
        _("Komunitas berhenti sementara."),
        (officers_note, GROUP_PAUSED),
    )


@require_POST
@needs(Permission.GROUPS_MANAGE)
def reopen_group(request: Request, group_id: int) -> HttpResponse:
    """Let the komunitas go on."""
    return _decide(
        request, group_id, deeds.reopen_group, _("Komunitas dibuka lagi."), (officers_note, GROUP_REOPENED)
    )


@require_POST
@needs(Permission.GROUPS_MANAGE)
def close_group(request: Request, group_id: int) -> HttpResponse:
    """Close the komunitas for good."""
    return _decide(
        request,
        group_id,
        deeds.close_group,
        _("Komunitas ditutup, alasannya dicatat."),
        (officers_note, GROUP_CLOSED),
    )


def _decide(request: Request, group_id: int, deed: Callable[..., Any], said: str, told: Told) -> HttpResponse:
    """A deed that needs a reason; its name is that of its page. `told`: who was written to of it."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    name = deed.__name__
    form = deed_form(request.actor, group, name, request.POST)

    def decide() -> str:
        fates = [form.fates()] if isinstance(form, ReasonAndFates) else []
        decided = deed(request.actor, group, form.cleaned_data["reason"], *fates)
        note, kind = told
        return f"{said} {note(kind, decided)}"

    return done(request, group_id, form, decide, deed=name)


def done(
    request: Request, group_id: int, form: RuleAwareForm, carry_out: Callable[[], str], **told: Any
) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    back = reverse("group_detail", args=[group_id])
    return done_or_again(
        request, form, carry_out, back, lambda wrong: group_page(request, group_id, {**told, **wrong})
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.GROUPS_MANAGE)
def change_areas(request: Request, group_id: int) -> HttpResponse:
    """Its kecamatan from today on: each is added or taken away by a button of its own. Before that leaves centres of its outside (one
    is taken away, or the first is written of a whole kabupaten), it is asked what becomes of them."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    if request.method != "POST":
        return _areas_page(request, group)
    added, taken = request.POST.get("tambah", ""), request.POST.get("hapus", "")
    wanted = changed_areas(areas_now(group), added, taken)
    # without any the deed refuses, whatever would become of the centres
    asked = entrusted_outside(request.actor, group.pk, wanted) if wanted else []
    is_decided = any(one.key in request.POST for one in asked)
    form = FatesForm(request.POST if is_decided or not asked else None, entrusted=asked)
    if form.is_valid():
        with form.taking_refusals():
            area_deeds.change_areas(request.actor, group, wanted, form.fates())
            return redirect("change_areas", group_id=group_id)
    return _areas_page(request, group, form, added, taken)


def _areas_page(
    request: Request, group: Any, form: FatesForm | None = None, added: str = "", taken: str = ""
) -> HttpResponse:
    """`added`, `taken`: the change that waits for what is decided about the centres."""
    chosen = areas_now(group)
    context = {
        "group": group,
        "home": territory.path_of(group.region),
        "chosen": [offer for code in chosen if (offer := offer_of(code))],
        "search": search_areas(request.GET.get("cari"), chosen),
        "offers_action": reverse("change_areas", args=[group.pk]),
        "form": form,
        "added": added,
        "taken": taken,
        "leaving": offer_of(taken) if taken in chosen else None,
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "groups/change_areas.html", context, status=status)
