"""Where an officer begins who names no place: at her own, or, who serves at several, at a choice of them."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from okoce.community.groups.queries import group_names
from okoce.dashboards.asked import Asked
from okoce.foundation.accounts.requests import Request
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.lists import ListRow

# The address of a page of figures about one place, or about the nation.
Address = Callable[[Asked], str]


def own_asked(node: str) -> Asked:
    """A node of the tallies as a page is asked for it; the nation where there is none."""
    group = node.removeprefix("K:")
    return Asked(group_id=int(group)) if group != node else Asked(scope=node)


def choose_own_place(request: Request, nodes: Sequence[str], address: Address) -> HttpResponse:
    """The page on which she picks one of her places, or the whole nation."""
    owns = [own_asked(node) for node in nodes]
    names = group_names([own.group_id for own in owns if own.group_id is not None])
    context = {"places": [_row(own, names, address(own)) for own in owns], "nation_href": address(Asked())}
    return render(request, "dashboards/own_places.html", context)


def _row(own: Asked, names: dict[int, str], href: str) -> ListRow:
    if own.group_id is not None:
        return ListRow(names.get(own.group_id, ""), href, _("Komunitas"))
    return ListRow(territory.name_of(own.scope), href, territory.path_of(own.scope).partition(", ")[2])
