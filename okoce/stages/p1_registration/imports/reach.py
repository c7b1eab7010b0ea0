"""Whom the importing officer may bring in: by territory and komunitas, and which stages she may vouch for."""

from collections.abc import Iterable

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.access.scope import Scope, region_within


class Reach:
    """The actor's grants, asked once per row instead of once per query."""

    def __init__(self, actor: Actor) -> None:
        self._importing = tuple(actor.scopes_with(Permission.MEMBERS_IMPORT))
        self._vouching = {stage: tuple(actor.scopes_with(right)) for stage, right in VERIFY_STAGE.items()}

    def covers(self, region: str, group_id: int | None) -> bool:
        return _reached(self._importing, region, group_id)

    def vouches_for(self, stage: int, region: str, group_id: int | None) -> bool:
        return _reached(self._vouching[stage], region, group_id)


def _reached(scopes: Iterable[Scope], region: str, group_id: int | None) -> bool:
    # a loop and not any(): asked several times for each of a million rows
    for scope in scopes:  # noqa: SIM110  (see above)
        if scope.everywhere or _reaches(scope, region, group_id):
            return True
    return False


def _reaches(scope: Scope, region: str, group_id: int | None) -> bool:
    """The rule of `members.policies` for one person: every anchor that a scope names must hold."""
    named = scope.region or scope.group_id is not None
    is_of_another_kind = (
        scope.partner_id is not None or scope.helper_user_id is not None or scope.member_id is not None
    )
    if not named or is_of_another_kind:
        return False
    return (not scope.region or region_within(region, scope.region)) and scope.group_id in (None, group_id)
