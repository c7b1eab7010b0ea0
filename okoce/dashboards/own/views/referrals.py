"""Where I was sent, and taking my consent back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from okoce.community.partners.actions.own_referrals import withdraw_own_referral as withdraw
from okoce.community.partners.queries.own_referrals import own_referrals_drawn
from okoce.community.partners.queries.referrals import own_referral, referrals_of
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import own_render
from okoce.foundation.accounts.requests import Request


@require_safe
@needs_own_record
def own_referrals(request: Request) -> HttpResponse:
    """All of them, the latest first, each with what was shared."""
    found = referrals_of(request.actor, own_member(request.actor))
    return own_render(request, "own/own_referrals.html", {"referrals": own_referrals_drawn(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@needs_own_record
def withdraw_own_referral(request: Request, referral_id: int) -> HttpResponse:
    """What will happen; then taking it back."""
    referral = own_referral(request.actor, own_member(request.actor), referral_id)
    if request.method == "POST":
        withdraw(request.actor, referral)
        messages.success(request, _("Persetujuan Anda ditarik. Kedua kantor tidak membaca rujukan ini lagi."))
        return redirect("own_referrals")
    [drawn] = own_referrals_drawn([referral])
    return own_render(request, "own/withdraw_own_referral.html", {"one": drawn})
