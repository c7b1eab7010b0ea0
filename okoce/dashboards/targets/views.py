"""All targets beside each other, for everybody; setting one and withdrawing one, for the secretariat."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.dashboards.targets.forms import SetTarget, WithdrawTarget
from okoce.dashboards.targets.showing import scope_names, shown_targets
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.actions import targets as deeds
from okoce.pipeline.queries.programmes import programmes_on
from okoce.pipeline.queries.targets import standing_target
from okoce.pipeline.states import Metric

UNPROCESSABLE = 422


@require_safe
def targets(request: Request) -> HttpResponse:
    """What was set out to be reached, by whom, and how far it is."""
    is_officer = request.actor.may(Permission.PIPELINE_READ_FUNNEL)
    context = {
        "targets": shown_targets(request.actor),
        "programmes": programmes_on(today_wib()),
        "may_set": request.actor.may(Permission.PIPELINE_MANAGE_TARGETS),
        "shell": "web/desk.html" if is_officer else "web/public.html",
    }
    return render(request, "dashboards/targets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PIPELINE_MANAGE_TARGETS)
def set_target(request: Request) -> HttpResponse:
    """Write a target down."""
    form = SetTarget(request.POST if request.method == "POST" else None, actor=request.actor)
    if form.is_valid():
        with form.taking_refusals():
            deeds.set_target(request.actor, form.new_target())
            messages.success(request, _("Target dicatat."))
            return redirect("targets")
    return render(
        request, "dashboards/set_target.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PIPELINE_MANAGE_TARGETS)
def withdraw_target(request: Request, target_id: int) -> HttpResponse:
    """Say that a target no longer holds, and why."""
    target = standing_target(target_id)
    form = WithdrawTarget(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            deeds.withdraw_target(request.actor, target_id, form.cleaned_data["reason"])
            messages.success(request, _("Target dicabut."))
            return redirect("targets")
    context = {
        "form": form,
        "target": target,
        "metric": Metric(target.metric).label,
        "scope": scope_names([target])[target.node],
    }
    return render(
        request, "dashboards/withdraw_target.html", context, status=UNPROCESSABLE if form.errors else 200
    )
