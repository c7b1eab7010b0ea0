"""Where somebody sits who may answer: a ticket waits nowhere else. A level without anybody in office is passed over."""

from collections import defaultdict
from collections.abc import Collection

from okoce.community.tickets.models import Accused, Ticket
from okoce.community.tickets.offices import SECRETARIAT, levels_above
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.accounts.queries import identity_of
from okoce.foundation.shared.days import today_wib

_ROLES = [name for name, role in ROLES.items() if Permission.TICKETS_HANDLE in role.permissions]


def manned(office: str, away: Collection[int] = ()) -> str:
    """The first level, from `office` up, at which somebody other than those kept away is in office today; in the end the
    secretariat. Public: asked by rules only."""
    levels = [office, *levels_above(office)]
    seated = holders(levels)
    return next((level for level in levels if seated[level] - set(away)), SECRETARIAT)


def holders(offices: Collection[str]) -> defaultdict[str, set[int]]:
    """Who holds an office today at each of these places, with the right to answer, and not only further down or further up."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    serving = RoleAssignment.objects.valid_on(today_wib()).filter(
        role__in=_ROLES,
        region__in=[office for office in offices if office],
        group_id__isnull=True,
        partner_id__isnull=True,
        user__is_active=True,
    )
    for region, user_id in serving.values_list("region", "user_id"):
        found[region].add(user_id)
    return found


def kept_away(user_ids: Collection[int | None]) -> frozenset[int]:
    """All accounts of whoever is named or tells: she is not the one who answers."""
    hers = (identity_of(user_id).user_ids for user_id in set(user_ids) if user_id is not None)
    return frozenset().union(*hers)


def away_from(ticket: Ticket) -> frozenset[int]:
    accused = Accused.objects.filter(ticket=ticket, user_id__isnull=False).values_list("user_id", flat=True)
    return kept_away([ticket.sender_user_id, *accused])


def is_left_alone(ticket: Ticket) -> bool:
    """Nobody is left where it waits who could answer."""
    return manned(ticket.office, away_from(ticket)) != ticket.office


def tickets_left_alone() -> list[Ticket]:
    """The running tickets that wait where nobody sits any more. Those with somebody to be kept away are looked at one by one."""
    waiting = Ticket.objects.running().exclude(office=SECRETARIAT).order_by("due", "id")
    offices = set(waiting.order_by().values_list("office", flat=True).distinct())
    empty = offices - holders(offices).keys()
    near = Accused.objects.filter(user_id__isnull=False).values("ticket_id")
    found = {one.pk: one for one in waiting.filter(office__in=empty)}
    touchy = waiting.filter(pk__in=near) | waiting.filter(sender_user_id__isnull=False)
    found |= {one.pk: one for one in touchy if one.pk not in found and is_left_alone(one)}
    return list(found.values())
