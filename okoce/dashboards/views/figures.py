"""The public page and the funnel: for everybody, and for officers with the list of people behind each loss."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import Asked, read_asked
from okoce.dashboards.funnel import Funnel, meanings, officer_funnel, public_funnel
from okoce.dashboards.lit import (
    BY_CENTRES,
    Sky,
    lit_by_province,
    members_by_district,
    sky_by_centres,
    sky_chips,
)
from okoce.dashboards.own_places import choose_own_place, own_asked
from okoce.dashboards.parts import parts_of
from okoce.dashboards.people_behind import own_nodes
from okoce.dashboards.pictures import (
    drawn_reasons,
    drawn_stages,
    funnel_address,
    head_figures,
    job_figures,
    largest_loss,
)
from okoce.dashboards.targets.showing import shown_targets
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.compression import pressed_once
from okoce.foundation.web.constellation import MEMBERS
from okoce.foundation.web.scope_choice import in_chosen_scope


@require_safe
@pressed_once
def home(request: Request) -> HttpResponse:
    """The konstelasi, the totals and the funnel of the nation, as at today; `?menyala=pusat` lights it by open centres."""
    funnel = public_funnel()
    members = members_by_district()
    districts = territory.districts()
    known = meanings()
    lit_meaning = known["lit"].text
    by_centres = request.GET.get("menyala") == BY_CENTRES
    context = {
        "funnel": funnel,
        "stages": drawn_stages(funnel, None),
        "figures": head_figures(funnel, len(members), len(districts), lit_meaning),
        "sky": sky_by_centres(funnel.as_of) if by_centres else Sky(MEMBERS, members),
        "sky_chips": sky_chips(by_centres=by_centres),
        "centre_meaning": known["centre_coverage"].text,
        "district_count": len(districts),
        "provinces": lit_by_province(members),
        "lit_meaning": lit_meaning,
    }
    return render(request, "dashboards/home.html", context)


@require_safe
@in_chosen_scope(takes_groups=True)
def funnel(request: Request) -> HttpResponse:
    """The funnel of a territory or komunitas on a day, with reasons; officers see the way to the people behind it, and begin
    at their own: whoever serves at several places chooses one first."""
    asked = read_asked(request.GET)
    is_officer = request.actor.may(Permission.PIPELINE_READ_FUNNEL)
    if is_officer and not request.GET:
        nodes = own_nodes(request.actor, Permission.PIPELINE_READ_FUNNEL)
        if len(nodes) > 1:
            return choose_own_place(request, nodes, _funnel_of)
        asked = own_asked(nodes[0] if nodes else "")
    counted, is_exact = _counted(request, asked, is_officer)
    chosen = asked.stage or largest_loss(counted)
    loss = next((loss for loss in counted.losses if loss.stage == chosen), None)
    context = {
        "funnel": counted,
        "is_exact": is_exact,
        "group_id": asked.group_id,
        "stages": drawn_stages(counted, chosen, asked.group_id),
        "loss": loss,
        "reasons": drawn_reasons(
            loss, _list_address(counted, asked, chosen) if is_officer and is_exact else ""
        )
        if loss
        else [],
        "jobs": job_figures(counted),
        "targets": shown_targets(request.actor, [counted.scope.node]),
        "trail": territory.ancestors(counted.scope.code)
        if counted.scope.code and asked.group_id is None
        else [],
        "parts": parts_of(counted.scope, counted.as_of, chosen) if asked.group_id is None else [],
        "permalink": funnel_address(
            counted.scope.code if asked.group_id is None else "",
            counted.as_of.isoformat(),
            group_id=asked.group_id,
        ),
        **_scope_choices(counted, asked),
    }
    template = "dashboards/funnel_desk.html" if is_officer else "dashboards/funnel_public.html"
    return render(request, template, context)


def _counted(request: Request, asked: Asked, is_officer: bool) -> tuple[Funnel, bool]:
    """The funnel that this reader may see, and whether it is the exact one."""
    if is_officer:
        try:
            return officer_funnel(request.actor, asked.scope, asked.day, group_id=asked.group_id), True
        except NotFound:
            if asked.group_id is not None:
                raise
    if asked.group_id is not None:
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."))
    return public_funnel(asked.scope, asked.day), False


def _funnel_of(own: Asked) -> str:
    return funnel_address(own.scope, group_id=own.group_id)


def _list_address(counted: Funnel, asked: Asked, stage: int | None) -> str:
    address = funnel_address(
        counted.scope.code if asked.group_id is None else "",
        counted.as_of.isoformat(),
        group_id=asked.group_id,
        stage=stage,
    )
    return address.replace("/corong", "/belum-lanjut", 1)


def _scope_choices(counted: Funnel, asked: Asked) -> dict[str, Any]:
    """The regions directly below, for the select that narrows the scope."""
    if asked.group_id is not None or len(counted.scope.code) >= 8:
        return {"below": []}
    return {"below": territory.children(counted.scope.code)}
