"""Restricting, for a member who asks for it on paper, what her data is used for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.members.queries import member_for
from okoce.community.privacy.actions.restrictions import lift_for, restrict_for
from okoce.community.privacy.queries.rights import standing_restriction
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.data_office.forms import RestrictMember
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.errors import DomainError, NotFound

UNPROCESSABLE = 422
RIGHT = Permission.MEMBERS_RESTRICT


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
def restrict_member(request: Request, number: str) -> HttpResponse:
    """What it means, and where the letter is; or since when it holds."""
    member = member_seen(request, number, RIGHT, LookedAt.REQUEST)
    form = RestrictMember(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.taking_refusals():
            restrict_for(request.actor, member, form.cleaned_data["letter"])
            messages.success(request, _("Pemakaian data orang ini dibatasi mulai sekarang."))
            return redirect("member_detail", number=member.number)
    context = {
        "member": member,
        "form": form,
        "standing": standing_restriction(request.actor, member),
        "back_href": reverse("member_detail", args=[member.number]),
    }
    return render(
        request, "data_office/restrict_member.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_POST
@needs(RIGHT)
def lift_restriction(request: Request, number: str) -> HttpResponse:
    """Her data is used again."""
    member = member_for(request.actor, number, RIGHT)
    try:
        if lift_for(request.actor, member):
            messages.success(request, _("Pembatasan dicabut. Data orang ini dipakai lagi seperti izinnya."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("member_detail", number=member.number)
