"""What everybody reads: the open centres nearest to a kecamatan, and one centre."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from okoce.community.centres.queries import known_centre, nearest_open
from okoce.community.centres.sheet import facts_of
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import Search, district_named, search_places
from okoce.foundation.territory.naming import Named
from okoce.foundation.territory.states import LENGTH_OF, Level

MOST_NEAR = 10
DISTRICT = LENGTH_OF[Level.DISTRICT]


@require_safe
def nearest_centres(request: Request) -> HttpResponse:
    """Where somebody lives, by name, then the nearest centres; a name that is one clear place goes on by itself, one that only
    resembles it is offered."""
    typed, code = request.GET.get("cari"), request.GET.get("kecamatan", "")[:13]
    search = search_places(typed) if typed is not None else Search("")
    named = district_named(typed) if typed else Named()
    if named.code is not None:
        return redirect(f"{reverse('nearest_centres')}?kecamatan={named.code}")
    place = territory.find_region(code[:DISTRICT]) if len(code) >= DISTRICT else None
    context = {
        "search": search,
        "place": territory.path_of(place.code) if place else "",
        "near": nearest_open(place.code, MOST_NEAR) if place else [],
        "region": place.code if place else "",
        "is_unknown": bool(code) and place is None,
    }
    return render(request, "centres/nearest_centres.html", context)


@require_safe
def centre(request: Request, centre_id: int) -> HttpResponse:
    """One centre that is or was open."""
    return render(request, "centres/centre.html", facts_of(known_centre(centre_id)))
