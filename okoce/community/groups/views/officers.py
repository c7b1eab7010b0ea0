"""Appointing the officers of a komunitas, ending an office, handing it over: forms on the page of the komunitas."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okoce.community.groups.actions import officers as deeds
from okoce.community.groups.forms import AppointOfficer, EndOffice, HandOver
from okoce.community.groups.queries import group_for, is_still_seen
from okoce.community.groups.serving import officer_for
from okoce.community.groups.views.deciding import done, group_page
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.web.deeds import done_or_again


@require_POST
@needs(Permission.GROUPS_MANAGE)
def appoint_officer(request: Request, group_id: int) -> HttpResponse:
    """Let somebody serve the komunitas."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    form = AppointOfficer(request.POST, auto_id="id_appoint_%s")

    def appoint() -> str:
        deeds.appoint_officer(request.actor, group, form.cleaned_data["who"], form.term())
        return _("Pengurus ditunjuk. Haknya berlaku selama masa tugasnya.")

    return done(request, group_id, form, appoint, deed="appoint_officer")


@require_POST
@needs(Permission.GROUPS_MANAGE)
def end_officer(request: Request, group_id: int, officer_id: int) -> HttpResponse:
    """Let an office end."""
    group = group_for(request.actor, group_id, Permission.GROUPS_MANAGE)
    officer = officer_for(request.actor, group, officer_id)
    form = EndOffice(request.POST, auto_id=f"id_end_{officer.pk}_%s")

    def end() -> str:
        deeds.end_officer(request.actor, officer, form.cleaned_data["until_on"])
        return _("Masa tugas diakhiri, haknya juga.")

    return done(request, group_id, form, end, deed="end_officer", officer_id=officer.pk)


@require_POST
@needs(Permission.GROUPS_HAND_OVER)
def hand_over(request: Request, group_id: int, officer_id: int) -> HttpResponse:
    """One leaves, another begins. Who has given away her own office of today sees the page of the komunitas no more."""
    group = group_for(request.actor, group_id, Permission.GROUPS_HAND_OVER)
    officer = officer_for(request.actor, group, officer_id, Permission.GROUPS_HAND_OVER)
    form = HandOver(request.POST, auto_id=f"id_over_{officer.pk}_%s")

    def give() -> str:
        deeds.hand_over(request.actor, officer, form.cleaned_data["who"], form.cleaned_data["on"])
        return _("Jabatan diserahkan.")

    def back() -> str:
        sees = is_still_seen(request.actor, group_id)
        return reverse("group_detail", args=[group_id]) if sees else reverse("home")

    told = {"deed": "hand_over", "officer_id": officer.pk}
    return done_or_again(
        request, form, give, back, lambda wrong: group_page(request, group_id, {**told, **wrong})
    )
