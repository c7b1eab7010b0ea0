"""Carrying out what the clocks say: each ticket by itself, so that one that cannot be moved keeps none waiting."""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from okoce.community.tickets.actions.clocks import close_quiet_ticket, escalate_ticket
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import HOUSE
from okoce.community.tickets.states import TermCode, TicketState
from okoce.community.tickets.terms import term_at
from okoce.foundation.access.actor import Actor

log = structlog.get_logger(__name__)
AT_ONCE = 1_000


def keep_clocks() -> int:
    """Let go up what is due, close what went quiet; answers how many. What nobody foresaw with one is raised at the end."""
    now = timezone.now()
    due = Ticket.objects.running().filter(step_until__lte=now).exclude(office="")
    answered = Ticket.objects.filter(state=TicketState.ANSWERED, reopen_until__lt=now)
    days = term_at(TermCode.SILENT_DAYS, "", now)
    # no calendar has passed so many days sooner; in which places it has the next step asks
    asked = Ticket.objects.filter(state=TicketState.ASKED, asked_since__lt=now - timedelta(days=days))
    moved, unforeseen = 0, None
    steps: list[tuple[QuerySet[Ticket], Callable[[Actor, Ticket], bool]]] = [
        (due.order_by("step_until"), escalate_ticket),
        (answered.order_by("reopen_until"), close_quiet_ticket),
        (asked.order_by("asked_since"), close_quiet_ticket),
    ]
    for tickets, step in steps:
        for ticket in tickets[:AT_ONCE]:
            try:
                moved += step(HOUSE, ticket)
            except Exception as problem:
                log.exception("a ticket's clock failed", ticket_id=ticket.pk)
                unforeseen = unforeseen or problem
    if unforeseen is not None:
        raise unforeseen
    return moved
