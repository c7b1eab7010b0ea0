"""The register of agreements: the list with what runs out, taking one down, one agreement and what is done about it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.partners import files
from okoce.community.partners.actions import agreements as deeds
from okoce.community.partners.agreement_forms import (
    AddObligation,
    EndAgreement,
    ExtendAgreement,
    RegisterAgreement,
)
from okoce.community.partners.agreement_sheet import agreement_context, last_day, standing_of
from okoce.community.partners.places import written_places
from okoce.community.partners.queries.agreements import (
    ENDING,
    agreement_for,
    agreements_by_standing,
    list_agreements,
    notice_days,
    obligation_for,
    party_names,
)
from okoce.community.partners.queries.partners import partner_for, places_of
from okoce.community.partners.states import AgreementKind, AgreementState
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import LAST_PAGE, number_typed
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.lists import FilterChip, chips_by_state, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

UNPROCESSABLE = 422


@require_safe
@needs(Permission.PARTNERS_READ)
def agreement_list(request: Request) -> HttpResponse:
    """The agreements in the officer's scope, those that end first before others; what runs out is the secretariat's list."""
    asked = request.GET.get("keadaan", "")
    standing = asked if asked in {ENDING, *AgreementState.values} else ""
    page_number = number_typed(request.GET.get("hal", ""), LAST_PAGE) or 0
    page = list_agreements(request.actor, standing, page_number)
    today = today_wib()
    notices = notice_days(today)
    rows: list[list[CellValue]] = []
    for agreement in page.agreements:
        stands = standing_of(agreement, today, notices)
        rows.append(
            [
                Cell(
                    agreement.subject,
                    reverse("agreement_detail", args=[agreement.pk]),
                    detail=agreement.number,
                ),
                ", ".join(party_names(agreement.parties.all())),
                str(AgreementKind(agreement.kind).label),
                day_text(last_day(agreement), "medium"),
                Cell(stands.words, tone=stands.tone),
            ]
        )
    names = (_("Tentang"), _("Para pihak"), _("Jenis"), _("Hari terakhir"), _("Keadaan"))
    context = {
        "chips": _chips(standing, agreements_by_standing(request.actor)),
        "columns": [Column(name) for name in names],
        "rows": rows,
        "next_href": list_address("agreement_list", keadaan=standing, hal=page_number + 1)
        if page.has_more
        else "",
        "is_narrowed": bool(standing),
    }
    return render(request, "partners/agreement_list.html", context)


def _chips(standing: str, counts: dict[str, int]) -> list[FilterChip]:
    def href(chosen: str) -> str:
        return list_address("agreement_list", keadaan=chosen)

    ending = FilterChip(_("Segera habis"), href(ENDING), counts[ENDING], is_current=standing == ENDING)
    by_state = {state: count for state, count in counts.items() if state != ENDING}
    everything, *states = chips_by_state(AgreementState.choices, by_state, standing, href, shows_empty=True)
    return [everything, ending, *states]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PARTNERS_MANAGE)
def register_agreement(request: Request, partner_id: int) -> HttpResponse:
    """Take down an agreement that was signed with a mitra."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    form = RegisterAgreement(
        request.POST or None,
        actor=request.actor,
        partner=partner,
        initial={"places": written_places(places_of(partner))},
    )
    if request.method == "POST" and form.is_valid():
        try:
            agreement = deeds.register_agreement(request.actor, form.agreement())
        except DomainError as refusal:  # also another mitra or a place beyond her own: what she typed stays
            form.take(refusal)
        else:
            messages.success(request, _("Perjanjian dicatat. Tambahkan kewajiban dan PDF-nya."))
            return redirect("agreement_detail", agreement_id=agreement.pk)
    context = {"form": form, "partner": partner}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "partners/register_agreement.html", context, status=status)


@require_safe
@needs(Permission.PARTNERS_READ)
def agreement_detail(request: Request, agreement_id: int) -> HttpResponse:
    """One agreement: between whom, over what, until when, what was promised, and what happened to it."""
    agreement = agreement_for(request.actor, agreement_id)
    return render(request, "partners/agreement_detail.html", agreement_context(request.actor, agreement))


@require_safe
@needs(Permission.PARTNERS_READ)
def agreement_document(request: Request, agreement_id: int) -> FileResponse:
    """The signed PDF."""
    agreement = agreement_for(request.actor, agreement_id)
    path = files.DOCUMENTS.path_of(agreement.document) if agreement.document else None
    if path is None or not path.exists():
        raise NotFound(_("PDF perjanjian ini belum disimpan."))
    answer = FileResponse(path.open("rb"), filename=f"perjanjian-{agreement_id}.pdf", as_attachment=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def keep_document(request: Request, agreement_id: int) -> HttpResponse:
    """Keep the signed PDF."""
    agreement = agreement_for(request.actor, agreement_id, Permission.PARTNERS_MANAGE)
    sent = request.FILES.get("document")
    if sent is None:
        told = {"document_error": _("Belum ada berkas yang dipilih. Pilih PDF perjanjiannya.")}
        return _page(request, agreement_id, told)
    try:
        deeds.keep_document(request.actor, agreement, sent.chunks())
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(request, agreement_id, {"document_error": refusal.sentence})
    messages.success(request, _("PDF disimpan."))
    return redirect("agreement_detail", agreement_id=agreement_id)


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def extend_agreement(request: Request, agreement_id: int) -> HttpResponse:
    """Let it go on."""
    agreement = agreement_for(request.actor, agreement_id, Permission.PARTNERS_MANAGE)
    form = ExtendAgreement(request.POST, auto_id="id_extend_%s")

    def extend() -> str:
        deeds.extend_agreement(request.actor, agreement, form.extension())
        return _("Perjanjian diperpanjang.")

    return _done(request, agreement_id, form, extend, deed="extend_agreement")


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def end_agreement(request: Request, agreement_id: int) -> HttpResponse:
    """End it before its time."""
    agreement = agreement_for(request.actor, agreement_id, Permission.PARTNERS_MANAGE)
    form = EndAgreement(request.POST, auto_id="id_end_%s")

    def end() -> str:
        told = form.cleaned_data
        deeds.end_agreement(request.actor, agreement, told["ended_on"], told["reason"])
        return _("Perjanjian diakhiri, alasannya dicatat.")

    return _done(request, agreement_id, form, end, deed="end_agreement")


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def add_obligation(request: Request, agreement_id: int) -> HttpResponse:
    """Write down what a side promised."""
    agreement = agreement_for(request.actor, agreement_id, Permission.PARTNERS_MANAGE)
    form = AddObligation(request.POST, auto_id="id_promise_%s")

    def add() -> str:
        deeds.add_obligation(request.actor, agreement, form.obligation())
        return _("Kewajiban dicatat.")

    return _done(request, agreement_id, form, add, deed="add_obligation")


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def strike_obligation(request: Request, agreement_id: int, obligation_id: int) -> HttpResponse:
    """Strike what was written down by mistake."""
    agreement = agreement_for(request.actor, agreement_id, Permission.PARTNERS_MANAGE)
    deeds.strike_obligation(request.actor, obligation_for(request.actor, agreement, obligation_id))
    messages.success(request, _("Kewajiban dicoret. Catatannya tetap terbaca."))
    return redirect("agreement_detail", agreement_id=agreement_id)


def _done(
    request: Request, agreement_id: int, form: RuleAwareForm, carry_out: Callable[[], str], **told: Any
) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    back = reverse("agreement_detail", args=[agreement_id])
    return done_or_again(
        request, form, carry_out, back, lambda wrong: _page(request, agreement_id, {**told, **wrong})
    )


def _page(request: Request, agreement_id: int, refused: Mapping[str, Any]) -> HttpResponse:
    """The page again, with what was refused."""
    agreement = agreement_for(request.actor, agreement_id)
    context = agreement_context(request.actor, agreement, refused)
    return render(request, "partners/agreement_detail.html", context, status=UNPROCESSABLE)
