"""A NIK in full: once, on the answer to a written reason, kept nowhere."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okoce.community.privacy.actions import nik
from okoce.dashboards.people.nik_forms import UnmaskNik
from okoce.dashboards.sights import member_seen
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs(Permission.MEMBERS_UNMASK_NIK)
def unmask_nik(request: Request, number: str) -> HttpResponse:
    """Ask why; then show it. No redirect: nothing but this one answer holds the number."""
    member = member_seen(request, number, Permission.MEMBERS_UNMASK_NIK)
    form = UnmaskNik(request.POST if request.method == "POST" else None)
    shown = ""
    if form.is_valid():
        with form.taking_refusals():
            shown = nik.unmask_nik(request.actor, member, form.cleaned_data["reason"])
    context = {
        "member": member,
        "form": form,
        "shown": shown,
        "back_href": reverse("member_detail", args=[member.number]),
    }
    return render(request, "people/unmask_nik.html", context, status=UNPROCESSABLE if form.errors else 200)
