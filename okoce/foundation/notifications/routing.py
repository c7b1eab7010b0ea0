"""By which channel a message goes: what its recipient chose and allows, what is configured, and what the words are approved for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from okoce.foundation.notifications.adapters import Adapter, Ready
from okoce.foundation.notifications.composing import composed, fill, filling, names_in
from okoce.foundation.notifications.hands import hands_at
from okoce.foundation.notifications.kinds import MANDATORY
from okoce.foundation.notifications.models import Message, Wording
from okoce.foundation.notifications.recipients import Choice, Recipient, To, choices_of, recipients_of
from okoce.foundation.notifications.states import Channel, Language, MessageState
from okoce.foundation.notifications.weekly import week_of
from okoce.foundation.shared.days import day_in

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a message goes from here. `ready` is what a channel is handed; None where none is. `hand_until`: until when a volunteer
    is asked to send it, now or should the channel not take it; None where nobody is."""

    state: MessageState
    channel: str = ""
    wording: Wording | None = None
    ready: Ready | None = None
    problem: str = ""  # why it goes nowhere
    hand_until: datetime | None = None


def to_of(message: Message) -> To:
    return To(message.member_id, message.user_id)


def routes_of(
    messages: Iterable[Message], adapters: Mapping[str, Adapter], now: datetime
) -> dict[int, Route]:
    """The route of each, with as many queries for a hundred as for one."""
    listed = list(messages)
    people = [to_of(message) for message in listed]
    recipients, choices = recipients_of(people), choices_of(people)
    wordings = wordings_on({(message.code, message.language) for message in listed}, now)
    hands = hands_at(now)
    found = {
        message.pk: _route_or_failed(
            message, recipients.get(to_of(message)), choices[to_of(message)], wordings, adapters
        )
        for message in listed
    }
    ruled = {message.pk: by_rule(found[message.pk], hands.until(message), now) for message in listed}
    return _within_the_week(listed, ruled, now)


def _within_the_week(listed: list[Message], routes: dict[int, Route], now: datetime) -> dict[int, Route]:
    """What is more than a week may bring stands on her own page; the oldest go first."""
    week = week_of(listed, now)
    for message in sorted(listed, key=lambda one: one.pk):
        route = routes[message.pk]
        if route.state not in (MessageState.SENDING, MessageState.BY_HAND):
            continue
        if week.has_room_for(message):
            week.add(message)
        else:
            routes[message.pk] = on_her_page(route.wording)
    return routes


def by_rule(route: Route, until: datetime | None, now: datetime) -> Route:
    """What is left to hands is so only as long as somebody is asked to send its kind; afterwards it stands on her own page."""
    if route.state == MessageState.BY_HAND and (until is None or until <= now):
        return on_her_page(route.wording)
    return replace(route, hand_until=until)


def _route_or_failed(
    message: Message,
    recipient: Recipient | None,
    choice: Choice,
    wordings: Mapping[tuple[str, str], Wording],
    adapters: Mapping[str, Adapter],
) -> Route:
    """One that nobody can put together (no words, no key that opens what fills them) must not hold up all behind it."""
    try:
        return _route(message, recipient, choice, wordings[message.code, message.language], adapters)
    except Exception as error:  # whatever it is, the others go on
        log.exception("message cannot be put together", message=message.pk, code=message.code)
        return Route(MessageState.FAILED, problem=f"failed: {type(error).__name__}")


def wordings_on(wanted: Iterable[tuple[str, str]], now: datetime) -> dict[tuple[str, str], Wording]:
    """The words that hold today; where a language has none, those in Indonesian. A kind without any is missing."""
    day = day_in("WIB", now)
    found = {}
    for code, language in wanted:
        wording = Wording.objects.valid_on(code, language, day)
        wording = wording or Wording.objects.valid_on(code, Language.INDONESIAN, day)
        if wording is not None:
            found[code, language] = wording
    return found


def _route(
    message: Message,
    recipient: Recipient | None,
    choice: Choice,
    wording: Wording,
    adapters: Mapping[str, Adapter],
) -> Route:
    """Nobody is there: withdrawn. She may not be written to, or wants it so: on her own page, but for what the law demands. No
    channel can: by hand."""
    if recipient is None:
        return Route(MessageState.WITHDRAWN, problem="nobody")
    if message.code in MANDATORY:
        choice = replace(choice, is_stopped=False)
    elif choice.is_stopped or not recipient.may_be_written_to:
        return on_her_page(wording)
    if not (recipient.phone or recipient.email):
        return on_her_page(wording)
    for channel in choice.order():
        adapter, address = adapters.get(channel), _address(recipient, channel)
        if adapter is None or not address or (adapter.takes_templates_only and not wording.whatsapp_name):
            continue
        ready = _ready(message, recipient, wording, address)
        return Route(MessageState.SENDING, channel, wording, ready)
    return Route(MessageState.BY_HAND, "", wording)


def on_her_page(wording: Wording | None) -> Route:
    return Route(MessageState.SENT, Channel.IN_APP.value, wording)


def _address(recipient: Recipient, channel: str) -> str:
    return recipient.phone if channel == Channel.WHATSAPP else recipient.email


def _ready(message: Message, recipient: Recipient, wording: Wording, address: str) -> Ready:
    variables = filling(message, recipient.name)
    words = composed(wording, variables)
    return Ready(
        reference=message.reference,
        address=address,
        subject=words.subject,
        body=words.body,
        language=wording.language,
        template=wording.whatsapp_name,
        parameters=[fill(f"{{{name}}}", variables) for name in names_in(wording.body)],
    )
