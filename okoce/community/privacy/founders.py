"""Whoever founded a komunitas, seen on its page by those who decide about it. Komunitas stand beside these rights and know none of
them, so they tell it to what both stand on."""

from okoce.community.organisations.contact_looks import FounderSeen
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.states import AccountLookedAt
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission


def note_founder(actor: Actor, seen: FounderSeen) -> None:
    sight = AccountSight(
        page=AccountLookedAt.GROUP,
        right=Permission.GROUPS_MANAGE,
        user_id=seen.user_id,
        phone=seen.phone,
        region=seen.region,
        group_id=seen.group_id,
    )
    note_account_look(actor, sight)
