"""Noting who looked at whose data. A look is no fact of the trail: it has a table of its own, and goes when its term is over."""

import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from okoce.community.members.models import Member
from okoce.community.privacy.models import Look
from okoce.community.privacy.offices import emergency_behind, grant_towards, serving_role
from okoce.community.privacy.states import LookedAt
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import own_action
from okoce.foundation.access.permissions import Permission

# Within so many seconds the same page, opened again by the same officer, is the same look.
SAME_LOOK = 600


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: one page of one person. No row, so that the door does not ask again who may see her: the page has."""

    member_id: int
    region: str
    group_id: int | None
    page: LookedAt
    partner_ids: frozenset[int] = frozenset()  # the partners that have to do with her on that page

    @classmethod
    def of(cls, member: Member, page: LookedAt, partner_ids: Collection[int] = ()) -> Self:
        return cls(member.pk, member.region, member.group_id, page, frozenset(partner_ids))


@own_action
def note_look(actor: Actor, sight: Sight) -> None:
    """Note that the actor looks at somebody's page: once in ten minutes, and never for her who looks at her own. A look is no right of
    its own: whoever reads leaves one, also who may write nothing."""
    if actor.user_id is None or actor.owns(sight.member_id):
        return
    grant = grant_towards(actor, Permission.MEMBERS_READ, sight.region, sight.group_id, sight.partner_ids)
    if grant is None:
        return
    Look.objects.note(
        member=sight.member_id,
        user=actor.user_id,
        role=serving_role(actor, grant),
        region=grant.scope.region,
        group=grant.scope.group_id,
        partner=grant.scope.partner_id,
        page=sight.page.value,
        span=int(time.time()) // SAME_LOOK,
        emergency=emergency_behind(actor, grant),
        seconds=SAME_LOOK,
    )
