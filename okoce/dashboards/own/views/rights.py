"""Taking my data along, and having them erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.privacy.actions import erasures, files, requests, restrictions
from okoce.community.privacy.queries.rights import own_requests as asked_by_me
from okoce.community.privacy.queries.rights import standing_restriction, term, waiting_erasure
from okoce.community.privacy.states import TermCode
from okoce.dashboards.own.forms import AskAboutMyData, EraseMyData
from okoce.dashboards.own.guards import needs_own_record, or_own_account
from okoce.dashboards.own.looks import moment_in
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.dashboards.own.views import accounts
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.days import day_in
from okoce.foundation.territory.queries import zone_of


@require_POST
@or_own_account(accounts.take_account_file)
@needs_own_record
@never_cache
def take_own_file(request: Request) -> HttpResponse:
    """Everything that is held about me, as one file."""
    member = own_member(request.actor)
    answer = HttpResponse(files.take_own_file(request.actor, member), content_type="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="data-{member.number}.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@or_own_account(accounts.account_erasure)
@needs_own_record
def own_erasure(request: Request) -> HttpResponse:
    """What is destroyed, what stays and when; then ask for it, or see that it waits."""
    member = own_member(request.actor)
    form = EraseMyData(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            erasures.ask_own_erasure(request.actor, member)
            return redirect("own_erasure")
    waiting = waiting_erasure(request.actor, member)
    zone = zone_of(member.region)
    context = {
        "form": form,
        "waiting": waiting,
        "due": moment_in(waiting.not_before, zone) if waiting else "",
        "days": term(TermCode.ERASURE_WAIT_DAYS, day_in(zone)),
    }
    return own_render(request, "own/own_erasure.html", context, UNPROCESSABLE if form.errors else 200)


@require_POST
@or_own_account(accounts.withdraw_account_erasure)
@needs_own_record
def withdraw_own_erasure(request: Request) -> HttpResponse:
    """Keep my data after all."""
    if erasures.withdraw_own_erasure(request.actor, own_member(request.actor)):
        messages.success(request, _("Permintaan dibatalkan. Data Anda tetap tersimpan."))
    return redirect("own_erasure")


@require_http_methods(["GET", "HEAD", "POST"])
@or_own_account(accounts.account_requests)
@needs_own_record
def own_requests(request: Request) -> HttpResponse:
    """Ask the data officer; what I asked, until when it is answered, and the answers."""
    member = own_member(request.actor)
    form = AskAboutMyData(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            requests.ask_about_own_data(request.actor, member, **form.cleaned_data)
            messages.success(request, _("Permintaan Anda terkirim. Jawabannya muncul di halaman ini."))
            return redirect("own_requests")
    zone = zone_of(member.region)
    asked = [(one, moment_in(one.due, zone)) for one in asked_by_me(request.actor, member)]
    context = {"form": form, "asked": asked, "hours": term(TermCode.REQUEST_HOURS, day_in(zone))}
    return own_render(request, "own/own_requests.html", context, UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def own_restriction(request: Request) -> HttpResponse:
    """Have my data used for nothing, from now on."""
    member = own_member(request.actor)
    if request.method == "POST":
        restrictions.restrict_own(request.actor, member)
        messages.success(request, _("Pemakaian data Anda dibatasi mulai sekarang."))
        return redirect("own_restriction")
    standing = standing_restriction(request.actor, member)
    since = moment_in(standing.restricted_at, zone_of(member.region)) if standing else ""
    return own_render(request, "own/own_restriction.html", {"member": member, "since": since})


@require_POST
@needs_own_record
def lift_own_restriction(request: Request) -> HttpResponse:
    """Have my data used again."""
    if restrictions.lift_own(request.actor, own_member(request.actor)):
        messages.success(request, _("Pembatasan dicabut. Data Anda dipakai lagi seperti izin Anda."))
    return redirect("own_restriction")
