"""Carrying out what the clocks say: each ticket by itself, so that one that cannot be moved keeps none waiting."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import structlog
from django.utils import timezone

from okoce.community.tickets.actions.clocks import close_quiet_ticket, escalate_ticket, leave_empty_office
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import HOUSE
from okoce.community.tickets.seats import tickets_left_alone
from okoce.community.tickets.states import TermCode, TicketState
from okoce.community.tickets.terms import term_at
from okoce.foundation.access.actor import Actor

log = structlog.get_logger(__name__)
AT_ONCE = 1_000


def keep_clocks() -> int:
    """Let go up what is due or waits where nobody sits any more, close what went quiet; answers how many. What nobody foresaw with
    one is raised at the end."""
    now = timezone.now()
    due = Ticket.objects.running().filter(step_until__lte=now).exclude(office="")
    answered = Ticket.objects.filter(state=TicketState.ANSWERED, reopen_until__lt=now)
    days = term_at(TermCode.SILENT_DAYS, "", now)
    # no calendar has passed so many days sooner; in which places it has the next step asks
    asked = Ticket.objects.filter(state=TicketState.ASKED, asked_since__lt=now - timedelta(days=days))
    moved, unforeseen = 0, None
    steps: list[tuple[Callable[[], Iterable[Ticket]], Callable[[Actor, Ticket], bool]]] = [
        (lambda: due.order_by("step_until")[:AT_ONCE], escalate_ticket),
        (lambda: tickets_left_alone()[:AT_ONCE], leave_empty_office),
        (lambda: answered.order_by("reopen_until")[:AT_ONCE], close_quiet_ticket),
        (lambda: asked.order_by("asked_since")[:AT_ONCE], close_quiet_ticket),
    ]
    for found, step in steps:
        for ticket in found():
            try:
                moved += step(HOUSE, ticket)
            except Exception as problem:
                log.exception("a ticket's clock failed", ticket_id=ticket.pk)
                unforeseen = unforeseen or problem
    if unforeseen is not None:
        raise unforeseen
    return moved
