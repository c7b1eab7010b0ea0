"""The board of komunitas for officers, and for the secretariat those that have gone quiet."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.groups.queries import quiet_after, serving_now
from okoce.community.groups.states import GroupKind
from okoce.dashboards.funnel import meanings
from okoce.dashboards.scoreboard.drawing import (
    board_columns,
    board_meanings,
    board_row,
    quiet_columns,
    quiet_rows,
    target_sentence,
)
from okoce.dashboards.scoreboard.forms import NarrowScores
from okoce.dashboards.scoreboard.scores import (
    DEFAULT_ORDER,
    ORDERS,
    Score,
    ScoresAsked,
    each_groups_target,
    measures,
    scores,
)
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import phones_of
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.typed_numbers import LAST_PAGE, number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.naming import code_asked_for
from okoce.foundation.web.lists import FilterChip
from okoce.foundation.web.scope_choice import in_chosen_scope

PER_PAGE = 50
QUIETEST = ScoresAsked(order="sunyi")


@require_safe
@needs(Permission.PIPELINE_READ_FUNNEL)
@in_chosen_scope()
def scoreboard(request: Request) -> HttpResponse:
    """Every active komunitas within reach: counts beside rates, beside its age, against the target."""
    asked = _asked(request)
    found = scores(request.actor, asked)
    today = today_wib()
    target = each_groups_target(today)
    measure = target if target and measures(target, today) else None
    context = {
        "asked": asked,
        "form": NarrowScores(initial={"jenis": asked.kind}),
        "place": territory.name_of(asked.scope),
        "trail": territory.ancestors(asked.scope),
        "below": territory.children(asked.scope) if len(asked.scope) < 8 else [],
        "count": len(found),
        "today": today,
        "target_sentence": target_sentence(target, today),
        "orders": _orders(asked),
        "columns": board_columns(),
        "rows": [board_row(score, measure) for score in _page(found, asked.page)],
        "meanings": board_meanings(),
        "may_manage": request.actor.may(Permission.GROUPS_READ_DESK),
        **_pages(asked, len(found)),
    }
    return render(request, "dashboards/scoreboard.html", context)


@require_safe
@needs(Permission.GROUPS_READ_DESK)
def quiet_groups(request: Request) -> HttpResponse:
    """Komunitas of which nothing has been noted for too long, the longest first, and who is responsible for each."""
    asked = replace(_asked(request), order=QUIETEST.order)
    quiet = [one for one in scores(request.actor, asked, Permission.GROUPS_READ_DESK) if one.is_quiet]
    shown = _page(quiet, asked.page)
    serving = serving_now(request.actor, [score.group.pk for score in shown])
    users = {officer.user_id for officers in serving.values() for officer in officers}
    context = {
        "count": len(quiet),
        "days": quiet_after(today_wib()),
        "meaning": meanings()["group_quiet"].text,
        "columns": quiet_columns(),
        "rows": quiet_rows(
            shown,
            serving,
            phones_of(request.actor, users),
            may_write=request.actor.may(Permission.GROUPS_MANAGE),
        ),
        **_pages(asked, len(quiet), "quiet_groups"),
    }
    return render(request, "dashboards/quiet_groups.html", context)


def _asked(request: Request) -> ScoresAsked:
    kind, order, page = (request.GET.get(name, "") for name in ("jenis", "urut", "hal"))
    written = code_asked_for(request.GET.get("wilayah", ""))[:8]
    code = read_code(written).code or "" if written else ""
    return ScoresAsked(
        scope=territory.region(code or written).code if written else "",
        kind=kind if kind in GroupKind.values else "",
        order=order if order in ORDERS else DEFAULT_ORDER,
        page=number_typed(page, LAST_PAGE) or 1,
    )


def _address(asked: ScoresAsked, name: str = "scoreboard", **more: Any) -> str:
    told = {"wilayah": asked.scope, "jenis": asked.kind, "urut": asked.order, **more}
    if name == "quiet_groups":
        del told["urut"]
    elif not asked.scope:
        told["wilayah"] = ""  # an empty one means all, whatever scope was chosen
        return f"{reverse(name)}?{urlencode({key: value for key, value in told.items() if value or key == 'wilayah'})}"
    return f"{reverse(name)}?{urlencode({key: value for key, value in told.items() if value})}"


def _orders(asked: ScoresAsked) -> list[FilterChip]:
    labels = {
        "berizin": _("Berizin"),
        "anggota": _("Anggota"),
        "tumbuh": _("Bertambah"),
        "bagian": _("% berizin"),
        "selesai": _("% selesai"),
        "sunyi": _("Paling lama sunyi"),
        "umur": _("Umur"),
        "nama": _("Nama"),
    }
    return [
        FilterChip(label, _address(replace(asked, order=order)), is_current=asked.order == order)
        for order, label in labels.items()
    ]


def _page(found: list[Score], page: int) -> list[Score]:
    return found[(page - 1) * PER_PAGE : page * PER_PAGE]


def _pages(asked: ScoresAsked, count: int, name: str = "scoreboard") -> dict[str, str]:
    more, less = asked.page * PER_PAGE < count, asked.page > 1
    return {
        "next_href": _address(asked, name, hal=asked.page + 1) if more else "",
        "previous_href": _address(asked, name, hal=asked.page - 1) if less else "",
    }
