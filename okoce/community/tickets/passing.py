"""Two kecamatan that hand a ticket to each other: after so many times it goes up to whoever stands above, with what both said."""

from datetime import datetime

from okoce.community.tickets.events import TicketSentUp
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.moves import HOUSE, note, stand_at, tell
from okoce.community.tickets.offices import above, office_name
from okoce.community.tickets.sealing import WORDS, unseal
from okoce.community.tickets.states import EntryKind, TermCode
from okoce.community.tickets.terms import term_at
from okoce.foundation.territory.states import LENGTH_OF, Level


def send_up_if_passed_to_and_fro(ticket: Ticket, came_from: str, now: datetime) -> bool:
    """Let a ticket that two kecamatan have handed to each other as often as the term says go up one level by itself."""
    passed = _between({came_from, ticket.office}, ticket)
    if len(passed) < term_at(TermCode.PASSED_TIMES, ticket.region, now):
        return False
    stand_at(ticket, above(ticket.office), now)
    ticket.save()
    said = "\n".join(
        f"{office_name(office)}: {unseal(WORDS, entry.words_encrypted)}" for office, entry in passed
    )
    note(HOUSE, ticket, EntryKind.SENT_UP, now, said)
    tell(TicketSentUp(ticket_id=ticket.pk, office=office_name(ticket.office)), ticket)
    return True


def _between(two: set[str], ticket: Ticket) -> list[tuple[str, Entry]]:
    """Each time that it went from one of the two to the other, with who said why, since it last went up for that."""
    found: list[tuple[str, Entry]] = []
    if any(len(office) != LENGTH_OF[Level.DISTRICT] for office in two):
        return found
    before = ""
    for entry in Entry.objects.filter(ticket=ticket).order_by("id"):
        if entry.what == EntryKind.SENT_UP:
            found.clear()
        elif entry.what == EntryKind.HANDED_OVER and {before, entry.office} == two:
            found.append((before, entry))
        before = entry.office
    return found
