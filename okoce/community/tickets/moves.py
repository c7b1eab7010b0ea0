"""What every deed about a ticket does: a line for its sender and the officers, the fact, and word to a sender who is a member."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from okoce.community.organisations.rules import readable_text
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.nearness import case_of
from okoce.community.tickets.sealing import WORDS, seal
from okoce.community.tickets.seats import manned
from okoce.community.tickets.states import TICKET, EntryKind, TicketEnd, TicketState, Voice
from okoce.community.tickets.terms import promised, reopening_ends, step_ends
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.trail import record
from okoce.foundation.notifications.kinds import TICKET_ANSWERED
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.shared.errors import FieldError, Invalid

LONGEST_WORDS, LONGEST_ABOUT, LONGEST_REASON = 2_000, 200, 500
# Whoever tells something on the public form, and adds to it: the system acts for her, and the trail says so.
SENDER = Actor.system("ticket_sender")
# What the clock does.
HOUSE = Actor.system("ticket_clock")


def written(field: str, text: str, missing: str, longest: int = LONGEST_WORDS) -> str:
    """The words as they are stored; refuses none, too many, and what cannot be read."""
    words = readable_text(field, text, longest)
    if not words:
        raise Invalid([FieldError(field, missing)])
    return words


def note(actor: Actor, ticket: Ticket, what: EntryKind, now: datetime, words: str = "") -> Entry:
    """One more line of a ticket, in the voice of whoever acts."""
    voice = Voice.SENDER if actor == SENDER else Voice.HOUSE if actor.is_system else Voice.OFFICE
    return Entry.objects.create(
        ticket=ticket,
        at=now,
        what=what,
        voice=voice,
        user_id=(actor.user_id or 0) if voice is Voice.OFFICE else None,
        office=ticket.office,
        words_encrypted=seal(WORDS, words),
    )


def tell_sender(ticket: Ticket, entry: Entry) -> None:
    """That there is something to read; the words themselves stand on her own page alone. Who is no member looks by her code."""
    if ticket.member_id is not None:
        send(TICKET_ANSWERED, To(member_id=ticket.member_id), occasion=str(entry.pk), number=str(ticket.pk))


def tell(happened: object, ticket: Ticket) -> None:
    record(happened, subject=ticket)


def go_on(ticket: Ticket, now: datetime) -> None:
    """The sender has answered: her clock runs again, and has stood as long as she was waited for."""
    if ticket.asked_since is None:
        return
    stood = now - ticket.asked_since
    ticket.due += stood
    if ticket.step_until is not None:
        ticket.step_until += stood
    if ticket.answered_since is None:
        ticket.waited += stood
    ticket.asked_since = None


def begin_anew(ticket: Ticket, now: datetime) -> None:
    """A new clock for what was opened again."""
    ticket.state = TICKET.move(ticket.state, TicketState.NEW)
    ticket.office = manned(ticket.office, case_of(ticket))
    ticket.due = promised(ticket.kind, ticket.region, now)
    ticket.step_until = ticket.due if ticket.office else None
    ticket.taken_at = ticket.taken_by = None
    ticket.closed_since, ticket.ended, ticket.reopen_until = None, "", None


def stand_at(ticket: Ticket, office: str, now: datetime) -> None:
    """Another level, the first from there on up where somebody sits: nobody has taken it there yet, and it has its time. Above
    the secretariat there is none. While the sender is waited for the clock stands: what it has stood before is taken off, since
    her answer adds all of it (`go_on`)."""
    stood = now - ticket.asked_since if ticket.asked_since is not None else timedelta()
    ticket.office = manned(office, case_of(ticket))
    ticket.step_until = step_ends(ticket.region, now) - stood if ticket.office else None
    ticket.taken_at = ticket.taken_by = None
    if ticket.state == TicketState.TAKEN:
        ticket.state = TICKET.move(ticket.state, TicketState.NEW)


def close(ticket: Ticket, ended: TicketEnd, now: datetime) -> None:
    """No clock runs any more; for some days it may be opened again."""
    ticket.state = TICKET.move(ticket.state, TicketState.CLOSED)
    ticket.closed_since, ticket.ended = now, ended
    ticket.asked_since, ticket.step_until = None, None
    ticket.reopen_until = ticket.reopen_until or reopening_ends(ticket.region, now)


def empty_words() -> str:
    return _("Tulis dulu dengan kata-kata Anda.")
