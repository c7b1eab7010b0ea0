"""What the sender does with her ticket: adds words, says that it is solved, opens it again."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.tickets.events import TicketClosed, TicketReopened, WordsAdded
from okoce.community.tickets.models import Entry, Ticket
from okoce.community.tickets.moves import begin_anew, close, empty_words, go_on, note, tell, written
from okoce.community.tickets.photos import Sent as Photos
from okoce.community.tickets.photos import attach_photos
from okoce.community.tickets.sealing import WORDS, unseal
from okoce.community.tickets.states import (
    OPEN,
    TICKET,
    EntryKind,
    TermCode,
    TicketEnd,
    TicketState,
    Voice,
)
from okoce.community.tickets.terms import term_at
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import Refused


@action(Permission.TICKETS_HANDLE)
def add_words(actor: Actor, ticket: Ticket, text: str, photos: Photos = ()) -> Ticket:
    """Add something to one's ticket; what was asked back counts as answered, and the clock goes on. The same words twice are
    once. After an answer they open it again.

    Refuses no words, more than the limit of a day, photos that are none or too many, and a
    ticket whose days to open it again are over.
    """
    words = written("text", text, empty_words())
    locked = Ticket.objects.locked(ticket.pk)
    if _is_repeated(locked, words):
        return locked
    _require_not_too_many(locked)
    if locked.state not in OPEN:
        return _reopen(actor, locked, words, photos)
    now = timezone.now()
    if locked.state == TicketState.ASKED:
        back_to = TicketState.TAKEN if locked.taken_by is not None else TicketState.NEW
        locked.state = TICKET.move(locked.state, back_to)
        go_on(locked, now)
        locked.save()
    attach_photos(note(actor, locked, EntryKind.ADDED, now, words), photos, locked.region, now)
    tell(WordsAdded(ticket_id=locked.pk), locked)
    return locked


@action(Permission.TICKETS_HANDLE)
def confirm_solved(actor: Actor, ticket: Ticket) -> Ticket:
    """Say that it is solved. Twice is once."""
    locked = Ticket.objects.locked(ticket.pk)
    if locked.state == TicketState.CLOSED:
        return locked
    now = timezone.now()
    close(locked, TicketEnd.SOLVED, now)
    locked.save()
    note(actor, locked, EntryKind.CLOSED, now)
    tell(TicketClosed(ticket_id=locked.pk, label=str(TicketEnd.SOLVED.label)), locked)
    return locked


def _reopen(actor: Actor, locked: Ticket, words: str, photos: Photos) -> Ticket:
    now = timezone.now()
    if locked.reopen_until is None or locked.reopen_until < now:
        raise Refused(_("Batas waktu untuk membuka laporan ini lagi sudah lewat. Kirim laporan baru."))
    begin_anew(locked, now)
    locked.save()
    attach_photos(note(actor, locked, EntryKind.REOPENED, now, words), photos, locked.region, now)
    tell(TicketReopened(ticket_id=locked.pk), locked)
    return locked


def _is_repeated(locked: Ticket, words: str) -> bool:
    """Her own second tap: the last line says the same."""
    last = Entry.objects.filter(ticket=locked).order_by("-id").first()
    is_hers = last is not None and last.voice == Voice.SENDER and last.what != EntryKind.SENT
    return is_hers and last is not None and unseal(WORDS, last.words_encrypted) == words


def _require_not_too_many(locked: Ticket) -> None:
    now = timezone.now()
    most = term_at(TermCode.WORDS_DAY, locked.region, now)
    since = now - timedelta(days=1)
    if Entry.objects.filter(ticket=locked, voice=Voice.SENDER, at__gt=since).count() >= most:
        raise Refused(
            _("Sudah %s keterangan dari Anda hari ini. Tunggu jawabannya, atau coba lagi besok.") % most
        )
