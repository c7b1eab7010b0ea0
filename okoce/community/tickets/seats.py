"""Where somebody sits who may answer: a ticket waits nowhere else. A level without anybody in office is passed over, and so is one
where everybody in office stands too near to it."""

from collections import defaultdict
from collections.abc import Collection

from okoce.community.tickets.models import Ticket, TicketQuerySet
from okoce.community.tickets.nearness import Case, Handler, cases_of, handlers_of, why_away
from okoce.community.tickets.offices import SECRETARIAT, levels_above
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import RoleAssignment
from okoce.foundation.shared.days import today_wib

_ROLES = [name for name, role in ROLES.items() if Permission.TICKETS_HANDLE in role.permissions]
NOBODYS = Case(Ticket())


def manned(office: str, case: Case = NOBODYS) -> str:
    """The first level, from `office` up, at which somebody who may handle it is in office today; in the end the secretariat.
    Public: asked by rules only."""
    levels = [office, *levels_above(office)]
    seated = holders(levels)
    handlers = handlers_of(set().union(*seated.values()), [case])
    return next((level for level in levels if _is_held(seated[level], handlers, case)), SECRETARIAT)


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


def _is_held(seated: Collection[int], handlers: dict[int, Handler], case: Case) -> bool:
    """Whether one of those who sit there may handle it."""
    return any(why_away(handlers[user_id], case) is None for user_id in seated)


def is_left_alone(ticket: Ticket) -> bool:
    """Nobody is left where it waits who could answer."""
    return bool(_left_alone(Ticket.objects.filter(pk=ticket.pk)))


def tickets_left_alone() -> list[Ticket]:
    """The running tickets that wait where nobody sits any more who may handle them: all looked at together."""
    return _left_alone(Ticket.objects.running().exclude(office=SECRETARIAT))


def _left_alone(waiting: TicketQuerySet) -> list[Ticket]:
    found = list(waiting.order_by("due", "id"))
    seated = holders({one.office for one in found})
    cases = cases_of(waiting, found)
    handlers = handlers_of(set().union(*seated.values()), cases)
    return [case.ticket for case in cases if not _is_held(seated[case.ticket.office], handlers, case)]
