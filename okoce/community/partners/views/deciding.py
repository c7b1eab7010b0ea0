"""What the secretariat decides about a mitra, and who acts for it. Each deed is a form of its own on the page of the mitra."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okoce.community.organisations.checklists import moment_of
from okoce.community.partners.actions import contacts as contact_deeds
from okoce.community.partners.actions import partners as deeds
from okoce.community.partners.forms import AppointContact, EndContact, PartnerReason
from okoce.community.partners.queries.partners import Acting, contact_for, contacts_of, partner_for
from okoce.community.partners.sheet import partner_context
from okoce.community.partners.speakers import speaker_note
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.notifications.kind import Kind
from okoce.foundation.notifications.kinds import PARTNER_ASKED, PARTNER_REFUSED
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.forms import RuleAwareForm

UNPROCESSABLE = 422


def _page(request: Request, partner_id: int, refused: Mapping[str, Any]) -> HttpResponse:
    """The page again, with what was refused."""
    partner = partner_for(request.actor, partner_id)
    context = partner_context(request.actor, partner, refused)
    return render(request, "partners/partner_detail.html", context, status=UNPROCESSABLE)


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def check_partner(request: Request, partner_id: int) -> HttpResponse:
    """Note what of the checklist is met; with the second button validate at once."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    met = set(filter(None, map(number_typed, request.POST.getlist("butir"))))
    try:
        deeds.check_partner(request.actor, partner, met, moment_of(request.POST.get("dibaca", "")))
        if "validasi" in request.POST:
            deeds.validate_partner(request.actor, partner, today_wib())
    except NotFound:
        raise
    except DomainError as refusal:
        return _page(request, partner_id, {"refusal": refusal.sentence})
    is_valid = "validasi" in request.POST
    messages.success(
        request,
        _validated(contacts_of(request.actor, partner)) if is_valid else _("Daftar periksa disimpan."),
    )
    return redirect("partner_detail", partner_id=partner_id)


def _validated(contacts: list[Acting]) -> str:
    """What became of whoever applied for it."""
    if any(not one.has_ended for one in contacts):
        return _("Mitra divalidasi. Narahubungnya bertugas mulai hari ini dan diberi tahu.")
    return _("Mitra divalidasi. Belum ada narahubung yang bertugas: tunjuk di bawah.")


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def ask_partner(request: Request, partner_id: int) -> HttpResponse:
    """Ask for what is missing."""
    return _decide(request, partner_id, deeds.ask_partner, _("Pertanyaan dicatat."), PARTNER_ASKED)


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def refuse_partner(request: Request, partner_id: int) -> HttpResponse:
    """Refuse the proposal."""
    said = _("Usulan ditolak, alasannya dicatat.")
    return _decide(request, partner_id, deeds.refuse_partner, said, PARTNER_REFUSED)


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def pause_partner(request: Request, partner_id: int) -> HttpResponse:
    """Let the mitra rest."""
    return _decide(request, partner_id, deeds.pause_partner, _("Mitra berhenti sementara."))


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def reopen_partner(request: Request, partner_id: int) -> HttpResponse:
    """Let the mitra go on."""
    return _decide(request, partner_id, deeds.reopen_partner, _("Mitra aktif lagi."))


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def close_partner(request: Request, partner_id: int) -> HttpResponse:
    """End the partnership for good."""
    return _decide(request, partner_id, deeds.close_partner, _("Kemitraan diakhiri, alasannya dicatat."))


def _decide(
    request: Request, partner_id: int, deed: Callable[..., Any], said: str, told: Kind | None = None
) -> HttpResponse:
    """A deed that needs a reason; its name is that of its page. `told`: of what whoever applied was written to."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    name = deed.__name__
    form = PartnerReason(request.POST, auto_id=f"id_{name}_%s")

    def decide() -> str:
        decided = deed(request.actor, partner, form.cleaned_data["reason"])
        return f"{said} {speaker_note(told, decided)}" if told else said

    return _done(request, partner_id, form, decide, deed=name)


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def appoint_contact(request: Request, partner_id: int) -> HttpResponse:
    """Let somebody act for the mitra."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    form = AppointContact(request.POST, auto_id="id_appoint_%s")

    def appoint() -> str:
        contact_deeds.appoint_contact(request.actor, partner, form.cleaned_data["who"], form.term())
        return _("Narahubung ditunjuk. Haknya berlaku selama masa tugasnya.")

    return _done(request, partner_id, form, appoint, deed="appoint_contact")


@require_POST
@needs(Permission.PARTNERS_MANAGE)
def end_contact(request: Request, partner_id: int, contact_id: int) -> HttpResponse:
    """Let a contact person's time end."""
    partner = partner_for(request.actor, partner_id, Permission.PARTNERS_MANAGE)
    contact = contact_for(request.actor, partner, contact_id)
    form = EndContact(request.POST, auto_id=f"id_end_{contact.pk}_%s")

    def end() -> str:
        contact_deeds.end_contact(request.actor, contact, form.cleaned_data["until_on"])
        return _("Masa tugas diakhiri, haknya juga.")

    return _done(request, partner_id, form, end, deed="end_contact", contact_id=contact.pk)


def _done(
    request: Request, partner_id: int, form: RuleAwareForm, carry_out: Callable[[], str], **told: Any
) -> HttpResponse:
    """The deed, or the page with what was wrong beside its field."""
    back = reverse("partner_detail", args=[partner_id])
    return done_or_again(
        request, form, carry_out, back, lambda wrong: _page(request, partner_id, {**told, **wrong})
    )
