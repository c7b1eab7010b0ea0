"""The ageing list: who has stood how long before which stage."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import read_asked
from okoce.dashboards.people.waiting import own_place, waiting_table
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
    """Counts by stage and span of days; each leads to its people, the longest waiting first."""
    asked = read_asked(request.GET)
    if PLACE not in request.GET and asked.group_id is None:
        scope, group_id = own_place(request.actor)
        asked = replace(asked, scope=scope, group_id=group_id)
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
    return FilterChip(label, f"{reverse('people_waiting')}?wilayah={code}")
