"""Looking at duplicates: the queue, one pair side by side, merges that can still be undone. The deeds stand in `deeds`."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.members.queries import may_see_finances
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.duplicates import pairs
from okoce.dashboards.duplicates.contradictions import contradiction_context
from okoce.dashboards.duplicates.forms import (
    DismissDuplicate,
    FindDuplicates,
    MergeDuplicate,
    ReopenDuplicate,
)
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.queries import author_names
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import FilterChip
from okoce.foundation.web.numbers import count_text, day_text, moment_text
from okoce.foundation.web.tables import Cell, CellValue, Column
from okoce.pipeline.queries import duplicates
from okoce.pipeline.queries.journeys import journey_of
from okoce.pipeline.queries.merges import foretell, reviewable, undoable_merges


@require_safe
@needs(Permission.MEMBERS_READ_DUPLICATES)
def duplicate_list(request: Request) -> HttpResponse:
    """What waits to be reviewed, the oldest first; or what was found to be two people."""
    form = FindDuplicates(request.GET, reach=_regions_of(request.actor))
    is_clear = form.is_valid()
    page = duplicates.duplicates_in(request.actor, _wanted(form)) if is_clear else None
    is_decided = is_clear and form.cleaned_data["status"] == "berbeda"
    context = {
        "form": form,
        "chips": chips("different" if is_decided else "waiting"),
        "is_decided": is_decided,
        "columns": [
            Column(_("Orang")),
            Column(_("Nomor")),
            Column(_("Alasan")),
            Column(_("Wilayah")),
            Column(_("Sejak")),
        ],
        "rows": _rows(page.candidates) if page else [],
        "count": _count_text(page.count) if page else "",
        "next_href": _next_page(request, page.next_after) if page else "",
    }
    status = HTTPStatus.OK if is_clear else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "dashboards/duplicate_list.html", context, status=status)


def _regions_of(actor: Actor) -> set[str]:
    """Where the actor sees pairs; none where a grant reaches further, or goes by komunitas."""
    regions = {scope.region for scope in actor.scopes_with(Permission.MEMBERS_READ_DUPLICATES)}
    return set() if "" in regions else regions


def _wanted(form: FindDuplicates) -> duplicates.Wanted:
    asked = form.cleaned_data
    return duplicates.Wanted(
        reason=asked["alasan"],
        scope=asked["wilayah"],
        is_decided=asked["status"] == "berbeda",
        after=asked["sesudah"] or 0,
    )


def chips(current: str) -> list[FilterChip]:
    """The three parts of the review."""
    parts = (
        ("waiting", _("Menunggu"), reverse("duplicate_list")),
        ("different", _("Orang yang berbeda"), f"{reverse('duplicate_list')}?status=berbeda"),
        ("merged", _("Baru digabung"), reverse("merge_list")),
    )
    return [FilterChip(label, href, is_current=key == current) for key, label, href in parts]


def _rows(candidates: list[Any]) -> list[list[CellValue]]:
    places = territory.names_for(row.place for row in candidates)
    return [
        [
            Cell(_names(row), reverse("duplicate_detail", args=[row.pk])),
            " · ".join(member.number for member in duplicates.both_of([row])),
            Cell(row.get_reason_display(), tone="waiting"),
            places[row.place],
            day_text(row.found_at, "medium"),
        ]
        for row in candidates
    ]


def _names(row: Any) -> str:
    return " / ".join(dict.fromkeys(member.name for member in duplicates.both_of([row])))


def _count_text(count: int) -> str:
    return f"{count_text(count)}+" if count >= duplicates.MOST_COUNTED else count_text(count)


def _next_page(request: Request, cursor: int | None) -> str:
    if cursor is None:
        return ""
    query = {name: value for name, value in request.GET.items() if name != "sesudah"}
    return f"{request.path}?{urlencode({**query, 'sesudah': cursor})}"


@require_safe
@needs(Permission.MEMBERS_READ_DUPLICATES)
def duplicate_detail(request: Request, candidate_id: int) -> HttpResponse:
    """Two records side by side, which one to keep and what a merge would do; or a contradiction about one."""
    candidate = duplicates.duplicate_for(request.actor, candidate_id)
    return render(request, "dashboards/duplicate_detail.html", candidate_context(request, candidate))


def candidate_context(request: Request, candidate: Any, **forms: Any) -> dict[str, Any]:
    """What the page of one candidate needs; a refused form comes back through `forms`. The look at each is noted."""
    for member in (candidate.first, candidate.second):
        if member is not None:
            note_look(request.actor, Sight.of(member, LookedAt.DUPLICATE))
    following = duplicates.next_waiting(request.actor, candidate.pk)
    context = {
        "candidate": candidate,
        "is_waiting": candidate.state == "open",
        "may_review": is_reached(candidate, request.actor, Permission.MEMBERS_REVIEW_DUPLICATES),
        "skip_href": reverse("duplicate_detail", args=[following])
        if following
        else reverse("duplicate_list"),
        "dismiss_form": forms.get("dismiss_form") or DismissDuplicate(),
        "reopen_form": forms.get("reopen_form") or ReopenDuplicate(),
        "has_errors": any(form.errors for form in forms.values()),
    }
    if candidate.is_pair:
        return context | _pair_context(request, candidate, forms.get("merge_form"))
    return context | contradiction_context(request, candidate, forms.get("settle_form"))


def _pair_context(request: Request, candidate: Any, merge_form: MergeDuplicate | None) -> dict[str, Any]:
    first, second = candidate.first, candidate.second
    journeys = {member.pk: journey_of(request.actor, member) for member in (first, second)}
    done = {member_id: pairs.stages_done(steps) for member_id, steps in journeys.items()}
    ways = foretell(request.actor, first, second)
    better = pairs.suggested(first, second, done)
    left, right = pairs.sides_of(first, second)
    return {
        "left": left,
        "right": right,
        "lines": pairs.compared(
            first, second, with_finances=all(may_see_finances(request.actor, one) for one in (first, second))
        ),
        "trails": [
            (member, pairs.trail_of(journeys[member.pk]), done[member.pk]) for member in (first, second)
        ],
        "ways": pairs.told_ways(ways, better),
        "can_merge": any(not way.refusal for way in ways),
        "merge_form": merge_form or bare_merge_form(ways, better),
    }


def bare_merge_form(ways: Any, better: pairs.Suggestion) -> MergeDuplicate:
    return MergeDuplicate(choices=pairs.keep_choices(ways, better), initial={"keep": better.member.pk})


@require_safe
@needs(Permission.MEMBERS_READ_DUPLICATES)
def merge_list(request: Request) -> HttpResponse:
    """Merges that can still be undone, the newest first."""
    before = number_typed(request.GET.get("sebelum", "")) or 0
    return render(request, "dashboards/merge_list.html", merges_context(request, before))


def merges_context(
    request: Request, before: int = 0, refusal: str = "", refused_id: int = 0
) -> dict[str, Any]:
    page = undoable_merges(request.actor, before=before)
    authors = author_names(f"user:{merge.merged_by}" for merge in page.merges)
    mine = reviewable(request.actor, page.merges)
    return {
        "chips": chips("merged"),
        "merges": [
            {
                "merge": merge,
                "author": authors[f"user:{merge.merged_by}"] if merge.merged_by else _("Sistem"),
                "until": moment_text(merge.undoable_until),
                "refusal": refusal if merge.pk == refused_id else "",
                "may_undo": merge.pk in mine,
            }
            for merge in page.merges
        ],
        "refusal": refusal,
        "next_href": f"{reverse('merge_list')}?sebelum={page.next_before}" if page.next_before else "",
    }
