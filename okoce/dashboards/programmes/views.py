"""One programme for everybody: `?per=` shows another day."""

from dataclasses import replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import read_asked
from okoce.dashboards.funnel import Funnel, Place, day_of, funnel_from
from okoce.dashboards.pictures import drawn_stages, job_figures
from okoce.dashboards.programmes.showing import (
    columns_of_versions,
    lines_of_versions,
    places_in_words,
    standing_in_words,
)
from okoce.dashboards.targets.showing import has_large_places, shown_targets
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.shared.errors import NotFound
from okoce.pipeline.programmes import programme_node
from okoce.pipeline.queries.programmes import Programme, programme_on, programme_tally


@require_safe
def programme_detail(request: Request, programme: str) -> HttpResponse:
    """Where a programme holds on a day, which stages it offers, how many people are how far, and what was set out."""
    day = day_of(read_asked(request.GET).day)
    found = programme_on(programme, day)
    if found is None:
        raise NotFound(_("Program itu tidak ada. Mulai dari /target."))
    is_officer = request.actor.may(Permission.PIPELINE_READ_FUNNEL)
    funnel = _funnel_of(found, day) if found.places and _may_see(request, found) else None
    context = {
        "programme": found,
        "day": day,
        "standing": standing_in_words(found, day),
        "places": places_in_words(found.places),
        "columns": columns_of_versions(),
        "rows": lines_of_versions(found.versions, with_links=is_officer),
        "funnel": funnel,
        "stages": [replace(one, href="") for one in drawn_stages(funnel, None)] if funnel else [],
        "jobs": job_figures(funnel) if funnel else [],
        "targets": shown_targets(request.actor, [programme_node(programme)]),
        "shell": "web/desk.html" if is_officer else "web/public.html",
    }
    return render(request, "dashboards/programme_detail.html", context)


def _may_see(request: Request, found: Programme) -> bool:
    """Exact numbers are everybody's unless a kecamatan could be told from them; then whoever reads those of the nation."""
    reaches = request.actor.scopes_with(Permission.PIPELINE_READ_FUNNEL)
    return has_large_places(found.places) or any(reach.everywhere for reach in reaches)


def _funnel_of(found: Programme, day: date) -> Funnel:
    return funnel_from(Place("", found.name, programme_node(found.key)), programme_tally(found.key, day))
