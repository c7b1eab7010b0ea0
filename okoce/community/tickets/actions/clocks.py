"""What time does to a ticket: it goes one level up, or is closed where its sender has said no more."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.tickets.events import TicketClosed, TicketEscalated, TicketHandedOver
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import close, note, stand_at, tell, tell_sender
from okoce.community.tickets.offices import above, office_name
from okoce.community.tickets.seats import is_left_alone
from okoce.community.tickets.states import EntryKind, TicketEnd, TicketState
from okoce.community.tickets.terms import is_silent
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission


@action(Permission.TICKETS_HANDLE)
def escalate_ticket(actor: Actor, ticket: Ticket) -> bool:
    """Let a ticket whose time here has run out go one level up; False where somebody was faster."""
    now = timezone.now()
    locked = Ticket.objects.locked(ticket.pk)
    has_run_out = locked.step_until is not None and locked.step_until <= now
    if not (locked.is_running and has_run_out and locked.office):
        return False
    stand_at(locked, above(locked.office), now)
    locked.save()
    note(actor, locked, EntryKind.ESCALATED, now)
    tell(TicketEscalated(ticket_id=locked.pk, office=office_name(locked.office)), locked)
    return True


@action(Permission.TICKETS_HANDLE)
def leave_empty_office(actor: Actor, ticket: Ticket) -> bool:
    """Let a ticket that waits where nobody sits any more go on to the first level where somebody does; its sender reads why.
    False where somebody was faster, or has taken a seat there meanwhile."""
    now = timezone.now()
    locked = Ticket.objects.locked(ticket.pk)
    if not (locked.is_running and locked.office and is_left_alone(locked)):
        return False
    why = _("Sekarang tidak ada petugas di %s yang bisa menjawabnya.") % office_name(locked.office)
    stand_at(locked, above(locked.office), now)
    locked.save()
    note(actor, locked, EntryKind.HANDED_OVER, now, why)
    tell(TicketHandedOver(ticket_id=locked.pk, office=office_name(locked.office)), locked)
    return True


@action(Permission.TICKETS_HANDLE)
def close_quiet_ticket(actor: Actor, ticket: Ticket) -> bool:
    """Close what was answered and not opened again in its days, or what its sender was asked and never told. She may still open
    the second again. False where somebody was faster: also she herself, and was asked anew."""
    now = timezone.now()
    locked = Ticket.objects.locked(ticket.pk)
    if locked.state == TicketState.ANSWERED and locked.reopen_until is not None and locked.reopen_until < now:
        ended = TicketEnd.QUIET
    elif locked.state == TicketState.ASKED and _is_silent(locked, ticket, now):
        ended = TicketEnd.SILENT
    else:
        return False
    close(locked, ended, now)
    locked.save()
    entry = note(actor, locked, EntryKind.CLOSED, now, str(ended.label))
    if ended is TicketEnd.SILENT:
        tell_sender(locked, entry)
    tell(TicketClosed(ticket_id=locked.pk, label=str(ended.label)), locked)
    return True


def _is_silent(locked: Ticket, found: Ticket, now: datetime) -> bool:
    """It is still the question that the job has found, and the days in which to answer it are over where the ticket is."""
    if locked.asked_since is None or locked.asked_since != found.asked_since:
        return False
    return is_silent(locked.asked_since, locked.region, now)
