"""Questions about centres. Which have been open is public; plans and the desk's lists are read within the scope."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from okoce.community.centres.distances import Known, nearest_places
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.states import CentreState
from okoce.community.groups.models import Group
from okoce.community.members.names import name_key
from okoce.community.organisations.lists import NamePage, page_by_name
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.territory import queries as territory

PER_DISTRICT = 20


@dataclass(frozen=True, slots=True)
class CentresAsked:
    """What the desk's list is narrowed to."""

    state: str = ""
    text: str = ""
    group_id: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class NearCentre:
    """An open centre and how far its kecamatan is, by the middle of both; None where a middle is not known."""

    centre: Centre
    kilometres: float | None


def centre_for(actor: Actor, centre_id: int, permission: Permission = Permission.CENTRES_READ) -> Centre:
    """A centre within the actor's scope."""
    rows = Centre.objects.visible_to(actor, permission).select_related("group")
    found = rows.filter(pk=centre_id).first()
    if found is None:
        raise NotFound(_("Pusat wirausaha itu tidak ada dalam wilayah tugas Anda."))
    return found


def group_to_plan_for(actor: Actor, group_id: int) -> Group:
    """The komunitas for which the actor may plan a centre."""
    found = Group.objects.visible_to(actor, Permission.CENTRES_MANAGE).filter(pk=group_id).first()
    if found is None:
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."))
    return found


def plans_waiting(actor: Actor) -> ScopedQuerySet[Centre]:
    """Planned centres that wait for the actor to declare them open."""
    return Centre.objects.visible_to(actor, Permission.CENTRES_DECIDE).filter(state=CentreState.PLANNED)


def list_centres(actor: Actor, asked: CentresAsked) -> NamePage[Centre]:
    """The centres that the actor may see, narrowed, a page of them by name."""
    seen = Centre.objects.visible_to(actor, Permission.CENTRES_READ)
    rows = _narrowed(seen, asked)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page_by_name(rows.select_related("group"), seen, asked.after)


def counts_by_state(actor: Actor, asked: CentresAsked) -> dict[str, int]:
    """How many of them are in each state; a state that none has is missing."""
    rows = _narrowed(Centre.objects.visible_to(actor, Permission.CENTRES_READ), asked)
    return dict(rows.order_by().values_list("state").annotate(Count("id")))


def _narrowed(rows: ScopedQuerySet[Centre], asked: CentresAsked) -> ScopedQuerySet[Centre]:
    written = " ".join(asked.text.replace("\x00", "").split())
    if written:
        rows = rows.filter(name_key__contains=name_key(written))
    return rows.filter(group_id=asked.group_id) if asked.group_id else rows


def states_of(centre: Centre) -> list[CentrePeriod]:
    """In which states a centre has been, the latest first. Public: asked of a centre that was found before."""
    return list(CentrePeriod.objects.filter(centre=centre).order_by("-from_on", "-id"))


def known_centre(centre_id: int) -> Centre:
    """A centre that is or was open. Public: what it tells was written to be read."""
    found = Centre.objects.ever_open().select_related("group").filter(pk=centre_id).first()
    if found is None:
        raise NotFound(_("Pusat wirausaha itu tidak ada. Cari pusat terdekat di /pusat."))
    return found


def was_ever_open(centre: Centre) -> bool:
    """Whether there is a page of it for everybody. Public: asked of a centre that was found before."""
    return Centre.objects.ever_open().filter(pk=centre.pk).exists()


def nearest_open(region: str, most: int) -> list[NearCentre]:
    """The open centres nearest to a kecamatan: its own first, then by distance. Public."""
    rows = Centre.objects.filter(state=CentreState.OPEN).order_by("name_key", "id")
    places = [Known(pk, code) for pk, code in rows.values_list("pk", "region")]
    near = nearest_places(region, places, most)
    found = Centre.objects.select_related("group").in_bulk([one.centre_id for one in near])
    return [NearCentre(found[one.centre_id], one.kilometres) for one in near]


def open_of(group_id: int) -> list[Centre]:
    """The open centres of a komunitas, by name. Public."""
    rows = Centre.objects.filter(group_id=group_id, state=CentreState.OPEN).order_by("name_key", "id")
    return list(rows[:PER_DISTRICT])


def open_by_district(day: date) -> Counter[str]:
    """How many centres each kecamatan of today's list had open at the end of a day; one without is missing. Public."""
    rows = CentrePeriod.objects.open_on(day).order_by().values_list("centre__region")
    counted = rows.annotate(Count("centre_id"))
    return Counter({code: count for code, count in counted if territory.find_region(code)})


def open_in(regions: Iterable[str], day: date) -> dict[str, list[Centre]]:
    """The centres that were open on a day in some kecamatan, by kecamatan and name. Public."""
    open_then = CentrePeriod.objects.open_on(day).values("centre_id")
    rows = Centre.objects.filter(region__in=list(regions), pk__in=open_then).order_by("name_key", "id")
    found: dict[str, list[Centre]] = {}
    for centre in rows:
        found.setdefault(centre.region, []).append(centre)
    return found
