"""Another phone number: the code that is sent there proves that it is in her hand. Until then nothing changes."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.members.actions.corrections import correct_own_contact
from okoce.community.privacy.actions.account_rights import change_own_account_phone
from okoce.community.privacy.queries.accounts import own_account
from okoce.dashboards.own.forms import ChangePhone, ConfirmPhone
from okoce.dashboards.own.queries import own_member, own_member_id
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.new_phones import tell_old_phone
from okoce.foundation.accounts.requests import Request
from okoce.foundation.accounts.states import CodePurpose
from okoce.foundation.shared.client_address import client_address
from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.phones import show_phone

ASKED = "own_new_phone"
ASKED_FOR = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change_own_phone(request: Request) -> HttpResponse:
    """Name the new number; a code is sent there."""
    stands = _number_now(request)
    form = ChangePhone(request.POST if request.method == "POST" else None)
    if form.is_valid():
        phone = form.cleaned_data["phone"]
        if phone == stands:
            form.add_error("phone", _("Ini nomor yang sudah tercatat. Tulis nomor yang baru."))
        elif _has_sent(request, form, phone):
            request.session[ASKED] = {"phone": phone, "at": timezone.now().isoformat()}
            return redirect("confirm_own_phone")
    now = show_phone(stands) if stands else ""
    status = UNPROCESSABLE if form.errors else 200
    return _drawn(request, "own/change_own_phone.html", {"form": form, "now": now}, status)


def _number_now(request: Request) -> str | None:
    """Of her record, or of the account that she has alone."""
    if own_member_id(request.actor) is None:
        return own_account(request.actor).phone
    return own_member(request.actor).phone


def _drawn(request: Request, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    if own_member_id(request.actor) is not None:
        answer = own_render(request, template, context, status)
    else:
        answer = render(request, template, {**context, "shell": "web/desk.html"}, status=status)
    answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer


def _has_sent(request: Request, form: ChangePhone, phone: str) -> bool:
    """A code that has only just left counts as sent: whoever went back and forth has it already."""
    try:
        send_code(phone, purpose=CodePurpose.NEW_PHONE, address=client_address(request))
    except DomainError as refusal:
        if refusal.code != "just_sent":
            form.take(refusal)
            return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def confirm_own_phone(request: Request) -> HttpResponse:
    """Take the code; then the number is hers."""
    phone = _asked_phone(request)
    if phone is None:
        return redirect("change_own_phone")
    form = ConfirmPhone(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            _take(request, phone, form.cleaned_data["code"])
            del request.session[ASKED]
            return redirect("own_data")
    context = {"form": form, "phone": show_phone(phone)}
    return _drawn(request, "own/confirm_own_phone.html", context, UNPROCESSABLE if form.errors else 200)


def _take(request: Request, phone: str, code: str) -> None:
    """Refuses a wrong code. A number that another record of the same name has is looked at by people first."""
    accept_code(
        phone,
        code,
        purpose=CodePurpose.NEW_PHONE,
        address=client_address(request),
        holder=f"session:{request.session.session_key}",
    )
    if own_member_id(request.actor) is None:
        before = _number_now(request) or ""
        change_own_account_phone(request.actor, phone)
        tell_old_phone(before, phone)
        messages.success(request, _("Nomor HP Anda diganti. Mulai sekarang masuk dengan nomor baru."))
        return
    corrected = correct_own_contact(request.actor, own_member(request.actor), phone=phone)
    if corrected.conflict:
        messages.warning(request, corrected.conflict)
    else:
        messages.success(request, _("Nomor HP Anda diganti. Mulai sekarang masuk dengan nomor baru."))


def _asked_phone(request: Request) -> str | None:
    kept = request.session.get(ASKED)
    if not kept or datetime.fromisoformat(kept["at"]) < timezone.now() - ASKED_FOR:
        return None
    phone: str = kept["phone"]
    return phone
