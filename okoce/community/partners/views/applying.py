"""The public form of a mitra: a number and its code, what it is and offers, where it serves, and how the application stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.organisations.applying import Applicant, Draft
from okoce.community.organisations.filing import SHOWING_AND_SENDING, Filing, Pages
from okoce.community.organisations.forms import LastButton
from okoce.community.partners.actions.proposals import APPLICANT, NewProposal, change_proposal
from okoce.community.partners.actions.proposals import apply_partner as apply
from okoce.community.partners.actions.proposals import withdraw_proposal as withdraw
from okoce.community.partners.application_forms import Agreeing, PartnerApplication, new_partner
from okoce.community.partners.places import changed_places, place_of, search_wide_places
from okoce.community.partners.queries.partners import places_of
from okoce.community.partners.queries.proposals import (
    contact_words,
    is_name_taken,
    name_taken,
    proposals_of_phone,
)
from okoce.community.partners.rules import MOST_AREAS
from okoce.community.partners.states import WAITING, PartnerState
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import takes_back_refusals

if TYPE_CHECKING:
    from okoce.community.partners.models import Partner

LONGEST_NUMBER = 20
ABOUT = ("name", "kind", "offer", "website")
BY_WHOM = ("contact_name", "contact_duty", "contact_email")


class PartnerFiling(Filing["Partner"]):
    """What is a mitra's own of it."""

    draft = Draft("partner_application")
    purpose = CodePurpose.PARTNER
    pages = Pages(
        "apply_partner",
        "apply_partner_code",
        "apply_partner_details",
        "apply_partner_area",
        "apply_partner_done",
    )
    templates = {
        "apply_partner": "partners/apply_partner.html",
        "apply_partner_code": "web/application_code.html",
        "apply_partner_details": "partners/apply_partner_details.html",
        "apply_partner_area": "partners/apply_partner_area.html",
        "apply_partner_done": "partners/apply_partner_done.html",
    }
    changed = "partner_id"
    own_name = "contact_name"
    asked = PartnerState.ASKED
    waiting = WAITING
    last_button = Agreeing

    def applied(self, phone: str) -> "list[Partner]":
        return proposals_of_phone(APPLICANT, phone)

    def form(self, applicant: Applicant, *, is_asked: bool, **about: Any) -> PartnerApplication:
        return PartnerApplication(phone=applicant.phone, is_asked=is_asked, **about)

    def name_problem(self, name: str, phone: str) -> str:
        return name_taken() % name if is_name_taken(name, phone) else ""

    def told_of(self, row: "Partner") -> tuple[dict[str, Any], list[str]]:
        told = {field: getattr(row, field) for field in ABOUT}
        told |= {field: getattr(row.proposal, field) for field in BY_WHOM}
        return told | {"offered_stages": [str(stage) for stage in row.offered_stages]}, places_of(row)

    def chosen(self, areas: list[str], added: str, left: str) -> list[str]:
        # one more than may be, so that it is refused with its sentence
        return changed_places(areas, added[:LONGEST_NUMBER], left)[: MOST_AREAS + 1]

    def area_context(
        self, request: Request, applicant: Applicant, chosen: list[str], form: LastButton
    ) -> dict[str, Any]:
        version, consent = contact_words()
        return {
            "search": search_wide_places(request.GET.get("cari"), chosen),
            "chosen": [place_of(code) for code in chosen],
            "phone": show_phone(applicant.phone),
            "version": version,
            "consent": consent,
            "has_agreed": "consent" in form.data,
        }

    def send(
        self, request: Request, applicant: Applicant, told: dict[str, Any], changed: "Partner | None"
    ) -> None:
        new = NewProposal(
            about=new_partner(told, applicant.phone),
            consent_version=_agreed(request),
            phone_proven_since=applicant.proven_since or timezone.now(),
            contact_user_id=applicant.user_id,
            answer=told.get("answer", ""),
        )
        if changed is None:
            apply(APPLICANT, new)
        else:
            change_proposal(APPLICANT, changed, new)

    def standing_context(
        self, request: Request, applicant: Applicant, rows: "Sequence[Partner]"
    ) -> dict[str, Any]:
        return {"partners": rows}


def _agreed(request: Request) -> str:
    """To which words she has agreed; "" where she did not."""
    return request.POST.get("version", "")[:LONGEST_NUMBER] if "consent" in request.POST else ""


FILING = PartnerFiling()


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner(request: Request) -> HttpResponse:
    """The first screen: a telephone number."""
    return FILING.ask_phone(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_code(request: Request) -> HttpResponse:
    """The code that was sent to it."""
    return FILING.ask_code(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_details(request: Request) -> HttpResponse:
    """What the mitra is and who speaks for it."""
    return FILING.ask_details(request)


@never_cache
@takes_back_refusals
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_area(request: Request) -> HttpResponse:
    """Where it serves; then the contact agrees and the application is sent."""
    return FILING.ask_area(request)


@never_cache
@require_safe
def apply_partner_done(request: Request) -> HttpResponse:
    """What was applied for under this number, and how it stands."""
    return FILING.show_done(request)


@never_cache
@takes_back_refusals
@require_POST
def withdraw_proposal(request: Request) -> HttpResponse:
    """Take one's consent back: the contact goes, and with it an application that still waits."""
    applicant = FILING.draft.applicant_of(request)
    if applicant is None:
        return redirect("apply_partner")
    known = {str(partner.pk): partner for partner in FILING.applied(applicant.phone)}
    partner = known.get(request.POST.get("mitra", ""))
    if partner is not None:
        withdraw(APPLICANT, partner, applicant.phone)
        FILING.draft.leave_change(request, FILING.changed)  # her name and address stand there too
        messages.success(request, _("Persetujuan ditarik. Nama dan nomor Anda dihapus dari pengajuan itu."))
    return redirect("apply_partner_done")
