"""Who has come into a komunitas lately, as its officers read it."""

from django.db.models import OuterRef, Subquery

from okoce.community.groups.models import Group, Membership
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission


def latest_arrivals(actor: Actor, group: Group, most: int) -> list[Membership]:
    """Who has come into a komunitas after her registration and is there still, the latest first, each with `came_from`: the
    komunitas that she left for it, "" for none. Of members whom the actor reads."""
    left = Membership.objects.filter(member=OuterRef("member"), until_on=OuterRef("from_on")).exclude(
        group=group
    )
    rows = Membership.objects.visible_to(actor, Permission.MEMBERS_READ).filter(
        group=group, from_on__isnull=False, until_on__isnull=True
    )
    rows = rows.filter(member__merged_into__isnull=True, member__erased_at__isnull=True)
    named = rows.annotate(came_from=Subquery(left.order_by("-id").values("group__name")[:1]))
    return list(named.select_related("member").order_by("-from_on", "-id")[:most])
