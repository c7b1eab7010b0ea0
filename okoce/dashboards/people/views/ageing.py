"""The ageing list: who has stood how long before which stage."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import Asked, read_asked
from okoce.dashboards.own_places import choose_own_place, own_asked
from okoce.dashboards.people.waiting import waiting_table
from okoce.dashboards.people_behind import own_nodes
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request, needs
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import FilterChip
from okoce.foundation.web.scope_choice import PLACE, in_chosen_scope
from okoce.pipeline.queries.people import people_unplaced

LONGEST_CODE = len("31.71.04")


@require_safe
@needs(Permission.PIPELINE_READ_FUNNEL)
@in_chosen_scope(takes_groups=True)
def people_waiting(request: Request) -> HttpResponse:
    """Counts by stage and span of days; each leads to its people, the longest waiting first. An officer begins at her own."""
    asked = read_asked(request.GET)
    if PLACE not in request.GET and asked.group_id is None:
        nodes = own_nodes(request.actor, Permission.MEMBERS_READ)
        if len(nodes) > 1:
            return choose_own_place(request, nodes, _address)
        asked = own_asked(nodes[0] if nodes else "")
    table = waiting_table(request.actor, asked)
    code = table.place.code if table.group_id is None else ""
    above = territory.ancestors(code) if code else []
    below = territory.children(code) if table.group_id is None and len(code) < LONGEST_CODE else []
    context = {
        "table": table,
        "wider": [_chip(territory.name_of(""), "")] * bool(code)
        + [_chip(one.label, one.code) for one in above],
        "narrower": [_chip(one.label, one.code) for one in below],
        "is_behind": people_unplaced(),
    }
    return render(request, "people/people_waiting.html", context)


def _chip(label: str, code: str) -> FilterChip:
    return FilterChip(label, _address(Asked(scope=code)))


def _address(asked: Asked) -> str:
    named = {"wilayah": asked.scope} if asked.group_id is None else {"komunitas": asked.group_id}
    return f"{reverse('people_waiting')}?{urlencode(named)}"
