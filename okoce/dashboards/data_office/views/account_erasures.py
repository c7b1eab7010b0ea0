"""Whoever has an account alone asked on paper to be erased: noted at her request, thought over for some days, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.privacy.actions import account_rights as deeds
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.queries.accounts import account_that_asked, erasure_of_account
from okoce.community.privacy.queries.rights import request_for, term
from okoce.community.privacy.states import AccountLookedAt, TermCode
from okoce.dashboards.data_office.forms import EraseAccount
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib

UNPROCESSABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ERASE)
def ask_account_erasure(request: Request, request_id: int) -> HttpResponse:
    """What will be destroyed, and once more whose account it is."""
    asked = request_for(request.actor, request_id)
    account = account_that_asked(asked)
    form = EraseAccount(request.POST if request.method == "POST" else None, account=account)
    if form.is_valid():
        with form.taking_refusals():
            deeds.ask_written_account_erasure(request.actor, asked)
            messages.success(request, _("Dicatat. Data orang ini dihapus sesudah hari tunggu."))
            return redirect("data_request_detail", request_id=asked.pk)
    note_account_look(request.actor, AccountSight(page=AccountLookedAt.ACCOUNT, user_id=account.pk))
    context = {
        "asked": asked,
        "account": account,
        "form": form,
        "waiting": erasure_of_account(request.actor, account),
        "days": term(TermCode.ERASURE_WAIT_DAYS, today_wib()),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "data_office/ask_account_erasure.html", context, status=status)


@require_POST
@needs(Permission.MEMBERS_ERASE)
def withdraw_account_erasure(request: Request, request_id: int) -> HttpResponse:
    """She stays after all."""
    asked = request_for(request.actor, request_id)
    if deeds.withdraw_account_erasure(request.actor, asked):
        messages.success(request, _("Permintaan dibatalkan. Data orang ini tetap tersimpan."))
    return redirect("data_request_detail", request_id=asked.pk)
