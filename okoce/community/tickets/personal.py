"""What somebody told, whom she told it of, and the number that she left."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from okoce.community.tickets.forgetting import (
    NETWORKS_KEPT,
    kept_for,
    networks_over,
    tickets_over,
)
from okoce.community.tickets.models import Accused, Entry, Photo, Ticket
from okoce.community.tickets.photos import forget_photos
from okoce.community.tickets.sealing import ABOUT, PHONE, WORDS, phone_key, seal, unseal
from okoce.community.tickets.states import OPEN, TicketEnd, TicketState
from okoce.foundation.accounts.models import User
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import MARK, struck_out

MANY = 1_000


def _hers(person: Person) -> Q:
    return Q(member_id__in=person.member_ids) | Q(sender_user_id__in=person.user_ids)


@tells("tickets", "tickets.Ticket", "tickets.Entry", "tickets.Accused", "tickets.Photo")
def _(person: Person) -> object:
    """What she sent, whole. Where somebody left her number without signing in, nobody knows who wrote: that there is such a
    ticket is told, its words are not. Of one that names her, that it does."""
    hers = Ticket.objects.filter(_hers(person))
    lines: dict[int, list[dict[str, object]]] = {}
    for entry in Entry.objects.filter(ticket__in=hers).order_by("pk"):
        words = unseal(WORDS, entry.words_encrypted)
        lines.setdefault(entry.ticket_id, []).append(
            {"at": entry.at, "what": entry.what, "voice": entry.voice, "words": words}
        )
    photos = Counter(Photo.objects.filter(ticket__in=hers).values_list("ticket_id", flat=True))
    sealed = {one.pk: one for one in hers}
    sent = [
        row
        | {
            "about": unseal(ABOUT, sealed[row["id"]].about_encrypted),
            "phone": unseal(PHONE, sealed[row["id"]].phone_encrypted),
            "lines": lines.get(row["id"], []),
            "photos": photos[row["id"]],
        }
        for row in told_rows(hers, without=("taken_by",))
    ]
    under_number = Ticket.objects.filter(phone_hash__in=_numbers(person)).exclude(_hers(person))
    return {
        "sent": sent,
        "with_your_number": list(under_number.order_by("pk").values("kind", "state", "sent_since")),
        "about_you": list(_about(person).order_by("pk").values("ticket__kind", "ticket__sent_since")),
    }


def _about(person: Person):
    return Accused.objects.filter(Q(member_id__in=person.member_ids) | Q(user_id__in=person.user_ids))


def _numbers(person: Person) -> list[bytes]:
    return [phone_key(phone) for phone in person.phones]


@forgets("tickets.Ticket", "tickets.Entry", "tickets.Accused", "tickets.Photo")
def _(person: Person) -> None:
    """Her words, her number and whom they are about go; out of what others told she is struck, and no more of the words is lost. So
    do the photos beside either, which may show her. That something was told, and how long the answer took, stays. Hers are held
    first: what is written to one meanwhile is seen, or refused."""
    hers = Ticket.objects.filter(_hers(person))
    ids = list(hers.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))
    Entry.objects.filter(ticket_id__in=ids).update(words_encrypted=None)
    about_her = list(_about(person).values_list("ticket_id", flat=True))
    forget_photos(Photo.objects.filter(ticket_id__in=[*ids, *about_her]))
    Ticket.objects.filter(phone_hash__in=_numbers(person)).update(phone_encrypted=None, phone_hash=None)
    _forget_names(person)
    _forget_accused(person)
    hers.filter(state__in=(*OPEN, TicketState.ANSWERED)).update(
        state=TicketState.CLOSED,
        ended=TicketEnd.ERASED,
        closed_since=timezone.now(),
        asked_since=None,
        step_until=None,
    )
    hers.update(reopen_until=None)
    Ticket.objects.filter(pk__in=ids).update(
        about_encrypted=None, phone_encrypted=None, phone_hash=None, sender_user_id=None, sent_from=None
    )


def _forget_names(person: Person) -> None:
    """Each sealed line is opened: nothing else knows who is named in it. The report of somebody else stays, without her."""
    accused = set(_about(person).values_list("ticket_id", flat=True))
    for pk, sealed in _sealed(Entry.objects.filter(words_encrypted__isnull=False), "words_encrypted"):
        words = unseal(WORDS, sealed)
        if (less := struck_out(person, words)) != words:
            forget_photos(Photo.objects.filter(entry_id=pk))
            Entry.objects.filter(pk=pk).update(words_encrypted=seal(WORDS, less))
    for pk, sealed in _sealed(Ticket.objects.filter(about_encrypted__isnull=False), "about_encrypted"):
        about = unseal(ABOUT, sealed)
        # whom it is known to be about may stand there by half a name, or by the code of her card
        less = struck_out(person, about)
        if pk in accused and less == about:
            less = MARK
        if less != about:
            forget_photos(Photo.objects.filter(ticket_id=pk))
            Ticket.objects.filter(pk=pk).update(about_encrypted=seal(ABOUT, less))


def _forget_accused(person: Person) -> None:
    """Whoever keeps an officer's account stays kept away from what is told of her."""
    gone = User.objects.filter(pk__in=person.user_ids, assignments__isnull=True).values_list("pk", flat=True)
    Accused.objects.filter(Q(member_id__in=person.member_ids) | Q(user_id__in=list(gone))).delete()


def _sealed(rows, column: str) -> Iterable[tuple[int, bytes]]:
    return rows.order_by("pk").values_list("pk", column).iterator(MANY)


keeps(
    Rule(
        code="tickets.tickets",
        table="tickets.Ticket",
        what=_lazy("Laporan, keluhan, dan pertanyaan yang sudah ditutup"),
        kept_for=kept_for,
        is_dated=True,
        job="tickets.forget_old",
        over=tickets_over,
    )
)
keeps(
    Rule(
        code="tickets.networks",
        table="tickets.Ticket",
        what=_lazy("Dari jaringan mana laporan dikirim"),
        kept_for=lambda: NETWORKS_KEPT,
        is_dated=False,
        job="tickets.forget_old",
        over=networks_over,
    )
)
