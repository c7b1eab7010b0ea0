"""Deciding about duplicates: merging, "not the same person", taking either back. Every form works without script."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okoce.community.members.actions import reviews
from okoce.dashboards.duplicates import pairs
from okoce.dashboards.duplicates.contradictions import settle_form
from okoce.dashboards.duplicates.forms import CAME, DismissDuplicate, MergeDuplicate, ReopenDuplicate
from okoce.dashboards.duplicates.views import candidate_context, merges_context
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.web.forms import RuleAwareForm
from okoce.foundation.web.numbers import day_text
from okoce.pipeline.actions import merging, unmerging
from okoce.pipeline.queries import duplicates
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.queries.merges import foretell, merge_for

Done = TypeVar("Done")
UNPROCESSABLE = 422


@require_POST
@needs(Permission.MEMBERS_REVIEW_DUPLICATES)
def merge_duplicate(request: Request, candidate_id: int) -> HttpResponse:
    """Both records are one person: the other one is merged into the chosen one."""
    candidate = duplicates.duplicate_for(request.actor, candidate_id)
    form = _merge_form(request, candidate)
    kept = _done(
        form,
        lambda asked: merging.merge_duplicate(request.actor, candidate, keep_id=asked["keep"]),
    )
    if kept is None:
        return _again(request, candidate, merge_form=form)
    sentence = _("Digabung ke %s. Bila keliru, batalkan di bagian “Baru digabung”.")
    messages.success(request, sentence % kept.number)
    return _onward(request, candidate.pk)


def _merge_form(request: Request, candidate: Any) -> MergeDuplicate:
    if not candidate.is_pair:
        raise NotFound(_("Ini pertentangan data satu orang; tidak ada yang digabung."))
    done = {
        member.pk: pairs.stages_done(journey_of(request.actor, member))
        for member in (candidate.first, candidate.second)
    }
    better = pairs.suggested(candidate.first, candidate.second, done)
    ways = foretell(request.actor, candidate.first, candidate.second)
    return MergeDuplicate(request.POST, choices=pairs.keep_choices(ways, better))


@require_POST
@needs(Permission.MEMBERS_REVIEW_DUPLICATES)
def dismiss_duplicate(request: Request, candidate_id: int) -> HttpResponse:
    """They are two people: the pair is not asked about again."""
    candidate = duplicates.duplicate_for(request.actor, candidate_id)
    form = DismissDuplicate(request.POST)
    if _done(form, lambda asked: reviews.dismiss_duplicate(request.actor, candidate, asked["note"])):
        messages.success(request, _("Dicatat: orang yang berbeda. Pasangan ini tidak ditanyakan lagi."))
        return _onward(request, candidate.pk)
    return _again(request, candidate, dismiss_form=form)


@require_POST
@needs(Permission.MEMBERS_REVIEW_DUPLICATES)
def reopen_duplicate(request: Request, candidate_id: int) -> HttpResponse:
    """ "Not the same person" is taken back, with a reason."""
    candidate = duplicates.duplicate_for(request.actor, candidate_id)
    form = ReopenDuplicate(request.POST)
    if _done(form, lambda asked: reviews.reopen_duplicate(request.actor, candidate, asked["reason"])):
        messages.success(request, _("Dibuka lagi: menunggu diperiksa."))
        return redirect("duplicate_detail", candidate_id=candidate.pk)
    return _again(request, candidate, reopen_form=form)


@require_POST
@needs(Permission.MEMBERS_REVIEW_DUPLICATES)
def settle_contradiction(request: Request, contradiction_id: int) -> HttpResponse:
    """What stands is right, or is corrected to what the officer knows."""
    candidate = duplicates.duplicate_for(request.actor, contradiction_id)
    if candidate.is_pair:
        raise NotFound(_("Pasangan ini diputuskan di halamannya sendiri."))
    form = settle_form(candidate, duplicates.contradiction_of(request.actor, candidate), request.POST)

    def settle(asked: dict[str, Any]) -> reviews.Settled:
        value = asked.get("value", "") if asked["choice"] == CAME else None
        return reviews.settle_contradiction(request.actor, candidate, value=value, note=asked["note"])

    settled = _done(form, settle)
    if settled is None:
        return _again(request, candidate, settle_form=form)
    if settled.conflict:
        messages.warning(request, settled.conflict)
        return redirect("duplicate_list")
    messages.success(request, _("Selesai: pertentangan ini tidak ditanyakan lagi."))
    return _onward(request, candidate.pk)


def _done(form: RuleAwareForm, deed: Callable[[dict[str, Any]], Done]) -> Done | None:
    """What the deed answers; None where the form or the deed refused, which then stands in the form."""
    if not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data)
    except NotFound:
        raise
    except DomainError as refusal:
        form.take(refusal)
        return None


@require_POST
@needs(Permission.MEMBERS_REVIEW_DUPLICATES)
def undo_merge(request: Request, merge_id: int) -> HttpResponse:
    """Two records again."""
    merge = merge_for(request.actor, merge_id)
    try:
        unmerging.undo_merge(request.actor, merge)
    except NotFound:
        raise
    except DomainError as refusal:
        context = merges_context(request, refusal=refusal.sentence, refused_id=merge.pk)
        return render(request, "dashboards/merge_list.html", context, status=UNPROCESSABLE)
    sentence = _("Dibatalkan: %(absorbed)s dan %(kept)s dua catatan lagi, seperti sebelum %(day)s.")
    names = {
        "absorbed": merge.absorbed.number,
        "kept": merge.kept.number,
        "day": day_text(merge.merged_at, "medium"),
    }
    messages.success(request, sentence % names)
    return redirect("merge_list")


def _onward(request: Request, decided_id: int) -> HttpResponse:
    """To the next one that waits, so that somebody with forty of them need not go back and forth."""
    following = duplicates.next_waiting(request.actor, decided_id)
    return redirect("duplicate_detail", candidate_id=following) if following else redirect("duplicate_list")


def _again(request: Request, candidate: Any, **forms: Any) -> HttpResponse:
    context = candidate_context(request, candidate, **forms)
    return render(request, "dashboards/duplicate_detail.html", context, status=UNPROCESSABLE)
