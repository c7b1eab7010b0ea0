"""In which role, and for which office, an actor reaches a person: what she is told of whoever looked."""

from collections.abc import Collection

from okoce.community.members.policies import reaches
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import EMERGENCY_ROLES


def serving_role(actor: Actor, grant: Grant) -> str:
    """What somebody is who came by this grant: whoever opened an emergency did so in the role that lets her."""
    if grant.role not in EMERGENCY_ROLES:
        return grant.role
    return next((held.role for held in actor.grants if held.carries(Permission.EMERGENCY_OPEN)), grant.role)


def emergency_behind(actor: Actor, grant: Grant) -> int | None:
    """The emergency by which she was reached; None where a given grant reaches her anyway, also while one is open elsewhere."""
    return actor.emergency.id if actor.emergency is not None and grant.role in EMERGENCY_ROLES else None


def grant_towards(
    actor: Actor,
    permission: Permission,
    region: str,
    group_id: int | None,
    partner_ids: Collection[int] = (),
) -> Grant | None:
    """The grant by which the actor reaches a person who lives there, in that komunitas; where only helping reaches her, that
    one, first of all the one for a mitra that has to do with her (`partner_ids`). None for whoever comes without any grant of
    an officer, as the system does."""
    held = [
        grant
        for grant in actor.grants
        if grant.carries(permission) and not grant.scope.is_empty and grant.scope.member_id is None
    ]
    by_place = (grant for grant in held if reaches(grant.scope, region, group_id))
    by_partner = (grant for grant in held if grant.scope.partner_id in partner_ids)
    by_help = (
        grant
        for grant in held
        if grant.scope.helper_user_id is not None or grant.scope.partner_id is not None
    )
    found = next(by_place, None) or next(by_partner, None) or next(by_help, None)
    return found or next(iter(held), None)
