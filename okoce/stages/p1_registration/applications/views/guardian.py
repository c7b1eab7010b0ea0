"""The phone of whoever answers for somebody under age, proven by a code of its own; then she is a member."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from okoce.community.members.actions.consents import Guardian
from okoce.community.members.queries import consent_wordings
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.shared.refusals import ONCE, bring_back, form_page
from okoce.foundation.territory import queries as territory
from okoce.stages.p1_registration.applications import actions
from okoce.stages.p1_registration.applications.actions import HERSELF, Agreement
from okoce.stages.p1_registration.applications.answers import Answers
from okoce.stages.p1_registration.applications.forms import PROGRAMME, CodeForm
from okoce.stages.p1_registration.applications.queries import Draft, needs_guardian
from okoce.stages.p1_registration.applications.visits import block, frame, to_the_end
from okoce.stages.p1_registration.states import DraftStep

JUST_SENT = "just_sent"


@require_http_methods(["GET", "HEAD", "POST"])
@block(DraftStep.CONSENT)
def register_guardian(request: Request, draft: Draft) -> HttpResponse:
    """The code that the guardian got; another one on request. Whoever has changed her answers meanwhile consents anew."""
    if not _waits_for_guardian(draft.answers):
        return redirect("register_consent")
    if request.method != "POST":
        is_proven = bool(
            draft.answers.guardian_proven_at
        )  # something else was refused: to be put right there
        return redirect("register_consent") if is_proven else _page(request, draft, CodeForm())
    if "again" in request.POST:
        return _send_again(request, draft)
    form = CodeForm(request.POST)
    return _take_code(request, draft, form) if form.is_valid() else _page(request, draft, form)


def send_guardian_code(request: Request, phone: str) -> None:
    """Send it, unless one has only just left."""
    try:
        send_code(phone, purpose=CodePurpose.GUARDIAN, address=client_address(request))
    except DomainError as refusal:
        if refusal.code != JUST_SENT:
            raise


def _waits_for_guardian(told: Answers) -> bool:
    """Whether a guardian is needed still, and the words that were agreed to are those of today."""
    current = consent_wordings(day_in(territory.zone_of(told.region)))[PROGRAMME].version
    is_asked = bool(told.guardian_phone) and told.text_version == current
    return is_asked and needs_guardian(told.born_on, told.region)


def _take_code(request: Request, draft: Draft, form: CodeForm) -> HttpResponse:
    phone = draft.answers.guardian_phone
    try:
        accept_code(
            phone,
            form.cleaned_data["code"],
            purpose=CodePurpose.GUARDIAN,
            address=client_address(request),
            holder=f"draft:{draft.id}",
        )
        actions.prove_guardian(HERSELF, draft.id, phone)
        completed = actions.complete_registration(HERSELF, draft.id, _agreement(draft.answers))
    except DomainError as refusal:
        form.add_error("code", refusal.sentence)
        return _page(request, draft, form)
    return to_the_end(draft, completed)


def _agreement(told: Answers) -> Agreement:
    guardian = Guardian(
        name=told.guardian_name,
        phone=told.guardian_phone,
        relation=told.guardian_relation,
        text_version=told.text_version,
    )
    purposes = tuple(told.purposes.split(","))
    return Agreement(purposes=purposes, text_version=told.text_version, guardian=guardian)


def _send_again(request: Request, draft: Draft) -> HttpResponse:
    form = CodeForm({"code": ""})
    try:
        send_code(draft.answers.guardian_phone, purpose=CodePurpose.GUARDIAN, address=client_address(request))
    except DomainError as refusal:
        form.errors["code"] = form.error_class([refusal.sentence])
        return _page(request, draft, form)
    return redirect("register_guardian")


def _page(request: Request, draft: Draft, form: CodeForm) -> HttpResponse:
    bring_back(request, form, draft.id)
    told = draft.answers
    context = {
        **frame(DraftStep.CONSENT, draft),
        "name": told.guardian_name,
        "phone": show_phone(told.guardian_phone),
    }
    return form_page(
        request, "registration/register_guardian.html", form, context, about=draft.id, telling=ONCE
    )
