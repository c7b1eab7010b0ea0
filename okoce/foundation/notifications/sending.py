"""Sending what waits: some are taken under lock, handed over side by side, and each answer is written at once.

A worker that dies leaves what it had taken as "sending". Nobody knows whether it went out: once the time for that is over it is
tried again under the same reference, unless the provider's report has told by then. So none is lost, and a provider that
knows references sends none twice.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from okoce.foundation.notifications.adapters import (
    Adapter,
    Ready,
    Rejected,
    Unavailable,
    Unsure,
    configured,
)
from okoce.foundation.notifications.hands import left
from okoce.foundation.notifications.models import DaySpend, Message
from okoce.foundation.notifications.routing import Route, by_rule, routes_of
from okoce.foundation.notifications.states import MessageState, TermCode, Urgency
from okoce.foundation.notifications.terms import Terms, terms_at
from okoce.foundation.shared.days import ZONES, day_in

log = structlog.get_logger(__name__)

TAKEN = 100  # at a time at most; so many are unsure when a worker dies
FIRST_TAKEN = 32  # before it is known how quickly they are handed over
SIDE_BY_SIDE = 8
SPELL_SECONDS = 4  # the clock comes every five; who is told to stop is not kept waiting


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that this worker holds now."""

    message: Message
    ready: Ready
    adapter: Adapter


def send_waiting(seconds: float = SPELL_SECONDS) -> int:
    """Send what is due for a while; answers how many were handed over. Several workers may do so at once."""
    until, sent, most = time.monotonic() + seconds, 0, FIRST_TAKEN
    with ThreadPoolExecutor(SIDE_BY_SIDE) as hands:
        while True:
            began = time.monotonic()
            taken, is_all = take(most)
            sent += sum(_write(answers) for answers in _hand_over(hands, taken))
            if is_all or time.monotonic() >= until:
                return sent
            most = _as_many(len(taken), time.monotonic() - began)


def _as_many(taken: int, seconds: float) -> int:
    """How many to take next, so that they are handed over long before another worker may have them, however slow it is here."""
    a_third = terms_at(timezone.now())[TermCode.UNSURE_SECONDS] / 3
    return min(TAKEN, max(SIDE_BY_SIDE, int(max(taken, 1) * a_third / max(seconds, 0.001))))


def _hand_over(
    hands: ThreadPoolExecutor, taken: Sequence[Taken]
) -> Iterator[list[tuple[Taken, "Future[str]"]]]:
    """Each with its answer, those together whose answers came meanwhile."""
    futures = {hands.submit(_send_one, one): one for one in taken if one.adapter.is_remote}
    for one in taken:
        if not one.adapter.is_remote:
            yield [(one, _sent_here(one))]
    while futures:
        answered, _open = wait(futures, return_when=FIRST_COMPLETED)
        yield [(futures.pop(future), future) for future in answered]


def _sent_here(one: Taken) -> "Future[str]":
    answer: Future[str] = Future()
    try:
        answer.set_result(_send_one(one))
    except Exception as problem:  # read by whoever asks for the answer, as of another thread
        answer.set_exception(problem)
    return answer


def _send_one(one: Taken) -> str:
    held = one.message.held_until
    if held is None or timezone.now() >= held:
        raise _NotHandedOver
    return one.adapter.send(one.ready)


class _NotHandedOver(Exception):
    """Its turn came when another worker may have it already: a slow provider or machine, not a fault of the message."""


def take(most: int = TAKEN) -> tuple[list[Taken], bool]:
    """Take some of what is due, decide by which channel each goes, and count what it costs; and whether that was all."""
    now = timezone.now()
    terms = terms_at(now)
    adapters = configured()
    with transaction.atomic():
        release_unsure(now)
        is_heard = any(one.wakes_people for one in adapters.values()) or not adapters
        zones = terms.zones_awake(now) if is_heard else list(ZONES)
        rows = Message.objects.due(now).filter(zone__in=zones).order_by("urgency", "due", "id")
        messages = list(rows.select_for_update(skip_locked=True, no_key=True)[:most])
        if not messages:
            return [], True
        spend = _spend_of(now)
        routes = routes_of(messages, adapters, now)
        deciding = Deciding(routes, terms, terms[TermCode.DAY_CAP] - spend.amount, spend.day, now)
        sending = deciding.decide(messages)
        spend.amount += deciding.spent
        spend.save(update_fields=["amount"])
    taken = [Taken(one, ready, adapters[one.channel]) for one in sending if (ready := routes[one.pk].ready)]
    return taken, len(messages) < most


def release_unsure(now: datetime) -> int:
    """Whoever had taken these is gone without a word, and so is the provider: they wait again, under the same reference."""
    unsure = Message.objects.filter(state=MessageState.SENDING, held_until__lt=now)
    return unsure.update(state=MessageState.WAITING, held_until=None, due=now)


def _spend_of(now: datetime) -> DaySpend:
    day = day_in("WIB", now)
    DaySpend.objects.bulk_create([DaySpend(day=day)], ignore_conflicts=True)
    return DaySpend.objects.select_for_update().get(pk=day)


@dataclass(slots=True)
class Deciding:
    """Puts messages on their way, as far as the day's cap allows; what it does not allow any more waits for tomorrow."""

    routes: Mapping[int, Route]
    terms: Terms
    budget: int
    day: date
    now: datetime
    spent: int = 0

    def decide(self, messages: Sequence[Message]) -> list[Message]:
        """Those that a channel is handed now; all that changed is written."""
        for message in messages:
            self._set_out(message)
        _write_decided(messages)
        return [message for message in messages if message.state == MessageState.SENDING]

    def _set_out(self, message: Message) -> None:
        route = self.routes[message.pk]
        if route.ready and message.tries >= self.terms[TermCode.MOST_TRIES]:
            route = by_rule(Route(MessageState.BY_HAND, "", route.wording), route.hand_until, self.now)
        if route.ready and not self._pay(message, self.terms.cost_of(route.channel)):
            message.due = begin_of_day_after(self.day)
            return
        message.wording, message.channel, message.state = route.wording, route.channel, route.state
        message.hand_until = route.hand_until
        if route.ready:
            message.tries += 1
            message.held_until = self.now + timedelta(seconds=self.terms[TermCode.UNSURE_SECONDS])
        elif route.state == MessageState.SENT:
            message.sent_since = self.now
        elif route.state in (MessageState.WITHDRAWN, MessageState.FAILED):
            message.ended_since, message.problem = self.now, route.problem

    def _pay(self, message: Message, cost: int) -> bool:
        """Count what it costs, unless a try of which nobody knows has paid already."""
        more = max(cost - message.cost, 0)
        is_over = more > self.budget - self.spent
        if more and is_over and message.urgency != Urgency.LAW:  # what the law demands waits for no other day
            return False
        self.spent += more
        if more:
            message.cost, message.spent_on = cost, self.day
        return True


# What Django's bulk_update makes of a hundred messages took nine tenths of deciding about them.
_DECIDED = {
    "due": "timestamptz", "wording_id": "bigint", "channel": "text", "state": "text", "cost": "bigint", "spent_on": "date",
    "tries": "smallint", "held_until": "timestamptz", "hand_until": "timestamptz", "sent_since": "timestamptz",
    "ended_since": "timestamptz", "problem": "text",
}  # fmt: skip
_DECIDE = f"""
UPDATE notifications_message m SET {", ".join(f"{name} = decided.{name}" for name in _DECIDED)}
FROM unnest(%(id)s::bigint[], {", ".join(f"%({name})s::{kind}[]" for name, kind in _DECIDED.items())})
  AS decided (id, {", ".join(_DECIDED)})
WHERE m.id = decided.id
"""


def _write_decided(messages: Sequence[Message]) -> None:
    """All that was decided of them, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _DECIDE, {name: [getattr(one, name) for one in messages] for name in ("id", *_DECIDED)}
        )


def begin_of_day_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), clock_time.min, tzinfo=ZONES["WIB"])


def _write(answers: Sequence[tuple[Taken, "Future[str]"]]) -> int:
    """What came of those whose answers are there: all that went out in one statement, so that many a second are no more of them."""
    sent: list[tuple[Message, str]] = []
    for one, answer in answers:
        try:
            sent.append((one.message, answer.result()))
        except Exception as problem:  # one that cannot be sent must not hold up the others
            _write_refused(one.message, problem)
    if sent:
        _write_sent(sent)
    return len(sent)


def _write_refused(message: Message, problem: Exception) -> None:
    if isinstance(problem, _NotHandedOver):
        _put_back(message)
    elif isinstance(problem, Unsure):
        _held(message).update(problem=str(problem))
    elif isinstance(problem, Unavailable):
        _try_later(message, str(problem))
    elif isinstance(problem, Rejected):
        _leave_to_hands(message, str(problem))
    else:
        log.error("message not sent", channel=message.channel, exc_info=problem)
        _try_later(message, f"failed: {type(problem).__name__}")


_SENT = """
UPDATE notifications_message m
SET state = 'sent', sent_since = %(now)s, provider_id = told.provider_id, held_until = NULL, problem = ''
FROM unnest(%(ids)s::bigint[], %(tries)s::smallint[], %(provider_ids)s::text[]) AS told(id, tries, provider_id)
WHERE m.id = told.id AND m.state IN ('sending', 'waiting') AND m.tries = told.tries
RETURNING m.id
"""


def _write_sent(sent: Sequence[tuple[Message, str]]) -> None:
    """Those that went out; a report that was faster stands. One that was waited for too long and so waits again has gone out all the
    same: whoever takes it now would send it twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SENT,
            {
                "now": timezone.now(),
                "ids": [message.pk for message, _id in sent],
                "tries": [message.tries for message, _id in sent],
                "provider_ids": [provider_id for _message, provider_id in sent],
            },
        )
        written = {pk for (pk,) in cursor.fetchall()}
    for message, provider_id in sent:
        if message.pk not in written:
            Message.objects.filter(pk=message.pk, provider_id="").update(provider_id=provider_id)


def _held(message: Message):  # type: ignore[no-untyped-def]  # the queryset; its generic type adds nothing
    """The message, while it is still this try of this worker."""
    return Message.objects.filter(pk=message.pk, state=MessageState.SENDING, tries=message.tries)


def _try_later(message: Message, problem: str) -> None:
    now = timezone.now()
    terms = terms_at(now)
    if message.tries >= terms[TermCode.MOST_TRIES]:
        _leave_to_hands(message, problem)
        return
    with transaction.atomic():
        changed = _held(message).update(
            state=MessageState.WAITING,
            due=now + terms.wait_after(message.tries),
            held_until=None,
            problem=problem,
            cost=0,
        )
        if changed:
            give_back(message.cost, message.spent_on)


def _put_back(message: Message) -> None:
    """It did not leave this house, so it waits as before: the try does not count, and what it costs is paid already."""
    now = timezone.now()
    _held(message).update(state=MessageState.WAITING, due=now, held_until=None, tries=F("tries") - 1)


def _leave_to_hands(message: Message, problem: str) -> None:
    """No channel takes it: a volunteer sends it, or it stands on the recipient's own page alone."""
    told = left(message, timezone.now())
    with transaction.atomic():
        if _held(message).update(held_until=None, problem=problem, cost=0, **told):
            give_back(message.cost, message.spent_on)


def give_back(cost: int, day: date | None) -> None:
    """What did not go out has cost nothing."""
    if day is not None:
        DaySpend.objects.filter(pk=day).update(amount=Greatest(F("amount") - cost, 0))
