"""The coverage of centres, for everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okoce.dashboards.asked import read_asked
from okoce.dashboards.coverage.counting import Coverage, bare_districts, coverage_of
from okoce.dashboards.funnel import Meaning, day_of, meanings, place_of
from okoce.dashboards.lit import Sky
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.constellation import CENTRES
from okoce.foundation.web.figures import Figure, Measure

LONGEST_CODE = 20


@require_safe
def coverage(request: Request) -> HttpResponse:
    """Kecamatan lit by open centres, out of all, of a place on a day and of what lies below it."""
    asked = read_asked(request.GET)
    found = coverage_of(place_of(asked.scope), day_of(asked.day))
    meaning = meanings(found.day)["centre_coverage"]
    code = found.place.code
    context = {
        "coverage": found,
        "sky": Sky(CENTRES, found.counts),
        "meaning": meaning,
        "bare": bare_districts(found, request.GET.get("sesudah", "")[:LONGEST_CODE]),
        "figures": _figures(found, meaning),
        "trail": territory.ancestors(code) if code else [],
        "shell": "web/desk.html" if request.actor.may(Permission.CENTRES_READ) else "web/public.html",
    }
    return render(request, "dashboards/coverage.html", context)


def _figures(found: Coverage, meaning: Meaning) -> list[Figure]:
    place = found.place
    source = _("dihitung dari catatan")
    return [
        Figure(
            name=_("cakupan"),
            value=place.share,
            measure=Measure.PERCENT,
            definition=meaning.text,
            as_at=found.day,
            source=source,
            numerator=place.lit,
            denominator=place.districts,
        ),
        Figure(
            name=_("pusat yang buka"),
            value=place.centres,
            definition=_("Pusat wirausaha yang buka pada akhir hari itu."),
            as_at=found.day,
            source=source,
        ),
    ]
