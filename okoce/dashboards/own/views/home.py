"""The member's first page: one next step, then the passport."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from okoce.community.privacy.queries.rights import waiting_erasure
from okoce.dashboards.next_card import next_card
from okoce.dashboards.own.guards import needs_own_record
from okoce.dashboards.own.looks import moment_in
from okoce.dashboards.own.papers import detail_of
from okoce.dashboards.own.queries import own_member
from okoce.dashboards.own.shell import own_render
from okoce.dashboards.own.whom_to_ask import with_a_centre
from okoce.dashboards.passports import stamps_of
from okoce.foundation.accounts.requests import Request
from okoce.foundation.notifications.queries import count_unread
from okoce.foundation.notifications.recipients import To
from okoce.foundation.territory.queries import zone_of
from okoce.pipeline.queries.journeys import journey_of


@require_safe
@needs_own_record
def own_page(request: Request) -> HttpResponse:
    """Where I am, what is next, who helps me, by when; and the seven stamps."""
    member = own_member(request.actor)
    steps = journey_of(request.actor, member)
    unread = count_unread(request.actor, To(member_id=member.pk))
    waiting = waiting_erasure(request.actor, member)
    context = {
        "member": member,
        "unread": unread,
        "detail": detail_of(member),
        "erasure": moment_in(waiting.not_before, zone_of(member.region)) if waiting else "",
        "step": with_a_centre(next_card(request.actor, member, steps), member),
        "stamps": stamps_of(steps),
    }
    return own_render(request, "own/own_page.html", context)
