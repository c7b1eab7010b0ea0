"""What officers do with a ticket: take it, answer, ask back, hand it over, close it with a reason. Each is a line that its
sender reads."""

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.tickets.accused import Named, first_office
from okoce.community.tickets.events import (
    SenderAsked,
    TicketAnswered,
    TicketClosed,
    TicketHandedBack,
    TicketHandedOver,
    TicketTaken,
)
from okoce.community.tickets.interests import require_handler
from okoce.community.tickets.models import Accused, Ticket
from okoce.community.tickets.moves import (
    LONGEST_REASON,
    close,
    go_on,
    note,
    stand_at,
    tell,
    tell_sender,
    written,
)
from okoce.community.tickets.offices import levels_above, office_name, went_up
from okoce.community.tickets.passing import send_up_if_passed_around
from okoce.community.tickets.states import OPEN, TICKET, EntryKind, TicketEnd, TicketState
from okoce.community.tickets.terms import reopening_ends
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import FieldError, Invalid, Refused
from okoce.foundation.territory.queries import find_region
from okoce.foundation.territory.states import LENGTH_OF, Level


@action(Permission.TICKETS_HANDLE)
def take_ticket(actor: Actor, ticket: Ticket) -> Ticket:
    """Say that one is the one who answers; its sender and the others see it. Taking over from somebody is allowed: no clock
    waits for who is ill. Refuses whoever may not handle it, and one that is answered or closed."""
    locked = _held(actor, ticket)
    if locked.taken_by == actor.user_id:
        return locked
    now = timezone.now()
    locked.taken_at, locked.taken_by = now, actor.user_id or 0
    if locked.state == TicketState.NEW:
        locked.state = TICKET.move(locked.state, TicketState.TAKEN)
    locked.save()
    note(actor, locked, EntryKind.TAKEN, now)
    tell(TicketTaken(ticket_id=locked.pk), locked)
    return locked


@action(Permission.TICKETS_HANDLE)
def answer_ticket(actor: Actor, ticket: Ticket, text: str) -> Ticket:
    """Answer; the clock stops, and the sender has some days to open it again. Refuses whoever may not handle it, no words, and
    one that is answered or closed."""
    words = written("text", text, _("Tulis jawabannya; pelapor membacanya."))
    locked = _held(actor, ticket)
    now = timezone.now()
    go_on(locked, now)
    locked.state = TICKET.move(locked.state, TicketState.ANSWERED)
    locked.answered_since = locked.answered_since or now
    locked.step_until, locked.reopen_until = None, reopening_ends(locked.region, now)
    locked.save()
    tell_sender(locked, note(actor, locked, EntryKind.ANSWERED, now, words))
    tell(TicketAnswered(ticket_id=locked.pk), locked)
    return locked


@action(Permission.TICKETS_HANDLE)
def ask_sender(actor: Actor, ticket: Ticket, text: str) -> Ticket:
    """Ask the sender back; the clock stands until she has answered. Refuses whoever may not handle it, no words, and one that
    waits for her already, is answered or closed."""
    words = written("text", text, _("Tulis apa yang perlu Anda ketahui; pelapor membacanya."))
    locked = _held(actor, ticket)
    now = timezone.now()
    locked.state = TICKET.move(locked.state, TicketState.ASKED)
    locked.asked_since = now
    locked.save()
    tell_sender(locked, note(actor, locked, EntryKind.ASKED, now, words))
    tell(SenderAsked(ticket_id=locked.pk), locked)
    return locked


@action(Permission.TICKETS_HANDLE)
def hand_over_ticket(actor: Actor, ticket: Ticket, target: str, reason: str) -> Ticket:
    """Hand a ticket over to a level above, or to another kecamatan that it is really about; the promise to the sender stays. One
    that comes back to where it was goes up by itself (`passing`).
    Refuses whoever may not handle it, no reason, where it is already, and a place that does not exist."""
    words = written(
        "reason", reason, _("Tulis alasannya dalam satu kalimat; pelapor membacanya."), LONGEST_REASON
    )
    locked = _held(actor, ticket)
    now = timezone.now()
    if target not in levels_above(locked.office):
        locked.region = target = _other_kecamatan(locked, target)
        target = first_office(target, _accused_of(locked))
    stand_at(locked, target, now)
    locked.save()
    note(actor, locked, EntryKind.HANDED_OVER, now, words)
    tell(TicketHandedOver(ticket_id=locked.pk, office=office_name(locked.office)), locked)
    send_up_if_passed_around(locked, now)
    return locked


@action(Permission.TICKETS_HANDLE)
def hand_back_ticket(actor: Actor, ticket: Ticket, reason: str) -> Ticket:
    """Hand a ticket that went up back down to the kecamatan that it is about, or to the first level from there up where somebody may
    answer it; the promise to the sender stays. One that goes up and down goes on up by itself (`passing`).
    Refuses whoever may not handle it, no reason, one that stands in its kecamatan, and where nobody further down may answer it."""
    words = written(
        "reason", reason, _("Tulis alasannya dalam satu kalimat; pelapor membacanya."), LONGEST_REASON
    )
    locked = _held(actor, ticket)
    if not went_up(locked):
        raise Refused(_("Laporan ini sudah ada di kecamatannya. Muat ulang halaman."))
    before, now = locked.office, timezone.now()
    stand_at(locked, first_office(locked.region, _accused_of(locked)), now)
    if locked.office in (before, *levels_above(before)):
        raise Refused(
            _(
                "Di bawah sini tidak ada petugas yang boleh menjawabnya sekarang. Jawab di sini, atau teruskan ke tempat lain."
            )
        )
    locked.save()
    note(actor, locked, EntryKind.HANDED_OVER, now, words)
    tell(TicketHandedBack(ticket_id=locked.pk, office=office_name(locked.office)), locked)
    send_up_if_passed_around(locked, now)
    return locked


@action(Permission.TICKETS_HANDLE)
def close_ticket(actor: Actor, ticket: Ticket, reason: str) -> Ticket:
    """Close a ticket with a reason, which is an answer: the sender reads it and may open it again. Refuses whoever may not
    handle it, no reason, and one that is answered or closed."""
    words = written(
        "reason", reason, _("Tulis alasannya dalam satu kalimat; pelapor membacanya."), LONGEST_REASON
    )
    locked = _held(actor, ticket)
    now = timezone.now()
    go_on(locked, now)
    locked.answered_since = locked.answered_since or now
    close(locked, TicketEnd.REASON, now)
    locked.save()
    tell_sender(locked, note(actor, locked, EntryKind.CLOSED, now, words))
    tell(TicketClosed(ticket_id=locked.pk, label=str(TicketEnd.REASON.label)), locked)
    return locked


def _held(actor: Actor, ticket: Ticket) -> Ticket:
    """The open ticket as it stands now, for one who may handle it."""
    locked = Ticket.objects.locked(ticket.pk)
    require_handler(actor, locked)
    if locked.state not in OPEN:
        raise Refused(_("Laporan ini sudah dijawab atau ditutup. Muat ulang halaman untuk membacanya."))
    return locked


def _other_kecamatan(locked: Ticket, target: str) -> str:
    place = find_region(target[: LENGTH_OF[Level.DISTRICT]]) if target else None
    if place is None or len(place.code) != LENGTH_OF[Level.DISTRICT]:
        raise Invalid([FieldError("place", _("Tulis kecamatan tujuannya, lalu pilih namanya."))])
    if place.code == locked.region:
        raise Invalid([FieldError("place", _("Laporan ini sudah tentang kecamatan itu. Pilih tujuan lain."))])
    return place.code


def _accused_of(ticket: Ticket) -> list[Named]:
    return [
        Named(user_id=pk)
        for pk in Accused.objects.filter(ticket=ticket).values_list("user_id", flat=True)
        if pk
    ]
