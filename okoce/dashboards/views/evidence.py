"""Handing in and deciding evidence, and saying why somebody stands still. Every form works without script."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.members.queries import member_for
from okoce.community.partners.queries.serving import givers_in
from okoce.dashboards.forms import GiveEvidence, GiveReason, SetStandstill
from okoce.dashboards.people.narrowing import list_behind
from okoce.dashboards.views.people import member_context
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.pipeline.actions import evidence as deeds
from okoce.pipeline.actions import standstills
from okoce.pipeline.queries.waiting import evidence_for
from okoce.pipeline.queries.waiting import evidence_waiting as waiting_for
from okoce.pipeline.states import EvidenceState, Stage

UNPROCESSABLE = 422


@require_POST
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def give_evidence(request: Request, number: str) -> HttpResponse:
    """Hand in evidence for a stage; whoever may verify the stage verifies it at once."""
    member = member_for(request.actor, number, Permission.PIPELINE_GIVE_EVIDENCE)
    form = GiveEvidence(request.POST, partners=givers_in(member.region))
    if form.is_valid():
        with form.taking_refusals():
            given = deeds.give_evidence(request.actor, member, form.given())
            is_verified = given.state == EvidenceState.VERIFIED
            messages.success(
                request,
                _("Bukti diperiksa dan dicatat.")
                if is_verified
                else _("Bukti diterima, menunggu pemeriksaan."),
            )
            return _back(request, member)
    context = member_context(request, member, evidence_form=form)
    return render(request, "dashboards/member_detail.html", context, status=UNPROCESSABLE)


@require_POST
@needs(Permission.PIPELINE_SET_STANDSTILL)
def set_standstill(request: Request, number: str) -> HttpResponse:
    """Note the one main reason why a member does not go on."""
    member = member_for(request.actor, number, Permission.PIPELINE_SET_STANDSTILL)
    form = SetStandstill(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            standstills.set_standstill(
                request.actor, member, form.cleaned_data["stage"], form.cleaned_data["reason"]
            )
            messages.success(request, _("Alasan dicatat."))
            return _back(request, member)
    context = member_context(request, member, standstill_form=form)
    return render(request, "dashboards/member_detail.html", context, status=UNPROCESSABLE)


@require_POST
@needs(Permission.PIPELINE_SET_STANDSTILL)
def clear_standstill(request: Request, number: str) -> HttpResponse:
    """The reason no longer holds, or never did; without an open one nothing happens."""
    member = member_for(request.actor, number, Permission.PIPELINE_SET_STANDSTILL)
    stage = number_typed(request.POST.get("stage", ""), Stage.P7_FINANCING) or 0
    standstills.clear_standstill(request.actor, member, stage)
    messages.success(request, _("Alasan dihapus."))
    return _back(request, member)


def _back(request: Request, member: Any) -> HttpResponse:
    """To the list from which the person's page was opened; else to the page."""
    return redirect(list_behind(request.POST) or reverse("member_detail", args=[member.number]))


@require_safe
@needs(Permission.PIPELINE_READ_EVIDENCE)
def evidence_waiting(request: Request) -> HttpResponse:
    """Claimed evidence that this officer may verify, or read where she verifies nothing, oldest first."""
    page = waiting_for(request.actor, after=number_typed(request.GET.get("sesudah", "")) or 0)
    next_href = f"{request.path}?sesudah={page.next_after}" if page.next_after else ""
    return render(request, "dashboards/evidence_waiting.html", {"page": page, "next_href": next_href})


@require_POST
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def verify_evidence(request: Request, evidence_id: int) -> HttpResponse:
    """Declare a piece of evidence true."""
    evidence = evidence_for(request.actor, evidence_id)
    deeds.verify_evidence(request.actor, evidence)
    messages.success(request, _("Bukti diperiksa."))
    return redirect("member_detail", number=evidence.member.number)


@require_POST
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def refuse_evidence(request: Request, evidence_id: int) -> HttpResponse:
    """Refuse claimed evidence with a reason that its giver reads."""
    evidence = evidence_for(request.actor, evidence_id)
    return _decide(request, evidence, deeds.refuse_evidence, _("Bukti ditolak, alasannya dicatat."))


@require_POST
@needs(Permission.PIPELINE_WITHDRAW_EVIDENCE)
def withdraw_evidence(request: Request, evidence_id: int) -> HttpResponse:
    """Take back evidence that turned out wrong; its stage falls back."""
    evidence = evidence_for(request.actor, evidence_id)
    return _decide(request, evidence, deeds.withdraw_evidence, _("Bukti dicabut, alasannya dicatat."))


def _decide(request: Request, evidence: Any, deed: Callable[..., Any], done: str) -> HttpResponse:
    """Back to the person; what is refused comes back with what was typed."""
    form = GiveReason(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            deed(request.actor, evidence, form.cleaned_data["reason"])
            messages.success(request, done)
            return redirect("member_detail", number=evidence.member.number)
    context = {"evidence": evidence, "member": evidence.member, "form": form, "stage": Stage(evidence.stage)}
    return render(request, "dashboards/decide_evidence.html", context, status=UNPROCESSABLE)
