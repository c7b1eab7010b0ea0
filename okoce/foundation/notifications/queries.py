"""Questions about messages: one's own, those that wait for a volunteer's hand, all of them with what became of each, the words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.queries import user_names
from okoce.foundation.notifications.composing import Words, composed, filling, mail_to, wa_me
from okoce.foundation.notifications.hands import begun_after, clock_in
from okoce.foundation.notifications.kinds import KINDS, PRIVATE
from okoce.foundation.notifications.models import DaySpend, Message, Wording
from okoce.foundation.notifications.recipients import (
    Choice,
    Recipient,
    To,
    choice_of,
    choices_of,
    recipients_of,
)
from okoce.foundation.notifications.routing import to_of, wordings_on
from okoce.foundation.notifications.states import MessageState, TermCode
from okoce.foundation.notifications.terms import terms_at
from okoce.foundation.shared.days import day_in
from okoce.foundation.shared.errors import NotFound
from okoce.foundation.shared.models import ScopedQuerySet

PER_PAGE = 30
MOST_COUNTED = 100
# Of these nothing is new to whom they are for.
SEEN = (MessageState.WITHDRAWN, MessageState.FAILED, MessageState.READ)


@dataclass(frozen=True, slots=True)
class Told:
    """A message as its reader sees it."""

    id: int
    words: Words
    at: datetime
    is_new: bool
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows, and behind which message the next one begins."""

    rows: Sequence[object]
    next: int | None


def own_messages(actor: Actor, to: To, *, before: int | None = None) -> Page:
    """One's own messages, newest first: also those that another channel brought, but none that was withdrawn."""
    rows = own_rows(actor, to).exclude(state__in=(MessageState.WITHDRAWN, MessageState.FAILED))
    page, following = _page(rows, before)
    recipients = recipients_of([to_of(message) for message in page])
    told = [_told(message, words) for message, words in _with_words(page, recipients)]
    return Page(told, following)


def has_been_told(actor: Actor) -> bool:
    """Whether an account was ever written to as an officer's: it keeps what it was told, also when the office is over."""
    return actor.user_id is not None and Message.objects.filter(user_id=actor.user_id).exists()


def unread_messages(actor: Actor) -> QuerySet[Message]:
    """An officer's messages that she has not read yet; those of a member stand on her own page."""
    rows = Message.objects.filter(user_id=actor.user_id or 0, opened_since__isnull=True)
    return rows.exclude(state__in=SEEN)


def unread_count(actor: Actor, to: To) -> QuerySet[Any, Any]:
    """How many of one's own one has not read, anywhere: for a subquery, which is nothing where there are none."""
    rows = own_rows(actor, to).filter(opened_since__isnull=True).exclude(state__in=SEEN)
    return rows.order_by().values(one=Value(1)).annotate(unread=Count("pk")).values("unread")


def own_rows(actor: Actor, to: To) -> ScopedQuerySet[Message]:
    """All that was told to somebody, for herself; of a member also what was told to records that were merged into hers."""
    if to.user_id is not None:
        return Message.objects.filter(user_id=actor.user_id if to.user_id == actor.user_id else 0)
    if not actor.owns(to.member_id):
        return Message.objects.none()
    return Message.objects.visible_to(actor, Permission.MESSAGES_READ_OWN).filter(member_id__isnull=False)


def own_choice(actor: Actor, to: To) -> Choice:
    """How one wants to be written to."""
    if not (actor.owns(to.member_id) or (to.user_id is not None and to.user_id == actor.user_id)):
        raise NotFound(_("Pesan itu bukan milik Anda."))
    return choice_of(to)


@dataclass(frozen=True, slots=True)
class HandMessage:
    """A message that waits for somebody to send it from her own phone: to whom, the words, and the link that types them."""

    id: int
    member_id: int | None
    name: str
    words: Words
    link: str
    problem: str
    at: datetime
    holder: str = ""  # the name of whoever else has taken it
    held_since: str = ""


@dataclass(frozen=True, slots=True)
class HandList:
    """What one has taken oneself, a page of the others, how many wait in all (up to a number beyond which nobody counts), and since
    when the first of them does."""

    mine: Sequence[HandMessage]
    page: Page
    count: int
    oldest: datetime | None


def messages_by_hand(actor: Actor, *, after: int = 0) -> HandList:
    """Those that wait for a hand within the actor's reach, the longest waiting first; those that one has taken stand apart."""
    begun = begun_after(timezone.now())
    rows = waiting_for_hands(actor, Permission.MESSAGES_READ_BY_HAND).order_by("id")
    is_mine = Q(taken_by=actor.user_id or 0, taken_since__gt=begun)
    mine = list(rows.filter(is_mine)[:PER_PAGE])
    found = list(rows.exclude(is_mine).filter(pk__gt=after)[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    told = {one.id: one for one in _handed([*mine, *page], actor, begun)}
    return HandList(
        mine=[told[one.pk] for one in mine if one.pk in told],
        page=Page(
            [told[one.pk] for one in page if one.pk in told], page[-1].pk if len(found) > PER_PAGE else None
        ),
        count=rows[: MOST_COUNTED + 1].count(),
        oldest=rows.values_list("at", flat=True).first(),
    )


def waiting_for_hands(
    actor: Actor, permission: Permission = Permission.MESSAGES_SEND
) -> ScopedQuerySet[Message]:
    """Those that a volunteer is asked to send now. What is private is never among them, nor what has grown old, also in the hour
    until it is taken back to its own page."""
    rows = Message.objects.visible_to(actor, permission)
    return rows.filter(state=MessageState.BY_HAND, hand_until__gt=Now()).exclude(code__in=PRIVATE)


def _handed(messages: Sequence[Message], actor: Actor, begun: datetime) -> Iterator[HandMessage]:
    people = [to_of(message) for message in messages]
    recipients, choices = recipients_of(people), choices_of(people)
    holders = {
        one.pk: one.taken_by
        for one in messages
        if one.taken_by is not None and one.taken_since is not None and one.taken_since > begun
    }
    names = user_names(set(holders.values()) - {actor.user_id})
    for message, words in _with_words(messages, recipients):
        to, holder = to_of(message), holders.get(message.pk)
        shown = _by_hand(message, words, recipients[to], choices[to])
        if holder is not None and holder != actor.user_id:
            name = names.get(holder) or _("rekan Anda")
            shown = replace(shown, link="", holder=name, held_since=clock_in(message))
        yield shown


def _by_hand(message: Message, words: Words, recipient: Recipient, choice: Choice) -> HandMessage:
    """Whoever has taken her consent back since, or has stopped, is written to by nobody."""
    may_be_sent = recipient.may_be_written_to and not choice.is_stopped
    link = wa_me(recipient.phone, words.body) or mail_to(recipient.email, words.subject, words.body)
    return HandMessage(
        id=message.pk,
        member_id=message.member_id,
        name=recipient.name,
        words=words,
        link=link if may_be_sent else "",
        problem=message.problem,
        at=message.at,
    )


def message_for(actor: Actor, message_id: int, permission: Permission) -> Message:
    """A message within the actor's reach; to whoever sends by hand a private one is not there."""
    rows = Message.objects.visible_to(actor, permission)
    if permission is Permission.MESSAGES_SEND:
        rows = rows.exclude(code__in=PRIVATE)
    found = rows.filter(pk=message_id).first()
    if found is None:
        raise NotFound(_("Pesan itu tidak ada dalam wilayah tugas Anda."))
    return found


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message; to whom it went is said by name only to those who may read it."""

    message: Message
    kind: str
    name: str


def deliveries(actor: Actor, *, state: str = "", before: int | None = None) -> Page:
    """All messages within the actor's reach, newest first, narrowed to a state."""
    rows = Message.objects.visible_to(actor, Permission.MESSAGES_READ)
    if state in MessageState.values:
        rows = rows.filter(state=state)
    page, following = _page(rows, before)
    recipients = recipients_of([to_of(message) for message in page])
    told = [
        Delivery(message, kind_label(message.code), _named(message, recipients.get(to)))
        for message in page
        for to in (to_of(message),)
    ]
    return Page(told, following)


def _named(message: Message, recipient: Recipient | None) -> str:
    return "" if recipient is None or message.code in PRIVATE else recipient.name


def count_by_state(actor: Actor, most: int = 1_000) -> dict[str, int]:
    """How many stand how, up to a number beyond which nobody counts."""
    rows = Message.objects.visible_to(actor, Permission.MESSAGES_READ)
    return {state: rows.filter(state=state)[:most].count() for state in MessageState.values}


@dataclass(frozen=True, slots=True)
class Spending:
    """What messages cost today, and what the day may cost."""

    amount: int
    cap: int


def spending_today(actor: Actor) -> Spending:
    """Sums without persons, for those who see the deliveries."""
    now = timezone.now()
    rows = DaySpend.objects.visible_to(actor, Permission.MESSAGES_READ).filter(pk=day_in("WIB", now))
    amount = rows.values_list("amount", flat=True).first() or 0
    return Spending(amount, terms_at(now)[TermCode.DAY_CAP])


def wordings_of(code: str) -> list[Wording]:
    """All versions of the words of a kind, the newest first. Public reference data."""
    return list(Wording.objects.filter(code=code).order_by("-version", "language"))


def latest_wording(code: str, language: str) -> Wording | None:
    """The newest version, whether it has begun or not. Public reference data."""
    return Wording.objects.filter(code=code, language=language).order_by("-version").first()


def wordings_today(day: date) -> dict[tuple[str, str], Wording]:
    """The words that hold on a day, by kind and language. Public reference data."""
    rows = Wording.objects.filter(from_on__lte=day).order_by("code", "language", "-from_on", "-version")
    return {(row.code, row.language): row for row in rows.distinct("code", "language")}


def kind_label(code: str) -> str:
    """What a kind is called. Public reference data."""
    return str(KINDS[code].label) if code in KINDS else code


def _page(rows: ScopedQuerySet[Message], before: int | None) -> tuple[list[Message], int | None]:
    rows = rows.order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PER_PAGE + 1])
    page = found[:PER_PAGE]
    return page, page[-1].pk if len(found) > PER_PAGE else None


def _with_words(
    messages: Iterable[Message], recipients: Mapping[To, Recipient]
) -> Iterable[tuple[Message, Words]]:
    """Each with its words: those it went out with, else those of today. Whose recipient is nobody any more is left out."""
    listed = [message for message in messages if to_of(message) in recipients]
    pinned = {one.pk: one for one in Wording.objects.filter(pk__in={row.wording_id for row in listed})}
    bare = {(row.code, row.language) for row in listed if row.wording_id not in pinned}
    today = wordings_on(bare, timezone.now())
    for message in listed:
        wording = pinned.get(message.wording_id or 0) or today[message.code, message.language]
        yield message, composed(wording, filling(message, recipients[to_of(message)].name))


def _told(message: Message, words: Words) -> Told:
    is_new = message.opened_since is None and message.state != MessageState.READ
    return Told(message.pk, words, message.at, is_new, kind_label(message.code), message.state)


def kept_of(member_ids: Iterable[int], user_ids: Iterable[int]) -> Q:
    """The rows about these people. Public: asked by the register of personal data."""
    return Q(member_id__in=list(member_ids)) | Q(user_id__in=list(user_ids))
