"""A written request to be erased: noted, thought over for some days, taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okoce.community.members.queries import member_for
from okoce.community.privacy.actions import erasures
from okoce.community.privacy.queries.rights import term, waiting_erasure
from okoce.community.privacy.states import LookedAt, TermCode
from okoce.dashboards.people.erasure_forms import AskErasure
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.shared.days import day_in
from okoce.foundation.territory.queries import zone_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MEMBERS_ERASE)
def ask_erasure(request: Request, number: str) -> HttpResponse:
    """What will be destroyed, where the letter is, and once more whose number it is."""
    member = member_seen(request, number, Permission.MEMBERS_ERASE, LookedAt.REQUEST)
    form = AskErasure(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid():
        with form.taking_refusals():
            erasures.ask_written_erasure(request.actor, member, form.cleaned_data["letter"])
            messages.success(request, _("Permintaan dicatat. Data orang ini dihapus sesudah hari tunggu."))
            return redirect("member_detail", number=member.number)
    context = {
        "member": member,
        "form": form,
        "waiting": waiting_erasure(request.actor, member),
        "days": term(TermCode.ERASURE_WAIT_DAYS, day_in(zone_of(member.region))),
        "back_href": reverse("member_detail", args=[member.number]),
    }
    return render(request, "people/ask_erasure.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_POST
@needs(Permission.MEMBERS_ERASE)
def withdraw_erasure(request: Request, number: str) -> HttpResponse:
    """The member stays after all."""
    member = member_for(request.actor, number, Permission.MEMBERS_ERASE)
    if erasures.withdraw_erasure(request.actor, member):
        messages.success(request, _("Permintaan dibatalkan. Data orang ini tetap tersimpan."))
    return redirect("member_detail", number=member.number)
