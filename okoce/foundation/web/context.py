"""What every page may use without its view saying so: the desk and the links of the header."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.roles import ROLES
from okoce.foundation.web.navigation import Desk, current_key, items_for, site_links
from okoce.foundation.web.reader import places_of


def shell(request: HttpRequest) -> dict[str, object]:
    """`desk` is made only where a template asks for it, so public pages run no query for it."""
    links = site_links(places_of(request))
    return {
        "desk": SimpleLazyObject(lambda: desk_of(request)),
        "site_links": links,
        "site_current": current_key(request.path_info, links),
    }


def desk_of(request: HttpRequest) -> Desk:
    actor: Actor = getattr(request, "actor", None) or Actor.anonymous()
    items = items_for(actor)
    return Desk(
        role=", ".join(dict.fromkeys(str(ROLES[grant.role].title) for grant in actor.grants)),
        person=str(getattr(getattr(request, "user", None), "name", "")),
        items=items,
        current=current_key(request.path_info, items),
    )
