"""A ticket that is passed around: once it comes back to a place that has had it already, after so many passes, it goes up to whoever
stands above and has not had it, with what each of them said."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from okoce.community.tickets.events import TicketSentUp
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.moves import HOUSE, note, stand_at, tell
from okoce.community.tickets.offices import SECRETARIAT, levels_above, office_name
from okoce.community.tickets.sealing import WORDS, unseal
from okoce.community.tickets.states import EntryKind, TermCode, Voice
from okoce.community.tickets.terms import term_at


@dataclass(slots=True)
class Round:
    """Where a ticket has been since it last went up for this, and each pass: from where, and what was said."""

    had: list[str] = field(default_factory=list)
    passes: list[tuple[str, Entry]] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """The last pass led to where it was before."""
        return self.had[-1] in self.had[:-1]


def send_up_if_passed_around(ticket: Ticket, now: datetime) -> bool:
    """Let a ticket that was just handed over, back to a place that has had it, go up by itself, where it was passed on as often as
    the term says."""
    gone = _round_of(ticket)
    if not gone.is_closed or len(gone.passes) < term_at(TermCode.PASSED_TIMES, ticket.region, now):
        return False
    back_at = gone.had[-1]
    above = next((level for level in levels_above(back_at) if level not in gone.had), SECRETARIAT)
    stand_at(ticket, above, now)
    ticket.save()
    note(HOUSE, ticket, EntryKind.SENT_UP, now, _why(ticket, back_at, gone))
    tell(TicketSentUp(ticket_id=ticket.pk, office=office_name(ticket.office)), ticket)
    return True


def _why(ticket: Ticket, back_at: str, gone: Round) -> str:
    """In words for the sender and for whoever answers now."""
    told = {"times": len(gone.passes), "place": office_name(back_at), "above": office_name(ticket.office)}
    why = _(
        "Laporan ini sudah %(times)d kali diteruskan dan kembali ke %(place)s. Sekarang %(above)s yang menjawab atau menentukan"
        " siapa yang menjawab. Alasan tiap tempat:"
    )
    said = (f"{office_name(office)}: {unseal(WORDS, entry.words_encrypted)}" for office, entry in gone.passes)
    return "\n".join([why % told, *said])


def _round_of(ticket: Ticket) -> Round:
    """Handing up is no pass: whoever stands above is asked to decide. Nor is what time or an empty office does to it."""
    gone = Round()
    for entry in Entry.objects.filter(ticket=ticket).order_by("id"):
        if entry.what == EntryKind.SENT_UP:
            gone = Round()
        before = gone.had[-1] if gone.had else None
        if before is not None and _is_pass(entry, before):
            gone.passes.append((before, entry))
        if before != entry.office:
            gone.had.append(entry.office)
    return gone


def _is_pass(entry: Entry, before: str) -> bool:
    is_handed = entry.what == EntryKind.HANDED_OVER and entry.voice == Voice.OFFICE
    return is_handed and entry.office != before and entry.office not in levels_above(before)
