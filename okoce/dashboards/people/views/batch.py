"""A batch in two steps: what will happen to how many, then doing it. Both are plain forms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okoce.community.members.actions.helping import end_helper
from okoce.community.members.queries import helper_for, member_for
from okoce.dashboards.people.batch_forms import AssignHelper, NoteReason
from okoce.dashboards.people.batches import (
    DEEDS,
    MOST_CHOSEN,
    Chosen,
    back_to_list,
    chosen_again,
    chosen_in,
    give_helper,
    helpers_offered,
    note_reason,
)
from okoce.dashboards.people.views.evidence_batches import ask_evidence, evidence_form
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import NotAllowed

UNPROCESSABLE = 422


@require_POST
@needs(Permission.MEMBERS_READ)
def choose_people(request: Request) -> HttpResponse:
    """Show whom a batch is about and what it will do; nothing is changed yet."""
    deed = request.POST.get("tindakan", "")
    if deed not in DEEDS:
        return _confirmation(request, Chosen((), (), 0), deed="", form=None)
    if not request.actor.may(DEEDS[deed]):
        raise NotAllowed(
            _("Peran Anda tidak boleh melakukan ini. Minta bantuan sekretariat bila ini tugas Anda.")
        )
    chosen = chosen_in(request.actor, request.POST)
    if deed == "bukti" and chosen.members:
        return ask_evidence(request, chosen, evidence_form(chosen))
    form = (
        AssignHelper(offered=helpers_offered(chosen.members, request.actor))
        if deed == "pendamping"
        else NoteReason()
    )
    return _confirmation(request, chosen, deed, form)


@require_POST
@needs(Permission.MEMBERS_ASSIGN_HELPER)
def assign_helpers(request: Request) -> HttpResponse:
    """Give everybody chosen one helper."""
    chosen = chosen_again(request.actor, request.POST)
    form = AssignHelper(request.POST, offered=helpers_offered(chosen.members))
    if chosen.ids and form.is_valid():
        with form.taking_refusals():
            return _told(request, *give_helper(request.actor, chosen, form.helping()))
    return _confirmation(request, chosen, "pendamping", form, is_refused=True)


@require_POST
@needs(Permission.PIPELINE_SET_STANDSTILL)
def note_reasons(request: Request) -> HttpResponse:
    """Note one reason for everybody chosen who has none yet."""
    chosen = chosen_again(request.actor, request.POST)
    form = NoteReason(request.POST)
    if chosen.ids and form.is_valid():
        return _told(request, *note_reason(request.actor, chosen, form.cleaned_data["reason"]))
    return _confirmation(request, chosen, "alasan", form, is_refused=True)


@require_POST
@needs(Permission.MEMBERS_ASSIGN_HELPER)
def end_help(request: Request, number: str, helper_id: int) -> HttpResponse:
    """One person helps a member no more."""
    member = member_for(request.actor, number, Permission.MEMBERS_ASSIGN_HELPER)
    end_helper(request.actor, helper_for(request.actor, member, helper_id))
    messages.success(request, _("Bantuan diakhiri mulai hari ini."))
    return redirect("member_detail", number=member.number)


def _confirmation(
    request: Request, chosen: Chosen, deed: str, form: forms.Form | None, *, is_refused: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "chosen": chosen,
        "names": [member.name for member in chosen.members[:10]],
        "more": max(0, len(chosen.members) - 10),
        "deed": deed,
        "form": form,
        "most": MOST_CHOSEN,
        "filter": request.POST.get("saringan", ""),
        "back_href": back_to_list(request.POST),
    }
    status = UNPROCESSABLE if is_refused or not deed or not chosen.members else 200
    return render(request, "people/batch.html", context, status=status)


def _told(request: Request, done: str, refused: str) -> HttpResponse:
    messages.success(request, done)
    if refused:
        messages.warning(request, refused)
    return redirect(back_to_list(request.POST))
