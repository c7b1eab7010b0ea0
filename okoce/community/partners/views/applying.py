"""The public form of a mitra: a number and its code, what it is and offers, where it serves, and how the application stands."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.organisations.applying import DECIDED, Applicant, Draft
from okoce.community.organisations.proving import Proving
from okoce.community.partners.actions.proposals import APPLICANT, NewProposal, change_proposal
from okoce.community.partners.actions.proposals import apply_partner as apply
from okoce.community.partners.actions.proposals import withdraw_proposal as withdraw
from okoce.community.partners.application_forms import PartnerApplication, new_partner
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
from okoce.foundation.shared.errors import DomainError, Invalid
from okoce.foundation.shared.phones import show_phone

UNPROCESSABLE = 422
DRAFT = Draft("partner_application")
CHANGED = "partner_id"  # what the draft calls the application that is changed
SHOWING_AND_SENDING = ["GET", "HEAD", "POST"]
TOTAL = 3
LONGEST_KEPT = 2_000
TOTAL_OF_STAGES, LONGEST_NUMBER = 7, 20
TEMPLATES = {
    "apply_partner": "partners/apply_partner.html",
    "apply_partner_code": "web/application_code.html",
    "apply_partner_details": "partners/apply_partner_details.html",
    "apply_partner_area": "partners/apply_partner_area.html",
}


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner(request: Request) -> HttpResponse:
    """The first screen: a telephone number."""
    return _proving().ask_phone(request)


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_code(request: Request) -> HttpResponse:
    """The code that was sent to it."""
    return _proving().ask_code(request)


def _proving() -> Proving:
    return Proving(
        DRAFT, CodePurpose.PARTNER, "apply_partner", "apply_partner_code", _place_of_applicant, _page
    )


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_details(request: Request) -> HttpResponse:
    """What the mitra is and who speaks for it; with `?ubah=` what was told before, as long as it waits; with
    `?baru` another one."""
    applicant = DRAFT.applicant_of(request)
    if applicant is None:
        return redirect("apply_partner")
    question = _question(request, applicant)
    if request.method != "POST":
        if request.GET.get("ubah"):
            return _take_up(request, applicant, request.GET["ubah"])
        if "baru" in request.GET:
            DRAFT.leave_change(request, CHANGED)
            return redirect("apply_partner_details")
        told = {"contact_name": applicant.name, **DRAFT.kept(request).get("told", {})}
        form = PartnerApplication(initial=told, phone=applicant.phone, is_asked=bool(question))
        return _page(request, "apply_partner_details", 2, {"form": form, "question": question})
    form = PartnerApplication(request.POST, phone=applicant.phone, is_asked=bool(question))
    DRAFT.keep(request, told=_typed(request))
    if form.is_valid() and is_name_taken(form.cleaned_data["name"], applicant.phone):
        form.add_error("name", name_taken() % form.cleaned_data["name"])
    if form.is_valid():
        DRAFT.keep(request, told=form.cleaned_data)
        return redirect("apply_partner_area")
    return _page(request, "apply_partner_details", 2, {"form": form, "question": question})


def _question(request: Request, applicant: Applicant) -> str:
    """What the secretariat asks about the application that is being changed; "" where it asks nothing."""
    changed = DRAFT.kept(request).get(CHANGED, 0)
    if not changed:
        return ""
    known = {partner.pk: partner for partner in proposals_of_phone(APPLICANT, applicant.phone)}
    partner = known.get(changed)
    return partner.state_reason if partner is not None and partner.state == PartnerState.ASKED else ""


def _typed(request: Request) -> dict[str, Any]:
    """What was typed, also where it is wrong; nothing of it is lost."""
    told: dict[str, Any] = {
        name: request.POST.get(name, "")[:LONGEST_KEPT] for name in PartnerApplication.base_fields
    }
    stages = request.POST.getlist("offered_stages")[:TOTAL_OF_STAGES]
    return {**told, "offered_stages": [one[:LONGEST_NUMBER] for one in stages]}


def _take_up(request: Request, applicant: Applicant, wanted: str) -> HttpResponse:
    """Put an application that waits back into the form."""
    for partner in proposals_of_phone(APPLICANT, applicant.phone):
        if str(partner.pk) == wanted and partner.state in WAITING:
            about = ("name", "kind", "offer", "website")
            who = ("contact_name", "contact_duty", "contact_email")
            told = {field: getattr(partner, field) for field in about}
            told |= {field: getattr(partner.proposal, field) for field in who}
            told["offered_stages"] = [str(stage) for stage in partner.offered_stages]
            DRAFT.keep(request, told=told, areas=places_of(partner), **{CHANGED: partner.pk})
            return redirect("apply_partner_details")
    return redirect("apply_partner_done")


@never_cache
@require_http_methods(SHOWING_AND_SENDING)
def apply_partner_area(request: Request) -> HttpResponse:
    """Where it serves: places searched by name, added and taken away; then the contact agrees and the application is sent."""
    applicant = DRAFT.applicant_of(request)
    if applicant is None:
        return redirect("apply_partner")
    if not DRAFT.kept(request).get("told"):
        return redirect("apply_partner_details")
    if request.method == "POST":
        if "kirim" in request.POST:
            return _send(request, applicant)
        areas = DRAFT.kept(request).get("areas", [])
        changed = changed_places(areas, request.POST.get("tambah", "")[:20], request.POST.get("hapus", ""))
        # one more than may be, so that it is refused with its sentence
        DRAFT.keep(request, areas=changed[: MOST_AREAS + 1])
        return redirect(f"{reverse('apply_partner_area')}#wilayah")
    return _area_page(request, applicant)


def _send(request: Request, applicant: Applicant) -> HttpResponse:
    kept = DRAFT.kept(request)
    agreed = request.POST.get("version", "")[:LONGEST_NUMBER] if "consent" in request.POST else ""
    question = _question(request, applicant)
    form = PartnerApplication(kept["told"], phone=applicant.phone, is_asked=bool(question))
    if not form.is_valid():  # it was left half done on the page before
        return _page(request, "apply_partner_details", 2, {"form": form, "question": question})
    new = NewProposal(
        about=new_partner(form.cleaned_data, tuple(kept.get("areas", ())), applicant.phone),
        consent_version=agreed,
        phone_proven_since=applicant.proven_since or timezone.now(),
        contact_user_id=applicant.user_id,
        answer=form.cleaned_data.get("answer", ""),
    )
    known = {partner.pk: partner for partner in proposals_of_phone(APPLICANT, applicant.phone)}
    changed = known.get(kept.get(CHANGED, 0))
    try:
        if changed is None:
            apply(APPLICANT, new)
        else:
            change_proposal(APPLICANT, changed, new)
    except DomainError as refusal:
        if refusal.code == DECIDED:
            return _decided_meanwhile(request, refusal)
        wrong = refusal.errors if isinstance(refusal, Invalid) else []
        return _area_page(
            request, applicant, [str(one.sentence) for one in wrong] or [refusal.sentence], bool(agreed)
        )
    DRAFT.forget_what_was_told(request)
    return redirect("apply_partner_done")


def _decided_meanwhile(request: Request, refusal: DomainError) -> HttpResponse:
    """On to the decision. What was typed stays, for another application: under the one that is decided it could never be sent."""
    DRAFT.keep(request, **{CHANGED: None})
    messages.error(request, refusal.sentence)
    return redirect("apply_partner_done")


def _area_page(
    request: Request, applicant: Applicant, errors: list[str] | None = None, has_agreed: bool = False
) -> HttpResponse:
    kept = DRAFT.kept(request)
    chosen = kept.get("areas", [])
    version, consent = contact_words()
    context = {
        "search": search_wide_places(request.GET.get("cari"), chosen),
        "chosen": [place_of(code) for code in chosen],
        "errors": errors or [],
        "name": kept["told"].get("name", ""),
        "phone": show_phone(applicant.phone),
        "version": version,
        "consent": consent,
        "has_agreed": has_agreed,
    }
    return _page(request, "apply_partner_area", 3, context, is_refused=bool(errors))


@never_cache
@require_safe
def apply_partner_done(request: Request) -> HttpResponse:
    """What was applied for under this number, and how it stands."""
    applicant = DRAFT.applicant_of(request)
    if applicant is None:
        return redirect("apply_partner")
    context = {
        "partners": proposals_of_phone(APPLICANT, applicant.phone),
        "waiting": [str(state) for state in WAITING],
        "phone": show_phone(applicant.phone),
    }
    return render(request, "partners/apply_partner_done.html", context)


@never_cache
@require_POST
def withdraw_proposal(request: Request) -> HttpResponse:
    """Take one's consent back: the contact goes, and with it an application that still waits."""
    applicant = DRAFT.applicant_of(request)
    if applicant is None:
        return redirect("apply_partner")
    known = {str(partner.pk): partner for partner in proposals_of_phone(APPLICANT, applicant.phone)}
    partner = known.get(request.POST.get("mitra", ""))
    if partner is not None:
        withdraw(APPLICANT, partner, applicant.phone)
        DRAFT.leave_change(request, CHANGED)  # her name and address stand there too
        messages.success(request, _("Persetujuan ditarik. Nama dan nomor Anda dihapus dari pengajuan itu."))
    return redirect("apply_partner_done")


def _place_of_applicant(request: Request) -> str:
    """Where whoever has proven her number goes on: to what she has begun, or to what she applied for before."""
    applicant = DRAFT.applicant_of(request)
    has_begun = bool(DRAFT.kept(request).get("told"))
    if applicant is None or has_begun or not proposals_of_phone(APPLICANT, applicant.phone):
        return "apply_partner_details"
    return "apply_partner_done"


def _page(
    request: Request, name: str, number: int, context: dict[str, Any], *, is_refused: bool = False
) -> HttpResponse:
    form = context.get("form")
    is_wrong = is_refused or bool(form is not None and form.errors)
    frame = {"number": number, "total": TOTAL}
    status = UNPROCESSABLE if is_wrong else 200
    return render(request, TEMPLATES[name], {**frame, **context}, status=status)
