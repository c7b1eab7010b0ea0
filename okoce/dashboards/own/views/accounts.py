"""What is held about whoever has an account and is no member: an officer, a contact of a mitra, somebody on a board. She sees, takes
along, has corrected, asks and is erased at the same addresses as a member."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from okoce.community.privacy.actions import account_rights as deeds
from okoce.community.privacy.queries import accounts
from okoce.community.privacy.queries.breaches import own_account_notices
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import TermCode
from okoce.dashboards.own.account_facts import account_facts
from okoce.dashboards.own.forms import AskAboutMyData, EraseMyData
from okoce.dashboards.own.looks import drawn_looks, moment_in
from okoce.dashboards.own.shell import UNPROCESSABLE
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.typed_numbers import number_typed


def account_data(request: Request) -> HttpResponse:
    """What stands about me, where I serve and served, and my rights over it."""
    account = accounts.own_account(request.actor)
    context = {**account_facts(account), "notices": own_account_notices(request.actor)}
    return _render(request, "own/account_data.html", context)


def account_looks(request: Request) -> HttpResponse:
    """Who saw my contact: the role and office, where, when; newest first, fifty a page."""
    page = accounts.looks_at_own_account(request.actor, before=number_typed(request.GET.get("sesudah", "")))
    context = {
        "looks": drawn_looks(page.looks, deeds.ACCOUNTS_ZONE),
        "next_href": f"{reverse('own_looks')}?sesudah={page.next}" if page.next else "",
        "is_account": True,
    }
    return _render(request, "own/own_looks.html", context)


def take_account_file(request: Request) -> HttpResponse:
    """Everything that is held about me, as one file."""
    answer = HttpResponse(deeds.take_own_account_file(request.actor), content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="data-akun.json"'
    return answer


def account_requests(request: Request) -> HttpResponse:
    """Ask the data officer; what I asked, until when it is answered, and the answers."""
    form = AskAboutMyData(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.ask_about_own_account(request.actor, **form.cleaned_data)
            messages.success(request, _("Permintaan Anda terkirim. Jawabannya muncul di halaman ini."))
            return redirect("own_requests")
    asked = [
        (one, moment_in(one.due, deeds.ACCOUNTS_ZONE)) for one in accounts.own_account_requests(request.actor)
    ]
    context = {"form": form, "asked": asked, "hours": term(TermCode.REQUEST_HOURS, today_wib())}
    return _render(request, "own/own_requests.html", context, UNPROCESSABLE if form.errors else 200)


def account_erasure(request: Request) -> HttpResponse:
    """What is destroyed, what stays why and how long; then ask for it, or see that it waits."""
    form = EraseMyData(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.ask_own_account_erasure(request.actor)
            return redirect("own_erasure")
    waiting = accounts.own_account_erasure(request.actor)
    context = {
        "form": form,
        "waiting": waiting,
        "due": moment_in(waiting.not_before, deeds.ACCOUNTS_ZONE) if waiting else "",
        "days": term(TermCode.ERASURE_WAIT_DAYS, today_wib()),
        "name_days": term(TermCode.OFFICE_NAME_DAYS, today_wib()),
        "serving": accounts.why_not_erased(request.actor),
    }
    return _render(request, "own/account_erasure.html", context, UNPROCESSABLE if form.errors else 200)


def withdraw_account_erasure(request: Request) -> HttpResponse:
    """Keep my data after all."""
    if deeds.withdraw_own_account_erasure(request.actor):
        messages.success(request, _("Permintaan dibatalkan. Data Anda tetap tersimpan."))
    return redirect("own_erasure")


def _render(request: Request, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, template, {**context, "shell": "web/desk.html"}, status=status)
