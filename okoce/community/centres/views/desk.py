"""The desk's pages of centres: the list, one centre, a new one, and correcting what is told of one."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.centres import actions as deeds
from okoce.community.centres.forms import CentreDetails, NarrowCentres, PlanCentre
from okoce.community.centres.queries import (
    CentresAsked,
    centre_for,
    counts_by_state,
    group_to_plan_for,
    list_centres,
)
from okoce.community.centres.rules import districts_of, may_correct
from okoce.community.centres.sheet import TONES, centre_context
from okoce.community.centres.states import CentreState
from okoce.community.groups.naming import bare_name
from okoce.community.groups.queries import group_names
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import chips_by_state, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

UNPROCESSABLE = 422
SHOWING_AND_SENDING = ["GET", "HEAD", "POST"]


@require_safe
@needs(Permission.CENTRES_READ)
def centre_list(request: Request) -> HttpResponse:
    """The centres in the officer's scope, by state, name and komunitas."""
    asked = _asked(request)
    found = list_centres(request.actor, asked)
    names = (_("Nama"), _("Kecamatan"), _("Komunitas"), _("Keadaan"), _("Sejak"))
    rows: list[list[CellValue]] = [
        [
            Cell(centre.name, reverse("centre_detail", args=[centre.pk])),
            territory.path_of(centre.region),
            centre.group.name,
            Cell(str(CentreState(centre.state).label), tone=TONES[centre.state]),
            day_text(centre.state_on, "medium"),
        ]
        for centre in found.rows
    ]
    context = {
        "form": NarrowCentres(initial={"q": asked.text}),
        "asked": asked,
        "group_name": bare_name(group_names([asked.group_id]).get(asked.group_id, ""))
        if asked.group_id
        else "",
        "chips": chips_by_state(
            CentreState.choices,
            counts_by_state(request.actor, asked),
            asked.state,
            lambda state: _address(replace(asked, state=state)),
        ),
        "columns": [Column(name) for name in names],
        "rows": rows,
        "next_href": _address(asked, sesudah=found.next_after) if found.next_after else "",
        "is_narrowed": bool(asked.text or asked.state),
        "plan_href": "" if rows else _plan_href(request.actor, asked.group_id),
    }
    return render(request, "centres/centre_list.html", context)


def _plan_href(actor: Actor, group_id: int) -> str:
    """Where a first centre of this komunitas is planned, for whoever may; "" for others."""
    if not group_id or not actor.may(Permission.CENTRES_MANAGE):
        return ""
    try:
        group_to_plan_for(actor, group_id)
    except DomainError:
        return ""
    return reverse("plan_centre", args=[group_id])


def _asked(request: Request) -> CentresAsked:
    state = request.GET.get("keadaan", "")
    return CentresAsked(
        state=state if state in CentreState.values else "",
        text=request.GET.get("q", "")[:120],
        group_id=number_typed(request.GET.get("komunitas", "")) or 0,
        after=number_typed(request.GET.get("sesudah", "")) or 0,
    )


def _address(asked: CentresAsked, **more: Any) -> str:
    told = {"keadaan": asked.state, "q": asked.text, "komunitas": asked.group_id}
    return list_address("centre_list", **told, **more)


@require_safe
@needs(Permission.CENTRES_READ)
def centre_detail(request: Request, centre_id: int) -> HttpResponse:
    """One centre: what it is, in which states it was, and what the reader may do about it."""
    found = centre_for(request.actor, centre_id)
    return render(request, "centres/centre_detail.html", centre_context(request.actor, found))


@require_http_methods(SHOWING_AND_SENDING)
@needs(Permission.CENTRES_MANAGE)
def plan_centre(request: Request, group_id: int) -> HttpResponse:
    """A centre that a komunitas plans."""
    group = group_to_plan_for(request.actor, group_id)
    districts, data = districts_of(group), request.POST if request.method == "POST" else None
    form = PlanCentre(data, districts=districts, initial={"from_on": today_wib().isoformat()})
    if form.is_valid():
        told = form.cleaned_data
        with form.taking_refusals():
            planned = deeds.plan_centre(request.actor, group, form.details(), told["region"], told["from_on"])
            messages.success(request, _("Pusat dicatat sebagai rencana. Sekretariat menyatakannya buka."))
            return redirect("centre_detail", centre_id=planned.pk)
    context = {"form": form, "group": group, "has_area": bool(districts)}
    return render(request, "centres/plan_centre.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(SHOWING_AND_SENDING)
@needs(Permission.CENTRES_MANAGE)
def change_centre(request: Request, centre_id: int) -> HttpResponse:
    """Correct name, address, hours and contact."""
    found = centre_for(request.actor, centre_id, Permission.CENTRES_MANAGE)
    if request.method != "POST" and not may_correct(request.actor, found):
        messages.info(request, _("Pusat ini sudah ditutup. Minta sekretariat membetulkan keterangannya."))
        return redirect("centre_detail", centre_id=centre_id)
    told = {name: getattr(found, name) for name in CentreDetails.base_fields}
    told["contact_phone"] = show_phone(found.contact_phone).strip("-")
    form = CentreDetails(request.POST if request.method == "POST" else None, initial=told)
    if form.is_valid():
        with form.taking_refusals():
            deeds.change_centre(request.actor, found, form.details())
            messages.success(request, _("Keterangan pusat disimpan."))
            return redirect("centre_detail", centre_id=centre_id)
    context = {"form": form, "centre": found}
    return render(
        request, "centres/change_centre.html", context, status=UNPROCESSABLE if form.errors else 200
    )
