"""The public form of a komunitas: a number and its code, what it is, where it works, and how the application stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.groups.actions.applications import (
    FOUNDER,
    NewApplication,
    change_application,
)
from okoce.community.groups.actions.applications import (
    apply_group as apply,
)
from okoce.community.groups.areas import changed_areas, search_areas
from okoce.community.groups.forms import GroupDetails, name_taken
from okoce.community.groups.queries import (
    applications_of_phone,
    areas_now,
    is_name_taken,
)
from okoce.community.groups.standing import standings
from okoce.community.groups.states import WAITING, GroupState
from okoce.community.organisations.applying import DECIDED, Applicant, Draft
from okoce.community.organisations.proving import Proving
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory.finding import offer_of

UNPROCESSABLE = 422
DRAFT = Draft("group_application")
CHANGED = "group_id"  # what the draft calls the application that is changed
SHOWING_AND_SENDING = ["GET", "HEAD", "POST"]
TOTAL = 3
TEMPLATES = {
    "apply_group": "groups/apply_group.html",
    "apply_group_code": "web/application_code.html",
    "apply_group_details": "groups/apply_group_details.html",
    "apply_group_area": "groups/apply_group_area.html",
}


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_group(request: Request) -> HttpResponse:
    """The first screen: a telephone number."""
    return _proving().ask_phone(request)


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_code(request: Request) -> HttpResponse:
    """The code that was sent to it."""
    return _proving().ask_code(request)


def _proving() -> Proving:
    return Proving(DRAFT, CodePurpose.GROUP, "apply_group", "apply_group_code", _place_of, _page)


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_details(request: Request) -> HttpResponse:
    """What the komunitas is; with `?ubah=` what was told before, as long as it waits; with `?baru` another one."""
    founder = DRAFT.applicant_of(request)
    if founder is None:
        return redirect("apply_group")
    question = _question(request, founder)
    if request.method != "POST":
        if request.GET.get("ubah"):
            return _take_up(request, founder, request.GET["ubah"])
        if "baru" in request.GET:
            DRAFT.leave_change(request, CHANGED)
            return redirect("apply_group_details")
        told = {"founder_name": founder.name, **DRAFT.kept(request).get("told", {})}
        form = GroupDetails(initial=told, is_asked=bool(question))
        return _page(request, "apply_group_details", 2, {"form": form, "question": question})
    form = GroupDetails(request.POST, is_asked=bool(question))
    fields = {name: request.POST.get(name, "")[:2000] for name in GroupDetails.base_fields}
    DRAFT.keep(request, told=fields)
    if form.is_valid() and is_name_taken(form.cleaned_data["name"], founder.phone):
        form.add_error("name", name_taken(form.cleaned_data["name"]))
    if form.is_valid():
        DRAFT.keep(request, told=form.cleaned_data)
        return redirect("apply_group_area")
    return _page(request, "apply_group_details", 2, {"form": form, "question": question})


def _question(request: Request, founder: Applicant) -> str:
    """What the secretariat asks about the application that is being changed; "" where it asks nothing."""
    changed = DRAFT.kept(request).get(CHANGED, 0)
    if not changed:
        return ""
    known = {group.pk: group for group in applications_of_phone(FOUNDER, founder.phone)}
    group = known.get(changed)
    return group.state_reason if group is not None and group.state == GroupState.ASKED else ""


def _take_up(request: Request, founder: Applicant, wanted: str) -> HttpResponse:
    """Put an application that waits back into the form."""
    for group in applications_of_phone(FOUNDER, founder.phone):
        if str(group.pk) == wanted and group.state in WAITING:
            told = {"name": group.name, "kind": group.kind, "purpose": group.purpose}
            told |= {"founder_name": group.application.founder_name, "others": group.application.others}
            DRAFT.keep(request, told=told, areas=areas_now(group), **{CHANGED: group.pk})
            return redirect("apply_group_details")
    return redirect("apply_group_done")


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_area(request: Request) -> HttpResponse:
    """Its kecamatan, one or more: searched by name, added and taken away; then the application is sent."""
    founder = DRAFT.applicant_of(request)
    if founder is None:
        return redirect("apply_group")
    if not DRAFT.kept(request).get("told"):
        return redirect("apply_group_details")
    if request.method == "POST":
        if "kirim" in request.POST:
            return _send(request, founder)
        areas = DRAFT.kept(request).get("areas", [])
        added, left = request.POST.get("tambah", ""), request.POST.get("hapus", "")
        DRAFT.keep(request, areas=changed_areas(areas, added, left))
        return redirect(f"{reverse('apply_group_area')}#wilayah")
    return _area_page(request)


def _send(request: Request, founder: Applicant) -> HttpResponse:
    told = DRAFT.kept(request)
    new = NewApplication(
        **told["told"],
        areas=tuple(told.get("areas", ())),
        founder_phone=founder.phone,
        founder_user_id=founder.user_id,
        phone_proven_since=founder.proven_since,
    )
    waiting = {group.pk: group for group in applications_of_phone(FOUNDER, founder.phone)}
    changed = waiting.get(told.get(CHANGED, 0))
    try:
        if changed is None:
            apply(FOUNDER, new)
        else:
            change_application(FOUNDER, changed, new)
    except DomainError as refusal:
        if refusal.code == DECIDED:
            return _decided_meanwhile(request, refusal)
        wrong = refusal.errors if isinstance(refusal, Invalid) else []
        return _area_page(request, [str(one.sentence) for one in wrong] or [refusal.sentence])
    DRAFT.forget_what_was_told(request)
    return redirect("apply_group_done")


def _decided_meanwhile(request: Request, refusal: DomainError) -> HttpResponse:
    """On to the decision. What was typed stays, for another application: under the one that is decided it could never be sent."""
    DRAFT.keep(request, **{CHANGED: None})
    messages.error(request, refusal.sentence)
    return redirect("apply_group_done")


def _area_page(request: Request, errors: list[str] | None = None) -> HttpResponse:
    chosen = DRAFT.kept(request).get("areas", [])
    context = {
        "search": search_areas(request.GET.get("cari"), chosen),
        "chosen": [offer for code in chosen if (offer := offer_of(code))],
        "offers_action": reverse("apply_group_area"),
        "errors": errors or [],
        "name": DRAFT.kept(request)["told"].get("name", ""),
    }
    if request.headers.get("X-Suggest"):
        return render(request, "groups/area_offers.html", context)
    return _page(request, "apply_group_area", 3, context, is_refused=bool(errors))


@never_cache
@require_safe
def apply_group_done(request: Request) -> HttpResponse:
    """What was applied for under this number, and how it stands."""
    founder = DRAFT.applicant_of(request)
    if founder is None:
        return redirect("apply_group")
    groups = applications_of_phone(FOUNDER, founder.phone)
    context = {
        "told": standings(request, founder, groups),
        "waiting": [str(state) for state in WAITING],
        "phone": show_phone(founder.phone),
    }
    return render(request, "groups/apply_group_done.html", context)


def _place_of(request: Request) -> str:
    """Where whoever has proven her number goes on: to what she has begun, or to what she applied for before."""
    founder = DRAFT.applicant_of(request)
    has_begun = bool(DRAFT.kept(request).get("told"))
    if founder is None or has_begun or not applications_of_phone(FOUNDER, founder.phone):
        return "apply_group_details"
    return "apply_group_done"


def _page(
    request: Request, name: str, number: int, context: dict[str, Any], *, is_refused: bool = False
) -> HttpResponse:
    form = context.get("form")
    is_wrong = is_refused or bool(form is not None and form.errors)
    frame = {"number": number, "total": TOTAL}
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, TEMPLATES[name], {**frame, **context}, status=status)
