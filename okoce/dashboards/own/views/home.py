"""The member's first page: one next step, then the passport."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from okoce.dashboards.next_card import next_card
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.looks import moment_in
from okoce.dashboards.own.papers import detail_of
from okoce.dashboards.own.queries import own_home
from okoce.dashboards.own.shell import own_render
from okoce.dashboards.own.whom_to_ask import with_a_centre
from okoce.dashboards.passports import stamps_of
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory.queries import zone_of
from okoce.pipeline.queries.journeys import journey_as_read


@require_safe
@needs_own_record
def own_page(request: Request) -> HttpResponse:
    """Where I am, what is next, who helps me, by when; and the seven stamps."""
    home = own_home(request.actor)
    member = home.member
    steps = journey_as_read(member)
    context = {
        "member": member,
        "lacks_nik": member.nik_hash is None,
        "unread": home.unread,
        "group_name": home.group,
        "is_referred": home.is_referred,
        "detail": detail_of(member),
        "erasure": moment_in(home.erased_from, zone_of(member.region)) if home.erased_from else "",
        "step": with_a_centre(next_card(request.actor, member, steps), member),
        "stamps": stamps_of(steps),
    }
    return own_render(request, "own/own_page.html", context)
