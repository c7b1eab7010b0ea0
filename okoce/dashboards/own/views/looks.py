"""Who looked at my data."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from okoce.community.privacy.queries.rights import looks_at
from okoce.dashboards.own.guards import needs_own_record, or_own_account
from okoce.dashboards.own.looks import drawn_looks
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import own_render
from okoce.dashboards.own.views.accounts import account_looks
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory.queries import zone_of


@require_safe
@or_own_account(account_looks)
@needs_own_record
def own_looks(request: Request) -> HttpResponse:
    """Who looked at my data: the role and office, what, when on my clock; newest first, fifty a page."""
    member = own_member(request.actor)
    page = looks_at(request.actor, before=number_typed(request.GET.get("sesudah", "")))
    context = {
        "looks": drawn_looks(page.looks, zone_of(member.region)),
        "next_href": f"{reverse('own_looks')}?sesudah={page.next}" if page.next else "",
    }
    return own_render(request, "own/own_looks.html", context)
