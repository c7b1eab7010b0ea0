"""Officers' pages of branches: the list, a new one, one branch, and what is decided about it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.association.actions import branches as deeds
from okoce.community.association.forms import FindPlace, FoundBranch, Since, SinceWhy
from okoce.community.association.queries.branches import (
    BranchesAsked,
    branch_for,
    branch_names,
    branches_by_state,
    list_branches,
)
from okoce.community.association.sheet import branch_context
from okoce.community.association.states import BranchState
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import Search, search_places
from okoce.foundation.territory.naming import place_named
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.lists import ListRow, chips_by_state, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

UNPROCESSABLE = 422
TONES = {"planned": "waiting", "active": "verified", "paused": "stuck", "closed": ""}
CENTRE = "pusat"  # as the address says the centre, whose code is empty


@require_safe
@needs(Permission.ASSOCIATION_READ)
def branch_list(request: Request) -> HttpResponse:
    """The branches in the officer's scope, by territory."""
    state = request.GET.get("keadaan", "")
    asked = BranchesAsked(
        state=state if state in BranchState.values else "",
        after=number_typed(request.GET.get("sesudah", "")) or 0,
    )
    page = list_branches(request.actor, asked)
    names = branch_names(page.rows)
    rows: list[list[CellValue]] = [
        [
            Cell(names[one.pk], reverse("branch_detail", args=[one.pk]), detail=one.region),
            Cell(str(BranchState(one.state).label), tone=TONES[one.state]),
            day_text(one.state_on, "medium"),
            day_text(one.founded_on, "medium"),
        ]
        for one in page.rows
    ]
    context = {
        "chips": chips_by_state(
            BranchState.choices,
            branches_by_state(request.actor),
            asked.state,
            lambda chosen: _address(replace(asked, state=chosen)),
        ),
        "columns": [Column(name) for name in (_("Cabang"), _("Keadaan"), _("Sejak"), _("Didirikan"))],
        "rows": rows,
        "next_href": _address(asked, sesudah=page.next_after) if page.next_after else "",
        "is_narrowed": bool(asked.state),
        "may_found": request.actor.may(Permission.ASSOCIATION_MANAGE),
    }
    return render(request, "association/branch_list.html", context)


def _address(asked: BranchesAsked, **more: Any) -> str:
    return list_address("branch_list", keadaan=asked.state, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASSOCIATION_MANAGE)
def found_branch(request: Request) -> HttpResponse:
    """First the place, then since when and by which decree."""
    chosen = request.GET.get("wilayah", "")[:13]
    region = "" if chosen == CENTRE else chosen
    is_known = chosen == CENTRE or (bool(chosen) and territory.find_region(chosen) is not None)
    form = FoundBranch(initial={"founded_on": today_wib().isoformat()})
    if request.method == "POST":
        form = FoundBranch(request.POST)
        if not is_known:
            form.is_valid()
            form.add_error(None, _("Pilih dulu wilayahnya."))
        elif form.is_valid():
            try:
                made = deeds.found_branch(request.actor, region, **form.cleaned_data)
            except NotFound as nowhere:
                form.add_error(None, nowhere.sentence)
            except DomainError as refusal:
                form.take(refusal)
            else:
                messages.success(request, _("Cabang direncanakan. Tunjuk pengurusnya, lalu aktifkan."))
                return redirect("branch_detail", branch_id=made.pk)
    typed = " ".join(request.GET.get("cari", "").replace("\x00", " ").split())[:120]
    search = search_places(typed) if typed else Search(typed)
    context = {
        "form": form,
        "find_form": FindPlace(initial={"cari": typed}),
        "typed": typed,
        "offers": _offers(typed, search) if typed else [],
        "note": search.note,
        "is_known": is_known,
        "place": territory.path_of(region) if is_known else "",
        "centre_href": f"{reverse('found_branch')}?wilayah={CENTRE}",
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "association/found_branch.html", context, status=status)


def _offers(typed: str, search: Search) -> list[ListRow]:
    """Places of every level that may be meant, down to the kelurahan; the one of exactly that name alone, with the kelurahan that are
    called so too."""
    found = place_named(typed, allows_nation=False)
    wide = [found.code] if found.code is not None else list(found.candidates)
    narrow = [one.code for one in search.offers if len(one.code) == LENGTH_OF[Level.VILLAGE]]
    address = reverse("found_branch")
    return [
        ListRow(territory.name_of(code), f"{address}?wilayah={code}", territory.path_of(code))
        for code in dict.fromkeys([*wide, *narrow])
    ]


@require_safe
@needs(Permission.ASSOCIATION_READ)
def branch_detail(request: Request, branch_id: int) -> HttpResponse:
    """One branch: where it stands, who holds which office, with which grants."""
    branch = branch_for(request.actor, branch_id)
    return render(request, "association/branch_detail.html", branch_context(request.actor, branch))


def branch_page(request: Request, branch_id: int, refused: Mapping[str, Any]) -> HttpResponse:
    """The page again, with what was refused."""
    branch = branch_for(request.actor, branch_id)
    context = branch_context(request.actor, branch, refused)
    return render(request, "association/branch_detail.html", context, status=UNPROCESSABLE)


def done(
    request: Request, branch_id: int, form: RuleAwareForm, carry_out: Callable[[], str], **told: Any
) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    back = reverse("branch_detail", args=[branch_id])
    return done_or_again(
        request, form, carry_out, back, lambda wrong: branch_page(request, branch_id, {**told, **wrong})
    )


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def activate_branch(request: Request, branch_id: int) -> HttpResponse:
    """Let it work."""
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    form = Since(request.POST, auto_id="id_activate_branch_%s")

    def activate() -> str:
        deeds.activate_branch(request.actor, branch, form.cleaned_data["on"])
        return _("Cabang aktif.")

    return done(request, branch_id, form, activate, deed="activate_branch")


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def pause_branch(request: Request, branch_id: int) -> HttpResponse:
    """Let it rest."""
    return _with_reason(request, branch_id, deeds.pause_branch, _("Cabang berhenti sementara."))


@require_POST
@needs(Permission.ASSOCIATION_MANAGE)
def close_branch(request: Request, branch_id: int) -> HttpResponse:
    """Close it for good."""
    return _with_reason(
        request, branch_id, deeds.close_branch, _("Cabang ditutup, masa jabatannya berakhir.")
    )


def _with_reason(request: Request, branch_id: int, deed: Callable[..., Any], said: str) -> HttpResponse:
    branch = branch_for(request.actor, branch_id, Permission.ASSOCIATION_MANAGE)
    name = deed.__name__
    form = SinceWhy(request.POST, auto_id=f"id_{name}_%s")

    def decide() -> str:
        deed(request.actor, branch, form.cleaned_data["on"], form.cleaned_data["reason"])
        return said

    return done(request, branch_id, form, decide, deed=name)
