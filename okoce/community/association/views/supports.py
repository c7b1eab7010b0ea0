"""What layer 1 does for komunitas: the register, which komunitas nobody has visited, and the page of one komunitas."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.association.actions import supports as deeds
from okoce.community.association.forms import NoteSupport, Strike
from okoce.community.association.queries.supports import (
    founding_of,
    group_to_support,
    list_supports,
    list_unvisited,
    support_for,
    supporter_names,
    supports_of,
    supports_told,
)
from okoce.community.association.states import SupportKind
from okoce.community.groups.queries import group_for
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import is_reached
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.web.deeds import done_or_again
from okoce.foundation.web.lists import FilterChip, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import NOTHING, Cell, CellValue, Column

UNPROCESSABLE = 422
USUAL_MINUTES = 60


@require_safe
@needs(Permission.ASSOCIATION_READ)
def support_list(request: Request) -> HttpResponse:
    """The register, the latest first."""
    asked = request.GET.get("jenis", "")
    kind = asked if asked in SupportKind.values else ""
    page = list_supports(request.actor, kind, number_typed(request.GET.get("sesudah", "")) or 0)
    rows: list[list[CellValue]] = [
        [
            Cell(one.group.name, reverse("group_supports", args=[one.group_id])),
            str(SupportKind(one.kind).label),
            day_text(one.day_on, "medium"),
            one.minutes_count,
            page.names[one.pk],
            one.agreed,
            f"{one.next_step} ({day_text(one.next_on, 'medium')})" if one.next_step else NOTHING,
        ]
        for one in page.rows
    ]
    titles = (_("Komunitas"), _("Apa"), _("Hari"))
    context = {
        "chips": [
            FilterChip(_("Semua"), list_address("support_list"), is_current=not kind),
            *(
                FilterChip(str(label), list_address("support_list", jenis=value), is_current=value == kind)
                for value, label in SupportKind.choices
            ),
        ],
        "columns": [
            *(Column(title) for title in titles),
            Column(_("Menit"), is_number=True),
            *(Column(title) for title in (_("Oleh"), _("Disepakati"), _("Langkah berikutnya"))),
        ],
        "rows": rows,
        "is_narrowed": bool(kind),
        "next_href": list_address("support_list", jenis=kind, sesudah=page.next_after)
        if page.next_after
        else "",
    }
    return render(request, "association/support_list.html", context)


@require_safe
@needs(Permission.ASSOCIATION_READ)
def unvisited_groups(request: Request) -> HttpResponse:
    """Active komunitas that nobody of layer 1 has seen for longer than the term says."""
    page = list_unvisited(request.actor, number_typed(request.GET.get("sesudah", "")) or 0)
    rows: list[list[CellValue]] = [
        [
            Cell(one.group.name, reverse("group_supports", args=[one.group.pk]), detail=one.group.code),
            day_text(one.last_on, "medium") if one.last_on else _("Belum pernah"),
            one.days,
        ]
        for one in page.rows
    ]
    context = {
        "columns": [
            Column(_("Komunitas")),
            Column(_("Terakhir ditengok")),
            Column(_("Hari"), is_number=True),
        ],
        "rows": rows,
        "after_days": page.after_days,
        "next_href": list_address("unvisited_groups", sesudah=page.next_after) if page.next_after else "",
    }
    return render(request, "association/unvisited_groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.GROUPS_READ, to_write=Permission.ASSOCIATION_NOTE_SUPPORT)
def group_supports(request: Request, group_id: int) -> HttpResponse:
    """What was done for one komunitas; whoever belongs to layer 1 adds to it here."""
    if request.method != "POST":
        return _page(request, group_id, {})
    group = group_to_support(request.actor, group_id)
    form = NoteSupport(request.POST)

    def note() -> str:
        deeds.note_support(request.actor, group, form.new_support())
        return _("Dicatat. Terima kasih.")

    back = reverse("group_supports", args=[group_id])
    return done_or_again(request, form, note, back, lambda wrong: _page(request, group_id, wrong))


@require_POST
@needs(Permission.ASSOCIATION_NOTE_SUPPORT)
def strike_support(request: Request, group_id: int, support_id: int) -> HttpResponse:
    """Take back a note that was a mistake."""
    group = group_to_support(request.actor, group_id)
    support = support_for(request.actor, group, support_id)
    form = Strike(request.POST, auto_id=f"id_strike_{support_id}_%s")

    def strike() -> str:
        deeds.strike_support(request.actor, support, form.cleaned_data["reason"])
        return _("Catatan dibatalkan.")

    back = reverse("group_supports", args=[group_id])
    return done_or_again(
        request, form, strike, back, lambda wrong: _page(request, group_id, {**wrong, "struck": support_id})
    )


def _page(request: Request, group_id: int, told: Mapping[str, Any]) -> HttpResponse:
    actor, group = request.actor, group_for(request.actor, group_id)
    right = Permission.ASSOCIATION_NOTE_SUPPORT
    may_note = actor.may(right) and is_reached(group, actor, right)
    may_strike_all = actor.may(Permission.ASSOCIATION_MANAGE) and is_reached(
        group, actor, Permission.ASSOCIATION_MANAGE
    )
    rows = supports_of(actor, group)
    names, struck = supporter_names(rows), told.get("struck", 0)
    empty = NoteSupport(
        initial={"day_on": today_wib().isoformat(), "minutes": USUAL_MINUTES, "kind": SupportKind.VISIT}
    )
    context = {
        "group": group,
        "note": supports_told(actor, group.pk),
        "founding": founding_of(actor, group),
        "may_note": may_note,
        "form": told["form"] if told.get("form") and not struck else empty,
        "refused_form": told.get("form"),
        "refusal": told.get("refusal", ""),
        "lines": [
            {
                "support": one,
                "name": names[one.pk],
                "may_strike": may_note
                and one.struck_on is None
                and (may_strike_all or one.by_user_id == actor.user_id),
                "form": told["form"] if struck == one.pk else Strike(auto_id=f"id_strike_{one.pk}_%s"),
                "is_refused": struck == one.pk,
            }
            for one in rows
        ],
    }
    return render(request, "association/group_supports.html", context, status=UNPROCESSABLE if told else 200)
