"""What an account without a record says of its holder, as she reads it."""

from typing import Any

from okoce.community.groups.queries import group_names
from okoce.community.partners.queries.partners import partner_names
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.events.queries import trail_of
from okoce.foundation.shared.days import last_day
from okoce.foundation.shared.phones import show_phone
from okoce.foundation.territory.queries import names_for

MOST_LINES = 50
# What these say in the words of the machinery stands in the list of her roles.
TOLD_AS_ROLES = frozenset({"accounts.role_granted", "accounts.role_ended"})


def account_facts(account: User) -> dict[str, Any]:
    """Name and contacts, each role with where and how long, what she founded or spoke for, and the account's own history."""
    held = list(RoleAssignment.objects.filter(user_id=account.pk).order_by("-from_on", "-id"))
    return {
        "account": account,
        "phone": show_phone(account.phone) if account.phone else "",
        "roles": _roles(held),
        "lines": [
            line
            for line in trail_of("accounts.user", [account.pk], limit=MOST_LINES)
            if line.kind not in TOLD_AS_ROLES
        ],
    }


def _roles(held: list[RoleAssignment]) -> list[dict[str, Any]]:
    places = names_for({one.region for one in held if one.region})
    groups = group_names(one.group_id for one in held if one.group_id is not None)
    partners = partner_names(one.partner_id for one in held if one.partner_id is not None)
    return [
        {
            "title": str(ROLES[one.role].title) if one.role in ROLES else one.role,
            "where": ", ".join(
                part
                for part in (
                    partners.get(one.partner_id or 0, ""),
                    groups.get(one.group_id or 0, ""),
                    places.get(one.region, ""),
                )
                if part
            ),
            "since": one.from_on,
            "until": last_day(one.from_on, one.until_on) if one.until_on else None,
        }
        for one in held
    ]
