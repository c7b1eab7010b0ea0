"""Noting who saw the contact of somebody who has an account and no record. A member's looks are noted at her record (`looks`)."""

import time
from dataclasses import dataclass

from okoce.community.privacy.actions.looks import SAME_LOOK
from okoce.community.privacy.models import AccountLook
from okoce.community.privacy.offices import grant_towards
from okoce.community.privacy.states import AccountLookedAt
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import own_action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSight:
    """What is looked at: one page, the right that opens it, and where that was for. Whose account it is `user_id` says, else the
    telephone that stands there."""

    page: AccountLookedAt
    right: Permission = Permission.PRIVACY_READ
    user_id: int | None = None
    phone: str = ""
    region: str = ""
    group_id: int | None = None
    partner_ids: frozenset[int] = frozenset()


@own_action
def note_account_look(actor: Actor, sight: AccountSight) -> None:
    """Note that the actor sees somebody's contact: once in ten minutes, never for her who sees her own, and never where the account
    is a member's. Where nobody has an account with that telephone, nobody could read it."""
    subject = _whose(sight)
    if actor.user_id is None or subject in (None, actor.user_id):
        return
    grant = grant_towards(actor, sight.right, sight.region, sight.group_id, sight.partner_ids)
    if grant is None:
        return
    AccountLook.objects.note(
        subject=subject,
        user=actor.user_id,
        role=grant.role,
        region=grant.scope.region,
        group=grant.scope.group_id,
        partner=grant.scope.partner_id,
        page=sight.page.value,
        span=int(time.time()) // SAME_LOOK,
        seconds=SAME_LOOK,
    )


def _whose(sight: AccountSight) -> int | None:
    rows = User.objects.filter(member_id__isnull=True, erased_since__isnull=True)
    rows = rows.filter(phone=sight.phone) if sight.user_id is None else rows.filter(pk=sight.user_id)
    return rows.values_list("pk", flat=True).first()
