"""Evidence for many people at once: what it is, what it would do for whom, then doing it. Every step is a plain form."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from okoce.community.members.queries import members_among
from okoce.community.partners.queries.serving import givers_in
from okoce.dashboards.people.batch_forms import MOST_NUMBERED, HandInForMany
from okoce.dashboards.people.batches import MOST_CHOSEN, Chosen, back_to_list, chosen_again
from okoce.dashboards.people.evidence_batches import (
    Preview,
    Shown,
    carried_on,
    hand_in,
    line_rows,
    shown_list,
    shown_lists,
    summary_rows,
)
from okoce.dashboards.people.narrowing import list_behind
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.lists import FilterChip
from okoce.pipeline.actions import evidence_batches as deeds
from okoce.pipeline.queries import evidence_batches as queries
from okoce.pipeline.queries.giving import checked_evidence
from okoce.pipeline.queries.outlooks import outlooks_for
from okoce.pipeline.states import BUSY, LineState, Stage, evidence_kind_label

UNPROCESSABLE = 422
SHOWN = 10


def evidence_form(chosen: Chosen, data: QueryDict | None = None) -> HandInForMany:
    """The form for these people, with a field for each where they are few."""
    people = chosen.members if len(chosen.members) <= MOST_NUMBERED else ()
    regions = {member.region for member in chosen.members}
    return HandInForMany(data, partners=givers_in(*regions), people=people)


def ask_evidence(
    request: Request, chosen: Chosen, form: HandInForMany, *, is_refused: bool = False
) -> HttpResponse:
    """What is handed in, for whom."""
    context = {
        **_about(request, chosen),
        "form": form,
        "most_numbered": MOST_NUMBERED,
    }
    status = UNPROCESSABLE if is_refused else 200
    return render(request, "people/hand_in_for_many.html", context, status=status)


@require_POST
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def hand_in_for_many(request: Request) -> HttpResponse:
    """From the form to what it would do, back to the form, or on to doing it."""
    chosen = chosen_again(request.actor, request.POST)
    if not chosen.members:
        return render(request, "people/batch.html", _nobody(request, chosen), status=UNPROCESSABLE)
    form = evidence_form(chosen, request.POST)
    step = request.POST.get("langkah", "")
    if not form.is_valid():
        return ask_evidence(request, chosen, form, is_refused=True)
    if step == "ubah":
        return ask_evidence(request, chosen, form)
    with form.taking_refusals():
        if step == "serahkan":
            batch = hand_in(
                request.actor, request.POST.get("kunci", ""), form.given(), form.numbers(chosen.ids)
            )
            back = urlencode({"dari": request.POST.get("saringan", "")})
            return redirect(f"{reverse('evidence_batch', args=[batch.pk])}?{back}")
        return _preview(request, chosen, form)
    return ask_evidence(request, chosen, form, is_refused=True)


def _preview(request: Request, chosen: Chosen, form: HandInForMany) -> HttpResponse:
    given = checked_evidence(form.given())
    outlooks = outlooks_for(request.actor, chosen.members, given, form.numbers(chosen.ids))
    context = {
        **_about(request, chosen),
        "preview": Preview.of(outlooks),
        "told": _in_words(form),
        "carried": [(bound.html_name, bound.value() or "") for bound in form],
        "key": uuid4().hex,
    }
    return render(request, "people/preview_evidence.html", context)


def _in_words(form: HandInForMany) -> dict[str, Any]:
    """What was filled in, as it is read before it is confirmed."""
    given, choices = form.given(), dict(form.fields["partner"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    return {
        "stage": Stage(given.stage),
        "day": given.happened_on,
        "kind": evidence_kind_label(given.kind),
        "number": given.number,
        "note": given.note,
        "partner": choices.get(str(given.partner), "") if given.partner else "",
    }


def _about(request: Request, chosen: Chosen) -> dict[str, Any]:
    return {
        "chosen": chosen,
        "names": [member.name for member in chosen.members[:SHOWN]],
        "more": max(0, len(chosen.members) - SHOWN),
        "most": MOST_CHOSEN,
        "filter": request.POST.get("saringan", ""),
        "back_href": back_to_list(request.POST),
    }


def _nobody(request: Request, chosen: Chosen) -> dict[str, Any]:
    return {"chosen": chosen, "deed": "", "back_href": back_to_list(request.POST)}


@require_safe
@needs(Permission.PIPELINE_READ_EVIDENCE)
def evidence_batch(request: Request, batch_id: int) -> HttpResponse:
    """How far one's batch is, who was left out and why; it renews itself while it goes on."""
    actor = request.actor
    batch = queries.batch_for(actor, batch_id)
    counts = queries.line_counts(actor, [batch])[batch.pk]
    lists = shown_lists(batch)
    shown = shown_list(lists, request.GET.get("daftar", ""), counts)
    after = number_typed(request.GET.get("sesudah", "")) or 0
    page = queries.lines_of(actor, batch, shown.states, after=after)
    taken = queries.lines_of(actor, batch, [LineState.TAKEN.value]).lines[:SHOWN]
    ids = [line.member_id for line in (*page.lines, *taken)]
    known = {member.pk: member for member in members_among(actor, ids, Permission.MEMBERS_READ)}
    names = [known[line.member_id].name for line in taken if line.member_id in known]
    back = {"dari": request.GET.get("dari", "")}
    onwards = urlencode({**back, "daftar": shown.key, "sesudah": str(page.next_after or "")})
    may_give, is_busy = actor.may(Permission.PIPELINE_GIVE_EVIDENCE), batch.state in BUSY
    left = queries.left_over(actor, batch) if may_give and not is_busy and counts[LineState.WAITING] else []
    context = {
        "batch": batch,
        "stage": Stage(batch.stage),
        "kind": evidence_kind_label(batch.kind),
        "counts": counts,
        "people": sum(counts.values()),
        "seen_to": sum(counts.values()) - counts[LineState.WAITING],
        "is_busy": is_busy,
        "is_stopping": is_busy and batch.stop_asked_at is not None,
        "may_stop": may_give,
        "names": names,
        "more": counts[LineState.TAKEN] - len(names),
        "shown": shown,
        "list": line_rows(page.lines, known),
        "lists": _chips(request, lists, shown, counts, back),
        "next_href": f"{request.path}?{onwards}" if page.next_after else "",
        "carried_on": carried_on(batch, left) if left else [],
        "filter": request.GET.get("dari", ""),
        "back_href": list_behind(request.GET) or reverse("member_list"),
    }
    template = "people/evidence_batch.html#state" if request.htmx else "people/evidence_batch.html"
    return render(request, template, context)


def _chips(
    request: Request, lists: Sequence[Shown], shown: Shown, counts: Mapping[str, int], back: dict[str, str]
) -> list[FilterChip]:
    """The lists that hold anybody."""
    return [
        FilterChip(
            one.label,
            f"{request.path}?{urlencode({**back, 'daftar': one.key})}",
            one.count(counts),
            is_current=one is shown,
        )
        for one in lists
        if one.count(counts)
    ]


@require_safe
@needs(Permission.PIPELINE_READ_EVIDENCE)
def evidence_batch_list(request: Request) -> HttpResponse:
    """The reader's own batches of a week."""
    batches = queries.batches_of(request.actor)
    rows = summary_rows(batches, queries.line_counts(request.actor, batches))
    return render(request, "people/evidence_batch_list.html", {"list": rows})


@require_POST
@needs(Permission.PIPELINE_GIVE_EVIDENCE)
def stop_evidence_batch(request: Request, batch_id: int) -> HttpResponse:
    """Stop after the person who is being seen to."""
    deeds.stop_evidence_batch(request.actor, batch_id)
    return redirect("evidence_batch", batch_id=batch_id)
