"""The offices that I hold in the association, and taking back that everybody reads my name. Whoever holds one may be a member, an
officer, or both: so these pages are for everybody who has signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okoce.community.association.actions.own_naming import withdraw_own_naming as withdraw
from okoce.community.association.queries.tenures import own_offices as offices_held
from okoce.dashboards.own.queries import own_member_id
from okoce.dashboards.own.shell import own_render
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request


@require_safe
@login_required
def own_offices(request: Request) -> HttpResponse:
    """Each with since when everybody reads my name."""
    is_member = own_member_id(request.actor) is not None
    context = {
        "offices": offices_held(request.actor),
        "shell": "own/shell.html" if is_member else "web/desk.html",
        "is_member": is_member,
        "may_withdraw": request.actor.may(Permission.ASSOCIATION_READ_OWN),
    }
    template = "own/own_offices.html"
    return own_render(request, template, context) if is_member else render(request, template, context)


@require_POST
@login_required
def withdraw_own_naming(request: Request, tenure_id: int) -> HttpResponse:
    """My name is masked from now on."""
    withdraw(request.actor, tenure_id)
    messages.success(request, _("Nama Anda disamarkan di halaman umum mulai sekarang."))
    return redirect("own_offices")
