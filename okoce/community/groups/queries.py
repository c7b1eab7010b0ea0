"""Questions about komunitas. Which are active is public; their rows are read within the scope."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from okoce.community.groups.models import Group
from okoce.community.groups.states import GroupState
from okoce.community.members.names import name_key
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.territory.states import LENGTH_OF, Level


def group_for(actor: Actor, group_id: int) -> Group:
    """A komunitas within the actor's scope."""
    found = Group.objects.visible_to(actor, Permission.GROUPS_READ).filter(pk=group_id).first()
    if found is None:
        raise NotFound(_("Komunitas itu tidak ada dalam wilayah tugas Anda."))
    return found


def groups_in(actor: Actor) -> ScopedQuerySet[Group]:
    """The komunitas that the actor may see, by name."""
    return Group.objects.visible_to(actor, Permission.GROUPS_READ).order_by("name_key", "id")


def active_group(group_id: int) -> Group | None:
    """The komunitas if it takes members now. Public."""
    return Group.objects.filter(pk=group_id, state=GroupState.ACTIVE).first()


def active_group_named(text: str) -> Group | None:
    """The active komunitas of a name or code, as people write it; None where there is none. Public."""
    written = " ".join(text.replace("\x00", "").split())
    if not written:
        return None
    active = Group.objects.filter(state=GroupState.ACTIVE)
    return active.filter(Q(name_key=name_key(written)) | Q(code__iexact=written)).order_by("id").first()


def groups_in_sight(actor: Actor, right: Permission) -> set[int]:
    """Ids of the komunitas that a right of the actor reaches."""
    return set(Group.objects.visible_to(actor, right).values_list("pk", flat=True))


def active_groups_since() -> dict[int, tuple[str, date]]:
    """Region and day of validation of every komunitas that is active now, by id. Public: it names nobody."""
    rows = Group.objects.filter(state=GroupState.ACTIVE, validated_on__isnull=False).order_by("id")
    return {pk: (region, since) for pk, region, since in rows.values_list("pk", "region", "validated_on")}


def group_names(group_ids: Iterable[int]) -> dict[int, str]:
    """Names of komunitas by id, in one query. Public."""
    return dict(Group.objects.filter(pk__in=set(group_ids)).values_list("pk", "name"))


def active_groups_near(region: str, limit: int) -> list[Group]:
    """Komunitas that take members, those nearest to a kecamatan first: its own, those of its kabupaten, those next door in the
    kabupaten, those of the province, those of the nation. Public."""
    province, regency = region[: LENGTH_OF[Level.PROVINCE]], region[: LENGTH_OF[Level.REGENCY]]
    nearness = [
        Q(region=region),
        Q(region=regency),
        Q(region__startswith=f"{regency}."),
        Q(region=province),
        Q(region=""),
    ]
    order = Case(
        *(When(near, then=Value(place)) for place, near in enumerate(nearness)),
        output_field=IntegerField(),
    )
    found = Group.objects.filter(state=GroupState.ACTIVE).annotate(distance=order)
    return list(found.filter(distance__isnull=False).order_by("distance", "name_key", "id")[:limit])


def group_known_as(actor: Actor, text: str) -> Group | None:
    """The komunitas of a name, code or id, as the actor may see it; of several of one name the first."""
    written = " ".join(text.replace("\x00", "").split())
    by_words = Q(name_key=name_key(written)) | Q(code__iexact=written)
    is_id = written.isascii() and written.isdigit() and len(written) < 19
    rows = Group.objects.visible_to(actor, Permission.GROUPS_READ)
    return rows.filter(by_words | Q(pk=int(written)) if is_id else by_words).order_by("id").first()
