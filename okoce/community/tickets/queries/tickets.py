"""Tickets: of the desk, within the reach of whoever asks and never those that name her; of their sender."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.community.members.policies import records_of_person
from okoce.community.members.queries import contacts_of
from okoce.community.tickets.codes import code_hash, code_typed
from okoce.community.tickets.interests import accused_rows, is_accused
from okoce.community.tickets.models import Entry, Ticket, TicketQuerySet
from okoce.community.tickets.sealing import ABOUT, WORDS, unseal
from okoce.community.tickets.states import EntryKind, TicketState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.territory.queries import path_of
from okoce.foundation.verification.brake import note_miss, note_question

PER_PAGE = 50
LATE = "late"
TICKETS = "verification.tickets"  # whoever tries codes is slowed, as at the page of verification
# Newest first: nothing waits there.
DONE = (TicketState.ANSWERED, TicketState.CLOSED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Behind which ticket a page begins: its clock, its number."""

    due: datetime
    id: int

    @property
    def text(self) -> str:
        return f"{self.due.isoformat()}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """None for what nobody here wrote."""
        try:
            due, number = text.split("_")
            mark = cls(datetime.fromisoformat(due), int(number))
        except (ValueError, OverflowError):
            return None
        return mark if mark.due.tzinfo is not None and 0 <= mark.id < 1 << 63 else None


@dataclass(frozen=True, slots=True)
class TicketPage:
    tickets: list[Ticket]
    next: Mark | None


def tickets_within(actor: Actor) -> TicketQuerySet:
    """Those of the actor's places that do not name her."""
    return Ticket.objects.visible_to(actor, Permission.TICKETS_READ).exclude(accused_rows(actor))


def ticket_for(actor: Actor, ticket_id: int, permission: Permission = Permission.TICKETS_READ) -> Ticket:
    """A ticket within the actor's reach; of one that names her she is not told that it exists."""
    found = Ticket.objects.visible_to(actor, permission).filter(pk=ticket_id).first()
    if found is None or is_accused(actor, found):
        raise NotFound(_("Laporan itu tidak ada dalam wilayah tugas Anda."))
    return found


def list_tickets(actor: Actor, state: str, after: Mark | None) -> TicketPage:
    """A page of the desk: "" is what owes an answer, whose clock runs out first on top; what is done, newest first."""
    rows = _in_state(tickets_within(actor), state)
    is_done = state in DONE
    if after is not None:
        way = "lt" if is_done else "gt"
        rows = rows.filter(Q(**{f"due__{way}": after.due}) | Q(**{"due": after.due, f"pk__{way}": after.id}))
    found = list(rows.order_by(*(("-due", "-id") if is_done else ("due", "id")))[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    has_more = len(found) > PER_PAGE
    return TicketPage(page, Mark(page[-1].due, page[-1].pk) if has_more else None)


def _in_state(rows: TicketQuerySet, state: str) -> TicketQuerySet:
    if state == LATE:
        return rows.running().filter(due__lt=timezone.now())
    return rows.filter(state=state) if state in TicketState.values else rows.running()


def tickets_waiting(actor: Actor) -> TicketQuerySet:
    """What owes an answer in the actor's places: told by number on the desk."""
    rows = Ticket.objects.visible_to(actor, Permission.TICKETS_HANDLE).running()
    return rows.exclude(accused_rows(actor))


def ticket_by_code(typed: str, address: str) -> Ticket:
    """The ticket of a code, for whoever has it. Public: the code is the key, and whoever tries codes is slowed.

    Raises NotFound for a mistyped or unknown code, AskedTooOften for an address that tries codes.
    """
    code = code_typed(typed)
    if not code:
        raise NotFound(
            _("Kode laporan ini tidak lengkap atau salah ketik. Periksa lagi: TK, lalu 18 huruf atau angka."),
            code="mistyped_code",
        )
    note_question(address, TICKETS)
    found = Ticket.objects.filter(code_hash=code_hash(code)).first()
    if found is None:
        note_miss(address, TICKETS)
        raise NotFound(
            _("Tidak ada laporan dengan kode ini. Laporan lama dihapus sesudah masa simpannya."),
            code="unknown_code",
        )
    return found


def own_tickets(actor: Actor, member: Member, after: int | None = None) -> tuple[list[Ticket], int | None]:
    """What a member has sent herself, the newest first, and behind which the next page begins."""
    rows = Ticket.objects.visible_to(actor, Permission.TICKETS_READ_OWN).filter(_sent_by(member))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-id")[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return page, page[-1].pk if len(found) > PER_PAGE else None


def own_ticket(actor: Actor, member: Member, ticket_id: int) -> Ticket:
    rows = Ticket.objects.visible_to(actor, Permission.TICKETS_READ_OWN).filter(_sent_by(member))
    found = rows.filter(pk=ticket_id).first()
    if found is None:
        raise NotFound(_("Laporan itu bukan milik Anda."))
    return found


def _sent_by(member: Member) -> Q:
    return Q(member_id__in=records_of_person(member.pk))


def first_words(ticket_ids: Iterable[int]) -> dict[int, str]:
    """What each was sent with, in one query. Public: the tickets were found before."""
    rows = Entry.objects.filter(ticket_id__in=list(ticket_ids), what=EntryKind.SENT)
    return {
        ticket: unseal(WORDS, sealed) for ticket, sealed in rows.values_list("ticket_id", "words_encrypted")
    }


def home_of(member_id: int) -> str:
    """Where a member lives, as she would type it. Public: asked by herself."""
    contact = contacts_of([member_id], with_synthetic=True).get(member_id)
    return path_of(contact.region) if contact else ""


def about_of(ticket: Ticket) -> str:
    """Whom it is about, as its sender wrote it. Public: the ticket was found before."""
    return unseal(ABOUT, ticket.about_encrypted)


def went_up_by_itself(ticket: Ticket) -> bool:
    """Whether the last that happened to it is that it went up, because it was passed around. Public: found before."""
    last = Entry.objects.filter(ticket=ticket).order_by("-id").values_list("what", flat=True)
    return last[0] == EntryKind.SENT_UP
