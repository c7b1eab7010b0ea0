"""Partners: the list with the secretariat's queue in it, taking one down, one mitra, where it serves."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.partners.actions.areas import change_partner_areas as change_areas
from okoce.community.partners.actions.partners import NewPartner
from okoce.community.partners.actions.partners import correct_partner as correct
from okoce.community.partners.actions.partners import create_partner as create
from okoce.community.partners.contact_looks import note_speaker_seen
from okoce.community.partners.forms import NarrowPartners, PartnerDetails, ProposePartner
from okoce.community.partners.lapsed_sheet import lapsed_heads, lapsed_rows
from okoce.community.partners.places import changed_places, place_of, search_wide_places
from okoce.community.partners.queries.lapsed import LAPSED, count_lapsed
from okoce.community.partners.queries.partners import (
    PartnersAsked,
    list_partners,
    partner_for,
    partners_by_state,
    places_of,
    proposal_of,
)
from okoce.community.partners.sheet import partner_context
from okoce.community.partners.states import PartnerKind, PartnerState
from okoce.community.partners.telling import ABOUT, speaks
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import FilterChip, chips_by_state, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

UNPROCESSABLE = 422
TONES = {
    "proposed": "waiting",
    "asked": "waiting",
    "active": "verified",
    "paused": "stuck",
    "refused": "",
    "closed": "",
}


@require_safe
@needs(Permission.PARTNERS_READ)
def partner_list(request: Request) -> HttpResponse:
    """The partners in the officer's scope, by state, kind and name; those proposed are the secretariat's queue."""
    asked = _asked(request)
    page = list_partners(request.actor, asked)
    is_lapsed, may_manage = asked.state == LAPSED, request.actor.may(Permission.PARTNERS_MANAGE)
    heads = lapsed_heads(may_manage=may_manage) if is_lapsed else _HEADS
    context = {
        "form": NarrowPartners(initial={"q": asked.text, "jenis": asked.kind}),
        "state": asked.state,
        "chips": _chips(request, asked),
        "columns": [Column(str(head)) for head in heads],
        "rows": lapsed_rows(request.actor, page.rows, may_manage=may_manage)
        if is_lapsed
        else _rows(page.rows),
        "is_lapsed": is_lapsed,
        "next_href": _address(asked, sesudah=page.next_after) if page.next_after else "",
        "is_narrowed": bool(asked.text or asked.state or asked.kind),
        "may_manage": may_manage,
    }
    return render(request, "partners/partner_list.html", context)


_HEADS = (_lazy("Nama"), _lazy("Jenis"), _lazy("Wilayah"), _lazy("Keadaan"), _lazy("Sejak"))


def _rows(partners: Sequence[Any]) -> list[list[CellValue]]:
    homes = territory.names_for(partner.region for partner in partners)
    return [
        [
            Cell(partner.name, reverse("partner_detail", args=[partner.pk])),
            str(PartnerKind(partner.kind).label),
            homes[partner.region],
            Cell(str(PartnerState(partner.state).label), tone=TONES[partner.state]),
            day_text(partner.state_on or partner.validated_on, "medium"),
        ]
        for partner in partners
    ]


def _chips(request: Request, asked: PartnersAsked) -> list[FilterChip]:
    """All, the states, and those whose agreements are all over."""
    chips = chips_by_state(
        PartnerState.choices,
        partners_by_state(request.actor),
        asked.state,
        lambda state: _address(replace(asked, state=state)),
    )
    count, is_current = count_lapsed(request.actor), asked.state == LAPSED
    if count or is_current:
        address = _address(replace(asked, state=LAPSED))
        chips.append(FilterChip(_("Perjanjian berakhir, masih aktif"), address, count, is_current=is_current))
    return chips


def _asked(request: Request) -> PartnersAsked:
    state, kind = request.GET.get("keadaan", ""), request.GET.get("jenis", "")
    return PartnersAsked(
        state=state if state in (*PartnerState.values, LAPSED) else "",
        kind=kind if kind in PartnerKind.values else "",
        text=request.GET.get("q", "")[:120],
        after=number_typed(request.GET.get("sesudah", "")) or 0,
    )


def _address(asked: PartnersAsked, **more: Any) -> str:
    return list_address("partner_list", keadaan=asked.state, jenis=asked.kind, q=asked.text, **more)


@require_safe
@needs(Permission.PARTNERS_READ)
def partner_detail(request: Request, partner_id: int) -> HttpResponse:
    """One mitra: what it is, where it serves, who acts for it, what may be decided, and what happened to it."""
    partner = partner_for(request.actor, partner_id)
    context = partner_context(request.actor, partner)
    note_speaker_seen(request.actor, partner, context.get("proposal"))
    return render(request, "partners/partner_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNERS_MANAGE)
def create_partner(request: Request) -> HttpResponse:
    """Take down a mitra; where it serves is chosen on the next page."""
    form = ProposePartner(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.taking_refusals():
            partner = create(request.actor, NewPartner(**form.told()))
            return redirect("change_partner_areas", partner_id=partner.pk)
    context = {"form": form, "partner": None}
    return render(
        request, "partners/partner_form.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNERS_MANAGE)
def correct_partner(request: Request, partner_id: int) -> HttpResponse:
    """Correct what was taken down."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    proposal = proposal_of(request.actor, partner)
    spoke = (
        {**asdict(speaks(proposal)), "contact_phone": show_phone(proposal.contact_phone)} if proposal else {}
    )
    stands = {name: getattr(partner, name) for name in ABOUT} | spoke
    form = PartnerDetails(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        with form.taking_refusals():
            correct(request.actor, partner, NewPartner(**form.told()))
            return redirect("partner_detail", partner_id=partner_id)
    note_speaker_seen(request.actor, partner, proposal)
    context = {"form": form, "partner": partner}
    return render(
        request, "partners/partner_form.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNERS_MANAGE)
def change_partner_areas(request: Request, partner_id: int) -> HttpResponse:
    """The places that it serves from today on: each is added or taken away by a button of its own."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    chosen, error = places_of(partner), ""
    if request.method == "POST":
        wanted = changed_places(chosen, request.POST.get("tambah", ""), request.POST.get("hapus", ""))
        try:
            change_areas(request.actor, partner, wanted)
        except NotFound:
            raise
        except DomainError as refusal:
            error = refusal.sentence
        else:
            return redirect("change_partner_areas", partner_id=partner_id)
    context = {
        "partner": partner,
        "chosen": [place_of(code) for code in chosen],
        "search": search_wide_places(request.GET.get("cari"), chosen),
        "error": error,
    }
    return render(
        request, "partners/change_partner_areas.html", context, status=UNPROCESSABLE if error else 200
    )
