"""Who watches over something in a place: the officers of the narrowest place around it that have the right there."""

from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.shared.days import today_wib


def watchers_over(permission: Permission, region: str) -> list[int]:
    """The active accounts to which a grant over a place, not over a komunitas or a mitra, gives the right today: those of the
    narrowest such place that holds the region, the nation being the widest."""
    roles = [name for name, role in ROLES.items() if permission in role.permissions]
    serving = RoleAssignment.objects.valid_on(today_wib()).filter(
        role__in=roles, region__in=_around(region), group_id=None, partner_id=None, user__is_active=True
    )
    rows = list(serving.values_list("user_id", "region"))
    narrowest = max((len(place) for _user, place in rows), default=0)
    return sorted({user_id for user_id, place in rows if len(place) == narrowest})


def _around(region: str) -> list[str]:
    """The place itself and every one around it, up to the nation."""
    parts = region.split(".") if region else []
    return ["", *(".".join(parts[:depth]) for depth in range(1, len(parts) + 1))]
