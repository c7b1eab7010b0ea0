"""A person joins a komunitas, moves to another, or leaves: by the officers who look after her. Her history is kept."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.groups.actions import memberships as deeds
from okoce.community.groups.naming import bare_name
from okoce.community.groups.queries import active_group_named, active_groups_near, memberships_of
from okoce.community.members.queries import member_for
from okoce.dashboards.people.belonging_forms import JoinGroup, LeaveGroup
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.numbers import day_text

UNPROCESSABLE = 422
MOST_NEAR = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_CORRECT)
def join_group(request: Request, number: str) -> HttpResponse:
    """Her komunitas so far, and the one that she joins; being in another, she moves."""
    member = member_seen(request, number, Permission.MEMBERS_CORRECT)
    if request.method != "POST":
        return _page(request, member, {})
    form = JoinGroup(request.POST)
    if form.is_valid():
        written = form.cleaned_data["komunitas"]
        group = active_group_named(written)
        if group is None:
            sentence = _("Tidak ada komunitas aktif bernama “%s”. Periksa ejaannya, atau pakai kodenya.")
            form.add_error("komunitas", sentence % written)
            return _page(request, member, {"join_form": form})
        with form.taking_refusals():
            deeds.join_group(request.actor, member, group.pk, form.cleaned_data["from_on"])
            messages.success(request, _("Masuk komunitas %s.") % bare_name(group.name))
            return _back(request, member)
    return _page(request, member, {"join_form": form})


@require_POST
@needs(Permission.MEMBERS_CORRECT)
def leave_group(request: Request, number: str) -> HttpResponse:
    """She belongs to none any more."""
    member = member_seen(request, number, Permission.MEMBERS_CORRECT)
    form = LeaveGroup(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            deeds.leave_group(request.actor, member, form.cleaned_data["until_on"])
            messages.success(request, _("Tidak lagi dalam komunitas mana pun."))
            return _back(request, member)
    return _page(request, member, {"leave_form": form})


def _back(request: Request, member: Any) -> HttpResponse:
    """To her page; an officer of the komunitas that she left sees her no longer."""
    try:
        member_for(request.actor, member.pk)
    except NotFound:
        return redirect("member_list")
    return redirect("member_detail", number=member.number)


def _page(request: Request, member: Any, forms: dict[str, Any]) -> HttpResponse:
    today = day_in(territory.zone_of(member.region)).isoformat()  # as a browser reads a day
    times = [
        (
            one.group.name,
            f"{_since(one.from_on)} – {day_text(one.until_on) if one.until_on else _('sekarang')}",
        )
        for one in memberships_of(request.actor, member)
    ]
    context = {
        "member": member,
        "times": times,
        "near": active_groups_near(member.region, MOST_NEAR),
        "join_form": forms.get("join_form") or JoinGroup(initial={"from_on": today}),
        "leave_form": forms.get("leave_form") or LeaveGroup(initial={"until_on": today}),
    }
    status = UNPROCESSABLE if forms else 200
    return render(request, "people/join_group.html", context, status=status)


def _since(day: Any) -> str:
    return day_text(day) if day else _("sejak terdaftar")
