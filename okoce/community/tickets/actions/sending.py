"""Somebody tells of an impostor, complains, or asks: no sign-in, a code to read the answer under."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.community.organisations.rules import readable_text
from okoce.community.tickets.accused import first_office, keep_away, named_by
from okoce.community.tickets.codes import LONGEST_KEY, code_from, code_hash
from okoce.community.tickets.events import TicketSent
from okoce.community.tickets.models import Ticket
from okoce.community.tickets.moves import LONGEST_ABOUT, note, tell, written
from okoce.community.tickets.nearness import Case
from okoce.community.tickets.photos import Sent as Photos
from okoce.community.tickets.photos import attach_photos
from okoce.community.tickets.sealing import ABOUT, PHONE, WORDS, phone_key, seal
from okoce.community.tickets.seats import manned
from okoce.community.tickets.states import EntryKind, TermCode, TicketKind
from okoce.community.tickets.terms import promised, term_at
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import action
from okoce.foundation.access.permissions import Permission
from okoce.foundation.shared.errors import DomainError, FieldError, Invalid
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.networks import network_of
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.queries import find_region
from okoce.foundation.territory.states import LENGTH_OF, Level

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class ToldTooOften(DomainError):
    """This network, number or member has sent too many tickets lately."""

    status = 429
    code = "throttled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What a sender tells. `key` came with the form that she filled; `address` is where it was sent from."""

    key: str
    kind: str
    text: str
    region: str
    about: str = ""
    phone: str = ""
    address: str = ""
    photos: Photos = ()
    member_id: int | None = None
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The ticket, and the code that nobody but its sender learns."""

    ticket: Ticket
    code: str


@action(Permission.TICKETS_HANDLE)
def send_ticket(actor: Actor, new: NewTicket) -> Sent:
    """Take a ticket down: its clock runs from now. The same form with the same words, sent twice or twenty times at once, is one.

    Refuses what is missing, all of it at once, and whoever sends more than the limits of the day.
    """
    told = _judged(new)
    code = code_from(new.key[:LONGEST_KEY] or network_of(new.address), *told.values())
    _queue_up(code_hash(code), *_keys_of(new, told["phone"]))
    known = Ticket.objects.filter(code_hash=code_hash(code)).first()
    if known is not None:
        return Sent(known, code)
    now = timezone.now()
    _require_not_too_many(new, told, now)
    named = named_by(told["about"])
    ticket = Ticket(
        code_hash=code_hash(code),
        kind=new.kind,
        region=told["region"],
        about_encrypted=seal(ABOUT, told["about"]),
        phone_encrypted=seal(PHONE, told["phone"]),
        phone_hash=phone_key(told["phone"]) if told["phone"] else None,
        sent_from=_network_key(new.address),
        member_id=new.member_id,
        sender_user_id=new.user_id,
        sent_since=now,
        due=promised(new.kind, told["region"], now),
    )
    case = Case(ticket, named, [seal(WORDS, told["text"])])
    ticket.office = manned(first_office(told["region"], named), case)
    ticket.step_until = ticket.due if ticket.office else None
    ticket.save()
    keep_away(ticket, named)
    entry = note(actor, ticket, EntryKind.SENT, now, told["text"])
    attach_photos(entry, new.photos, ticket.region, now)
    tell(TicketSent(ticket_id=ticket.pk, label=str(TicketKind(new.kind).label)), ticket)
    return Sent(ticket, code)


def _judged(new: NewTicket) -> dict[str, str]:
    """What is stored; every wrong field is named at once."""
    errors: list[FieldError] = []
    told = {"kind": new.kind}
    if new.kind not in TicketKind.values:
        errors.append(FieldError("kind", _("Pilih apa yang ingin Anda sampaikan.")))
    for field, judge in (
        ("text", lambda: written("text", new.text, _("Ceritakan apa yang terjadi, dengan kata-kata Anda."))),
        ("about", lambda: readable_text("about", new.about, LONGEST_ABOUT)),
        ("region", lambda: _kecamatan(new.region)),
        ("phone", lambda: _phone(new.phone)),
    ):
        try:
            told[field] = judge()
        except Invalid as wrong:
            errors += wrong.errors
    if errors:
        raise Invalid(errors)
    return told


def _kecamatan(code: str) -> str:
    place = find_region(code[: LENGTH_OF[Level.DISTRICT]]) if code else None
    if place is None or len(place.code) != LENGTH_OF[Level.DISTRICT]:
        raise Invalid([FieldError("place", _("Tulis kecamatan tempat kejadiannya, lalu pilih namanya."))])
    return place.code


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    phone = parse_phone(typed)
    if isinstance(phone, Unreadable):
        raise Invalid([FieldError("phone", f"{phone.reason} {phone.suggestion}".strip())])
    return phone


def _network_key(address: str) -> bytes | None:
    return keyed_hash("tickets.network", network_of(address)) if address else None


def _keys_of(new: NewTicket, phone: str) -> list[bytes]:
    """What is counted, always in this order, so that nobody waits in a circle."""
    member = keyed_hash("tickets.member", str(new.member_id)) if new.member_id else None
    return [key for key in (_network_key(new.address), phone_key(phone) if phone else None, member) if key]


def _queue_up(*keys: bytes) -> None:
    """Those of one form, network or number come one after the other: what is not there yet cannot be held."""
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('tickets'), hashtext(%s))", [key.hex()])


def _require_not_too_many(new: NewTicket, told: dict[str, str], now: datetime) -> None:
    network, region = _network_key(new.address), told["region"]
    hour, day = now - HOUR, now - DAY
    hers = Q(phone_hash=phone_key(told["phone"])) if told["phone"] else Q(pk__in=[])
    if new.member_id is not None:
        hers |= Q(member_id=new.member_id)
    rows = Ticket.objects.filter(sent_since__gt=day)
    from_there = rows.filter(sent_from=network) if network else rows.none()
    checks: list[tuple[QuerySet[Ticket], TermCode, str]] = [
        (
            from_there.filter(sent_since__gt=hour),
            TermCode.NETWORK_HOUR,
            _("Sudah %s laporan dari jaringan internet ini dalam satu jam. Coba lagi satu jam lagi."),
        ),
        (
            from_there,
            TermCode.NETWORK_DAY,
            _(
                "Sudah %s laporan dari jaringan internet ini hari ini. Coba lagi besok, atau pakai jaringan lain."
            ),
        ),
        (
            rows.filter(hers),
            TermCode.SENDER_DAY,
            _(
                "Sudah %s laporan dari Anda hari ini. Tambahkan keterangan pada laporan yang ada, atau coba lagi besok."
            ),
        ),
    ]
    for found, code, sentence in checks:
        most = term_at(code, region, now)
        if found.count() >= most:
            raise ToldTooOften(sentence % most)
