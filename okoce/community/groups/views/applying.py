"""The public form of a komunitas: a number and its code, what it is, where it works, and how the application stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.groups.actions.applications import FOUNDER, NewApplication, change_application
from okoce.community.groups.actions.applications import apply_group as apply
from okoce.community.groups.areas import changed_areas, search_areas
from okoce.community.groups.forms import GroupDetails, name_taken
from okoce.community.groups.queries import applications_of_phone, areas_now, is_name_taken
from okoce.community.groups.standing import standings
from okoce.community.groups.states import WAITING, GroupState
from okoce.community.organisations.applying import Applicant, Draft
from okoce.community.organisations.filing import SHOWING_AND_SENDING, Filing, Pages
from okoce.community.organisations.forms import LastButton
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.refusals import takes_back_refusals
from okoce.foundation.territory.finding import offer_of

if TYPE_CHECKING:
    from okoce.community.groups.models import Group

ABOUT = ("name", "kind", "purpose")
BY_WHOM = ("founder_name", "others")


class GroupFiling(Filing["Group"]):
    """What is a komunitas' own of it."""

    draft = Draft("group_application")
    purpose = CodePurpose.GROUP
    pages = Pages(
        "apply_group", "apply_group_code", "apply_group_details", "apply_group_area", "apply_group_done"
    )
    templates = {
        "apply_group": "groups/apply_group.html",
        "apply_group_code": "web/application_code.html",
        "apply_group_details": "groups/apply_group_details.html",
        "apply_group_area": "groups/apply_group_area.html",
        "apply_group_done": "groups/apply_group_done.html",
    }
    changed = "group_id"
    own_name = "founder_name"
    asked = GroupState.ASKED
    waiting = WAITING

    def applied(self, phone: str) -> "list[Group]":
        return applications_of_phone(FOUNDER, phone)

    def form(self, applicant: Applicant, *, is_asked: bool, **about: Any) -> GroupDetails:
        return GroupDetails(is_asked=is_asked, **about)

    def name_problem(self, name: str, phone: str) -> str:
        return name_taken(name) if is_name_taken(name, phone) else ""

    def told_of(self, row: "Group") -> tuple[dict[str, Any], list[str]]:
        told = {field: getattr(row, field) for field in ABOUT}
        return told | {field: getattr(row.application, field) for field in BY_WHOM}, areas_now(row)

    def chosen(self, areas: list[str], added: str, left: str) -> list[str]:
        return changed_areas(areas, added, left)

    def area_context(
        self, request: Request, applicant: Applicant, chosen: list[str], form: LastButton
    ) -> dict[str, Any]:
        return {
            "search": search_areas(request.GET.get("cari"), chosen),
            "chosen": [offer for code in chosen if (offer := offer_of(code))],
            "offers_action": reverse("apply_group_area"),
        }

    def send(
        self, request: Request, applicant: Applicant, told: dict[str, Any], changed: "Group | None"
    ) -> None:
        new = NewApplication(
            **told,
            founder_phone=applicant.phone,
            founder_user_id=applicant.user_id,
            phone_proven_since=applicant.proven_since,
        )
        if changed is None:
            apply(FOUNDER, new)
        else:
            change_application(FOUNDER, changed, new)

    def standing_context(
        self, request: Request, applicant: Applicant, rows: "Sequence[Group]"
    ) -> dict[str, Any]:
        return {"told": standings(request, applicant, list(rows))}


FILING = GroupFiling()


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_group(request: Request) -> HttpResponse:
    """The first screen: a telephone number."""
    return FILING.ask_phone(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_code(request: Request) -> HttpResponse:
    """The code that was sent to it."""
    return FILING.ask_code(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_details(request: Request) -> HttpResponse:
    """What the komunitas is, and who founds it."""
    return FILING.ask_details(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_group_area(request: Request) -> HttpResponse:
    """Its kecamatan, one or more; then the application is sent."""
    return FILING.ask_area(request)


@never_cache
@require_safe
def apply_group_done(request: Request) -> HttpResponse:
    """What was applied for under this number, and how it stands."""
    return FILING.show_done(request)
