"""Choosing a home in two plain steps: first the kecamatan, looked for by name, then the rest."""

from typing import Any

from okoce.dashboards.own.forms import HomeForm
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.finding import search_places
from okoce.foundation.territory.states import LENGTH_OF, Level

DISTRICT = LENGTH_OF[Level.DISTRICT]


def choosing_a_home(request: Request, form: HomeForm, member: Any) -> dict[str, Any]:
    """What a page shows on which a home is chosen: the search as long as no kecamatan is known, else its form."""
    typed = request.GET.get("cari", "")
    return {
        "form": form,
        "typed": typed,
        "is_searching": not form.knows_region or "cari" in request.GET,
        "places": _places(typed, member.region),
        "place": territory.path_of(form.district) if form.knows_region else "",
        "now": territory.path_of(member.region),
    }


def _places(typed: str, near: str) -> list[dict[str, str]]:
    """The kecamatan that may be meant, found as at the registration: by its own name, a kelurahan's, or the city's."""
    offers = search_places(typed, near).offers if typed.strip() else ()
    return [{"code": offer.code[:DISTRICT], "name": f"{offer.name}, {offer.within}"} for offer in offers]
