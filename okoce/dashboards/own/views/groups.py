"""My komunitas: which one, whom to ask there, joining another by an invitation or by choice, and leaving."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okoce.community.groups.actions import own_memberships as deeds
from okoce.community.groups.naming import bare_name
from okoce.community.groups.queries import group_of_invitation
from okoce.dashboards.own.belonging import groups_to_choose, joining, own_group_told
from okoce.dashboards.own.forms import LeaveMyGroup
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import UNPROCESSABLE, own_render
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.errors import DomainError, NotFound


@require_safe
@needs_own_record
def own_group(request: Request) -> HttpResponse:
    """Which komunitas I belong to since when, whom I ask there, and which others are near."""
    return _page(request, own_member(request.actor), LeaveMyGroup())


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def join_own_group(request: Request) -> HttpResponse:
    """What joining this komunitas changes and what it does not; one button. An invitation leads here, and so does a choice."""
    member = own_member(request.actor)
    named = (request.POST if request.method == "POST" else request.GET).get("komunitas", "")
    group, refusal = group_of_invitation(named), ""
    if request.method == "POST" and group is not None:
        try:
            deeds.join_own_group(request.actor, member, group.pk)
        except NotFound:
            raise
        except DomainError as wrong:
            refusal = wrong.sentence
        else:
            messages.success(request, _("Anda sekarang anggota komunitas %s.") % bare_name(group.name))
            return redirect("own_group")
    context = joining(request.actor, member, group, named)
    status = UNPROCESSABLE if request.method == "POST" else 200
    return own_render(request, "own/join_own_group.html", {**context, "refusal": refusal}, status)


@require_POST
@needs_own_record
def leave_own_group(request: Request) -> HttpResponse:
    """I belong to none from today on; why is my own choice to say."""
    member = own_member(request.actor)
    form = LeaveMyGroup(request.POST)
    if form.is_valid():
        with form.taking_refusals():
            has_left = deeds.leave_own_group(request.actor, member, form.cleaned_data["reason"])
            said = (
                _("Anda sudah keluar dari komunitas.")
                if has_left
                else _("Anda tidak dalam komunitas mana pun.")
            )
            messages.success(request, said)
            return redirect("own_group")
    return _page(request, member, form)


def _page(request: Request, member: Any, form: LeaveMyGroup) -> HttpResponse:
    context = {
        **own_group_told(request.actor, member),
        **groups_to_choose(request, member),
        "form": form,
    }
    return own_render(request, "own/own_group.html", context, UNPROCESSABLE if form.errors else 200)
