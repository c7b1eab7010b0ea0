"""Looking again at what waits for a hand: whoever was to be written to may have left, stopped, or taken her consent back since."""

from collections import defaultdict

from django.utils import timezone

from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.routing import Route, by_rule, routes_of
from okoce.foundation.notifications.states import MessageState

AT_ONCE = 1_000


def review_by_hand() -> int:
    """Take what nobody may send any more, or was not sent in its time, off the volunteers' lists: it stands on her own page, or
    nowhere; answers how many."""
    changed = last = 0
    waiting = Message.objects.filter(state=MessageState.BY_HAND).order_by("id")
    while messages := list(waiting.filter(pk__gt=last)[:AT_ONCE]):
        last = messages[-1].pk
        changed += _settle(messages)
    return changed


def _settle(messages: list[Message]) -> int:
    """Without a channel a route says only whether somebody may send it; who was faster in sending it stands."""
    now = timezone.now()
    ended: dict[Route, list[int]] = defaultdict(list)
    routes = routes_of(messages, {}, now)
    for message in messages:
        route = by_rule(routes[message.pk], message.hand_until, now)
        if route.state != MessageState.BY_HAND:
            ended[Route(route.state, route.channel, problem=route.problem)].append(message.pk)
    return sum(
        Message.objects.filter(pk__in=ids, state=MessageState.BY_HAND).update(
            state=route.state,
            channel=route.channel,
            taken_by=None,
            taken_since=None,
            problem=route.problem,
            **{"sent_since" if route.state == MessageState.SENT else "ended_since": now},
        )
        for route, ids in ended.items()
    )
