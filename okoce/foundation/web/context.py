"""What every page may use without its view saying so: the desk and the links of the header."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from okoce.foundation.access.actor import Actor, Emergency
from okoce.foundation.access.roles import ALL_ROLES
from okoce.foundation.accounts.requests import EMERGENCY_COOKIE, has_asked_who
from okoce.foundation.territory.queries import name_of
from okoce.foundation.web.navigation import Desk, current_key, items_for, site_links
from okoce.foundation.web.reader import places_of


@dataclass(frozen=True, slots=True)
class EmergencyBanner:
    """What stands on every page while an emergency is open."""

    place: str
    minutes: int
    until: datetime
    writes: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """`desk` is made only where a template asks for it, so public pages run no query for it."""
    links = site_links(places_of(request))
    return {
        "desk": SimpleLazyObject(lambda: desk_of(request)),
        "emergency": SimpleLazyObject(lambda: _banner(request)),
        "site_links": links,
        "site_current": current_key(request.path_info, links),
    }


def minutes_left(until: datetime) -> int:
    """Whole minutes, rounded up: the last one is told as one."""
    return max(0, math.ceil((until - timezone.now()).total_seconds() / 60))


def _banner(request: HttpRequest) -> EmergencyBanner | None:
    emergency = emergency_of(request)
    if emergency is None:
        return None
    writes = emergency.role != "akses_darurat"
    return EmergencyBanner(name_of(emergency.region), minutes_left(emergency.until), emergency.until, writes)


def emergency_of(request: HttpRequest) -> Emergency | None:
    """The access that the reader has opened for some minutes. A public page asks who reads it only where the browser brings
    the note of one; other pages have asked already. A refusal from before anybody could be asked has nobody to ask."""
    actor: Actor | None = getattr(request, "actor", None)
    is_known = EMERGENCY_COOKIE in request.COOKIES or has_asked_who(request)
    return actor.emergency if is_known and actor is not None else None


def desk_of(request: HttpRequest) -> Desk:
    actor: Actor = getattr(request, "actor", None) or Actor.anonymous()
    items = items_for(actor)
    return Desk(
        role=", ".join(dict.fromkeys(str(ALL_ROLES[grant.role].title) for grant in actor.grants)),
        person=str(getattr(getattr(request, "user", None), "name", "")),
        items=items,
        current=current_key(request.path_info, items),
    )
