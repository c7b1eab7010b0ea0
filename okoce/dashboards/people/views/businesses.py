"""The officer's pages about somebody's business and workers, and about leaving and coming back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.members.actions import departures
from okoce.community.members.actions.businesses import LABELS, correct_business
from okoce.community.members.queries import may_see_finances, member_for
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.people.business_forms import CorrectBusiness, NoteDeparture, StateJobs
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions.employment import state_jobs as state
from okoce.pipeline.queries.employment import job_statements
from okoce.pipeline.states import JobLevel

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_CORRECT)
def correct_member_business(request: Request, number: str) -> HttpResponse:
    """Put right or complete what stands about the business at entry, finances where the officer may see them."""
    member = member_seen(request, number, Permission.MEMBERS_CORRECT, LookedAt.CORRECTION)
    form = CorrectBusiness(
        request.POST if request.method == "POST" else None,
        with_finances=may_see_finances(request.actor, member),
        initial=_stands(member),
    )
    if form.is_valid():
        with form.taking_refusals():
            correct_business(request.actor, member, form.told())
            messages.success(request, _("Data usaha dibetulkan."))
            return redirect("member_detail", number=number)
    return _shown(request, "people/correct_business.html", member, form)


def _stands(member: Any) -> dict[str, Any]:
    business = getattr(member, "business", None)
    return {name: getattr(business, name) for name in LABELS} if business else {}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def state_jobs(request: Request, number: str) -> HttpResponse:
    """How many people work in the business on a day; what was stated before stands below."""
    member = member_seen(request, number, Permission.PIPELINE_GIVE_EVIDENCE)
    initial = {"stated_on": today_wib(), "level": JobLevel.CLAIMED.value}
    form = StateJobs(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        with form.taking_refusals():
            state(request.actor, member, **form.cleaned_data)
            messages.success(request, _("Jumlah pekerja dicatat."))
            return redirect("state_jobs", number=number)
    stated = job_statements(request.actor, member)
    names = author_names(one.given_by for one in stated)
    lines = [(one, names[one.given_by]) for one in stated]
    return _shown(request, "people/state_jobs.html", member, form, lines=lines)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_CORRECT)
def note_departure(request: Request, number: str) -> HttpResponse:
    """Somebody leaves the movement on a day; what she has completed stays counted."""
    member = member_seen(request, number, Permission.MEMBERS_CORRECT)
    form = NoteDeparture(
        request.POST if request.method == "POST" else None, initial={"left_on": member.left_on or today_wib()}
    )
    if form.is_valid():
        with form.taking_refusals():
            departures.note_departure(request.actor, member, form.cleaned_data["left_on"])
            messages.success(request, _("Dicatat keluar. Tahap yang sudah selesai tetap dihitung."))
            return redirect("member_detail", number=number)
    return _shown(request, "people/note_departure.html", member, form)


@require_POST
@needs(Permission.MEMBERS_CORRECT)
def note_return(request: Request, number: str) -> HttpResponse:
    """Somebody who had left is back; pressed twice it is once."""
    member = member_for(request.actor, number, Permission.MEMBERS_CORRECT)
    departures.note_return(request.actor, member)
    messages.success(request, _("Dicatat kembali ke gerakan."))
    return redirect("member_detail", number=number)


def _shown(request: Request, template: str, member: Any, form: Any, **more: Any) -> HttpResponse:
    context = {"member": member, "form": form, **more}
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)
