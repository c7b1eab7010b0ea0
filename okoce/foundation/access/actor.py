"""The one who acts: made once per request by `accounts`, or `Actor.system(reason)` in jobs and reactions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ALL_ROLES, ROLES, Breadth
from okoce.foundation.access.scope import EVERYWHERE, Scope


@dataclass(frozen=True, slots=True)
class Grant:
    """One role within one scope. A person's grants never mix: each counts for itself."""

    role: str
    scope: Scope

    def carries(self, permission: Permission) -> bool:
        return permission in ALL_ROLES[self.role].permissions


# Between an account and the emergency in which it acts: `user:7/darurat:3`.
_IN_EMERGENCY = "/darurat:"


@dataclass(frozen=True, slots=True)
class Emergency:
    """An access that somebody opened for herself: where, until when, with which of the emergency roles."""

    id: int
    role: str
    region: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, for the trail (`label`), and with which grants."""

    label: str
    user_id: int | None = None
    grants: tuple[Grant, ...] = ()
    is_system: bool = False
    emergency: Emergency | None = None

    @classmethod
    def system(cls, reason: str) -> "Actor":
        """The system itself, for a stated reason; it reaches everything and stands in the trail as such."""
        return cls(label=f"system:{reason}", is_system=True)

    @classmethod
    def anonymous(cls) -> "Actor":
        return cls(label="anonymous")

    def in_emergency(self, emergency: Emergency) -> "Actor":
        """The same with what the emergency opens, behind all grants; all that is done meanwhile is marked in the trail."""
        grants = (*self.grants, Grant(emergency.role, Scope(region=emergency.region)))
        label = f"{self.label}{_IN_EMERGENCY}{emergency.id}"
        return Actor(label, self.user_id, grants, self.is_system, emergency)

    def outside_emergency(self) -> "Actor":
        """The same with what she was given alone: what lasts longer than the emergency is judged by these grants."""
        if self.emergency is None:
            return self
        return Actor(account_of_label(self.label), self.user_id, self.grants[:-1], self.is_system)

    def without(self, permission: Permission) -> "Actor":
        """The same with those of her grants alone that do not carry the permission: what they reach by themselves."""
        grants = tuple(grant for grant in self.grants if not grant.carries(permission))
        return Actor(self.label, self.user_id, grants, self.is_system, self.emergency)

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


def account_of_label(label: str) -> str:
    """Who it was, without the emergency in which it was done."""
    return label.partition(_IN_EMERGENCY)[0]


def emergency_label(user_id: int, emergency_id: int) -> str:
    """As the trail names whoever acts in an emergency."""
    return f"user:{user_id}{_IN_EMERGENCY}{emergency_id}"


def was_in_emergency(label: str) -> bool:
    return _IN_EMERGENCY in label


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
