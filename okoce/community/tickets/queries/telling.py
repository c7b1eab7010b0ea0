"""A ticket as its sender and the officers read it: the clock in words, every line, what may be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.offices import office_name
from okoce.community.tickets.queries.photos import Address, Shown, photos_by_line
from okoce.community.tickets.sealing import WORDS, unseal
from okoce.community.tickets.states import OPEN, EntryKind, TicketState, Voice
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.shared.days import ZONES
from okoce.foundation.territory.queries import path_of, zone_of
from okoce.foundation.web.numbers import clock_text, day_text

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TONES = {
    TicketState.NEW: "waiting",
    TicketState.TAKEN: "waiting",
    TicketState.ASKED: "stuck",
    TicketState.ANSWERED: "verified",
    TicketState.CLOSED: "",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ticket."""

    title: str
    who: str
    when: str
    words: str
    is_senders: bool
    photos: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The head of a ticket, in words."""

    kind: str
    place: str
    office: str
    state: str
    tone: str
    clock: str
    clock_tone: str
    due: str
    reopen_until: str
    may_add: bool
    may_reopen: bool
    may_confirm: bool


def told(ticket: Ticket) -> Told:
    """Public: whoever reads it has found the ticket before."""
    state, now = TicketState(ticket.state), timezone.now()
    is_reopenable = ticket.reopen_until is not None and ticket.reopen_until >= now
    clock, tone = clock_of(ticket, now)
    return Told(
        kind=str(ticket.get_kind_display()),
        place=path_of(ticket.region),
        office=office_name(ticket.office),
        state=str(state.label),
        tone=TONES[state],
        clock=clock,
        clock_tone=tone,
        due=moment_there(ticket.due, ticket.region),
        reopen_until=moment_there(ticket.reopen_until, ticket.region) if ticket.reopen_until else "",
        may_add=state in OPEN,
        may_reopen=state not in OPEN and is_reopenable,
        may_confirm=state is not TicketState.CLOSED,
    )


def lines_of(ticket: Ticket, *, with_names: bool = False, photo_at: Address | None = None) -> list[Line]:
    """Every line, the first one first. The sender reads which office wrote, colleagues also who. Public: found before."""
    entries = list(Entry.objects.filter(ticket=ticket).order_by("id"))
    ids = {one.user_id for one in entries if one.user_id is not None} if with_names else set()
    names = user_names(ids)
    photos = photos_by_line(ticket, photo_at)
    return [
        Line(
            title=_title(one),
            who=_who(one, names.get(one.user_id or 0, "")),
            when=moment_there(one.at, ticket.region),
            words=unseal(WORDS, one.words_encrypted),
            is_senders=one.voice == Voice.SENDER,
            photos=tuple(photos.get(one.pk, ())),
        )
        for one in entries
    ]


def _title(entry: Entry) -> str:
    label = str(EntryKind(entry.what).label)
    if entry.what in (EntryKind.HANDED_OVER, EntryKind.ESCALATED, EntryKind.SENT_UP):
        return _("%(what)s: sekarang di %(office)s") % {"what": label, "office": office_name(entry.office)}
    return label


def _who(entry: Entry, name: str) -> str:
    if entry.voice != Voice.OFFICE:
        return str(Voice(entry.voice).label)
    office = _("Petugas")
    return f"{office} · {name}" if name else office


def clock_of(ticket: Ticket, now: datetime | None = None) -> tuple[str, str]:
    """How long there is still time, or for how long it is late, and the tone of the badge that says so. Public."""
    now = now or timezone.now()
    if ticket.state == TicketState.ASKED:
        return _("Waktu berhenti: menunggu pelapor"), "waiting"
    if not ticket.is_running:
        return "", ""
    left = ticket.due - now
    if left < timedelta():
        return _("Terlambat %s") % span_words(-left), "stuck"
    return _("Sisa %s") % span_words(left), "waiting"


def span_words(span: timedelta) -> str:
    """ "5 jam", "3 hari": whole ones, at least one hour. Public."""
    if span >= 2 * DAY:
        days = span // DAY
        return ngettext("%d hari", "%d hari", days) % days
    hours = max(1, span // HOUR)
    return ngettext("%d jam", "%d jam", hours) % hours


def moment_there(at: datetime, region: str) -> str:
    """A day and a time as the clocks of the place show them, with the name of the zone. Public."""
    zone = zone_of(region)
    there = at.astimezone(ZONES[zone])
    return f"{day_text(there.date(), 'medium')}, {clock_text(there.replace(tzinfo=None))} {zone}"
