"""The one who acts: made once per request by `accounts`, or `Actor.system(reason)` in jobs and reactions."""

from collections.abc import Iterator
from dataclasses import dataclass

from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.access.scope import EVERYWHERE, Scope


@dataclass(frozen=True, slots=True)
class Grant:
    """One role within one scope. A person's grants never mix: each counts for itself."""

    role: str
    scope: Scope

    def carries(self, permission: Permission) -> bool:
        return permission in ROLES[self.role].permissions


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for the trail (`label`), and with which grants."""

    label: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """The system itself, for a stated reason; it reaches everything and stands in the trail as such."""
        return cls(label=f"system:{reason}", is_system=True)

    @classmethod
    def anonymous(cls) -> "Actor":
        return cls(label="anonymous")

    def scopes_with(self, permission: Permission) -> Iterator[Scope]:
        """The scope of each grant that carries the permission."""
        if self.is_system:
            yield EVERYWHERE
            return
        for grant in self.grants:
            if grant.carries(permission) and not grant.scope.is_empty:
                yield grant.scope

    def owns(self, member_id: int | None) -> bool:
        """True when this is the person's own record: a grant that reaches it otherwise does not count."""
        return member_id is not None and any(grant.scope.member_id == member_id for grant in self.grants)

    def may(self, permission: Permission) -> bool:
        """True when some grant carries the permission, wherever it reaches."""
        return any(True for _ in self.scopes_with(permission))


def scope_of_grant(
    role: str, *, user_id: int, region: str, group_id: int | None, partner_id: int | None
) -> Scope:
    """The scope that a stored role assignment gives; a role without the anchor it needs reaches nothing, and a national
    role that names an anchor reaches no further than it."""
    breadth = ROLES[role].breadth
    is_anchored = bool(region) or group_id is not None or partner_id is not None
    if breadth is Breadth.NATION and not is_anchored:
        return EVERYWHERE
    if breadth is Breadth.HELPER:
        return Scope(helper_user_id=user_id)
    anchored = {
        Breadth.NATION: True,
        Breadth.TERRITORY: bool(region),
        Breadth.GROUP: group_id is not None,
        Breadth.PARTNER: partner_id is not None,
    }
    if not anchored.get(breadth, False):
        return Scope()
    return Scope(region=region, group_id=group_id, partner_id=partner_id)
