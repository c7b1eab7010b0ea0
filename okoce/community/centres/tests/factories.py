"""Centres for tests."""

from datetime import date

from okoce.community.centres.actions import open_centre, plan_centre
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.rules import Details
from okoce.community.groups.models import Group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from tests.cast import SENEN, SYSTEM, officer

FIRST = date(2019, 1, 7)
OPENED = date(2019, 3, 4)


def details(name: str = "Pusat Senen", **told: str) -> Details:
    return Details(
        **{
            "name": name,
            "address": "Jl. Kramat Raya 12, seberang pasar",
            "hours": "Senin–Jumat 09.00–16.00",
            "contact_name": "Ratna",
            "contact_phone": "0812-3456-7001",
            **told,
        }
    )


def planned_centre(group: Group, name: str = "Pusat Senen", region: str = SENEN) -> Centre:
    return plan_centre(SYSTEM, group, details(name), region, FIRST)


def opened_centre(group: Group, name: str = "Pusat Senen", region: str = SENEN, on: date = OPENED) -> Centre:
    return open_centre(SYSTEM, planned_centre(group, name, region), on)


def chair_of(group: Group, user_id: int = 51) -> Actor:
    """An officer of that komunitas alone."""
    return officer("ketua", "pengurus_komunitas", Scope(group_id=group.pk), user_id)


def past_of(centre: Centre) -> list[tuple[str, date, date | None]]:
    """Its states with their days, the first one first."""
    rows = CentrePeriod.objects.filter(centre=centre).order_by("from_on", "id")
    return list(rows.values_list("state", "from_on", "until_on"))


def stands_as_its_past_says(centre: Centre) -> bool:
    """What the centre says of itself is the period that has not ended."""
    [now] = CentrePeriod.objects.filter(centre=centre, until_on__isnull=True)
    stored = Centre.objects.get(pk=centre.pk)
    return (stored.state, stored.state_on, stored.state_reason) == (now.state, now.from_on, now.reason)
