"""The officer notes that a person moved house. An address that was only mistyped is corrected at the desk instead."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okoce.community.members.actions import residences
from okoce.community.members.queries import member_for
from okoce.dashboards.own.homes import choosing_a_home
from okoce.dashboards.people.move_forms import MoveMember
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound
from okoce.foundation.territory import queries as territory

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_CORRECT)
def move_member(request: Request, number: str) -> HttpResponse:
    """Somebody of one's own lives elsewhere since a day, in one's own area or in another."""
    member = member_seen(request, number, Permission.MEMBERS_CORRECT)
    region = request.POST.get("region") or request.GET.get("kec", "")
    form = MoveMember(request.POST if request.method == "POST" else None, member=member, region=region)
    if form.is_valid() and _is_moved(request, member, form):
        return _back(request, number)
    context = {**choosing_a_home(request, form, member), "member": member}
    return render(request, "people/move_member.html", context, status=UNPROCESSABLE if form.errors else 200)


def _is_moved(request: Request, member: Any, form: MoveMember) -> bool:
    told, home = form.cleaned_data, form.home()
    try:
        residences.move_member(
            request.actor,
            member,
            region=home.region,
            village=home.village,
            moved_on=told["moved_on"],
            address=told["address"],
        )
    except NotFound:
        raise
    except DomainError as refusal:
        form.take(refusal)
        return False
    messages.success(
        request,
        _("Kepindahan %(name)s ke %(place)s dicatat.")
        % {"name": member.name, "place": territory.path_of(home.region)},
    )
    return True


def _back(request: Request, number: str) -> HttpResponse:
    """To the person, as long as the reader still reaches her; else to those who are left."""
    try:
        member_for(request.actor, number)
    except NotFound:
        messages.info(request, _("Sejak sekarang petugas di tempat barunya yang melayani orang ini."))
        return redirect("member_list")
    return redirect("member_detail", number=number)
