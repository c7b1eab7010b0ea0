"""Officers' pages of komunitas: the list with the secretariat's queue in it, and one komunitas."""

import functools
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.community.groups.forms import NarrowGroups
from okoce.community.groups.invitations import invitation_of
from okoce.community.groups.queries import (
    GroupsAsked,
    closed_group_served_by,
    counts_by_state,
    group_for,
    list_groups,
)
from okoce.community.groups.sheet import group_context
from okoce.community.groups.states import GroupKind, GroupState
from okoce.community.organisations.contact_looks import FounderSeen, note_founder_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, View, needs
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import chips_by_state, list_address
from okoce.foundation.web.numbers import day_text
from okoce.foundation.web.tables import Cell, CellValue, Column

TONES = {
    "applied": "waiting",
    "asked": "waiting",
    "active": "verified",
    "paused": "stuck",
    "refused": "",
    "closed": "",
}


@require_safe
@needs(Permission.GROUPS_READ)
def group_list(request: Request) -> HttpResponse:
    """The komunitas in the officer's scope, by state and name; those that applied are the secretariat's queue."""
    asked = _asked(request)
    page = list_groups(request.actor, asked)
    homes = territory.names_for(group.region for group in page.rows)
    rows: list[list[CellValue]] = [
        [
            Cell(group.name, reverse("group_detail", args=[group.pk]), detail=group.code),
            str(GroupKind(group.kind).label),
            homes[group.region],
            Cell(str(GroupState(group.state).label), tone=TONES[group.state]),
            day_text(group.state_on or group.validated_on, "medium"),
        ]
        for group in page.rows
    ]
    names = (_("Nama"), _("Jenis"), _("Wilayah"), _("Keadaan"), _("Sejak"))
    context = {
        "form": NarrowGroups(initial={"q": asked.text}),
        "state": asked.state,
        "chips": chips_by_state(
            GroupState.choices,
            counts_by_state(request.actor),
            asked.state,
            lambda state: _address(replace(asked, state=state)),
        ),
        "columns": [Column(name) for name in names],
        "rows": rows,
        "next_href": _address(asked, sesudah=page.next_after) if page.next_after else "",
        "is_narrowed": bool(asked.text or asked.state),
    }
    return render(request, "groups/group_list.html", context)


def _asked(request: Request) -> GroupsAsked:
    state = request.GET.get("keadaan", "")
    return GroupsAsked(
        state=state if state in GroupState.values else "",
        text=request.GET.get("q", "")[:120],
        after=number_typed(request.GET.get("sesudah", "")) or 0,
    )


def _address(asked: GroupsAsked, **more: Any) -> str:
    return list_address("group_list", keadaan=asked.state, q=asked.text, **more)


def or_closed(view: View) -> View:
    """Whom a page is no longer open to, since the komunitas that she served was closed, reads why, and whom to ask."""

    @functools.wraps(view)
    def told(request: Request, group_id: int) -> HttpResponseBase:
        try:
            return view(request, group_id)
        except (NotAllowed, NotFound):
            closed = closed_group_served_by(request.actor, group_id)
            if closed is None:
                raise
            context = {"group": closed, "home": territory.path_of(closed.region)}
            return render(request, "groups/group_closed.html", context)

    return told


@require_safe
@or_closed
@needs(Permission.GROUPS_READ)
def group_detail(request: Request, group_id: int) -> HttpResponse:
    """One komunitas: what it is, where it works, what the secretariat may do about it, and what happened to it."""
    group = group_for(request.actor, group_id)
    context = {**group_context(request.actor, group), "invitation": invitation_of(request, group)}
    if context.get("founder_phone"):
        founded = context["application"]
        seen = FounderSeen(group.pk, group.region, founded.founder_user_id, founded.founder_phone)
        note_founder_seen(request.actor, seen)
    return render(request, "groups/group_detail.html", context)


@require_safe
@needs(Permission.GROUPS_READ)
def group_invitation(request: Request, group_id: int) -> HttpResponse:
    """A sheet to print and to hang up: who invites, and the square code that leads into the registration."""
    group = group_for(request.actor, group_id)
    invitation = invitation_of(request, group)
    if invitation is None:
        messages.info(request, _("Komunitas ini sedang tidak menerima anggota."))
        return redirect("group_detail", group_id=group_id)
    context = {
        "group": group,
        "home": territory.path_of(group.region),
        "invitation": invitation,
        "code": invitation.code(group.name),
    }
    return render(request, "groups/group_invitation.html", context)
