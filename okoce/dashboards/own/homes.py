"""Choosing a home in two plain steps: first the kecamatan, looked for by name, then the rest."""

from typing import Any

from okoce.dashboards.own.forms import HomeForm
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import Search, search_places
from okoce.foundation.territory.states import LENGTH_OF, Level

DISTRICT = LENGTH_OF[Level.DISTRICT]


def choosing_a_home(request: Request, form: HomeForm, member: Any) -> dict[str, Any]:
    """What a page shows on which a home is chosen: the search as long as no kecamatan is known, else its form."""
    typed = request.GET.get("cari", "")
    search = search_places(typed, member.region) if typed.strip() else Search(typed)
    return {
        "form": form,
        "typed": typed,
        "is_searching": not form.knows_region or "cari" in request.GET,
        "places": _places(search),
        "note": search.note,
        "place": territory.path_of(form.district) if form.knows_region else "",
        "now": territory.path_of(member.region),
    }


def _places(search: Search) -> list[dict[str, str]]:
    """The kecamatan that may be meant, found as at the registration: by its own name, a kelurahan's, or the city's."""
    return [
        {"code": offer.code[:DISTRICT], "name": f"{offer.name}, {offer.within}"} for offer in search.offers
    ]
