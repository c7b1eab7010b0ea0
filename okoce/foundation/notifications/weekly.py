"""How many messages a week that she did not ask for a member gets: her consent says so, and so does a dated term. Answers, codes and
what she must act on do not count."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from okoce.foundation.notifications.kinds import UNASKED
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import records_of
from okoce.foundation.notifications.states import Channel, MessageState, TermCode
from okoce.foundation.notifications.terms import terms_at

A_WEEK = timedelta(days=7)
_OUT = (MessageState.SENDING, MessageState.BY_HAND)


@dataclass(slots=True)
class Week:
    """What went out to each person within the last seven days, or is about to; what goes out now is added."""

    most: int
    speakers: Mapping[int, int] = field(default_factory=dict)
    told: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    waits: set[int] = field(default_factory=set)  # those of them that a volunteer has yet to send

    def has_room_for(self, message: Message) -> bool:
        """Whether it may go out. Of two that both wait for a hand the older one has the place."""
        if message.member_id is None or message.code not in UNASKED:
            return True
        is_by_hand = message.state == MessageState.BY_HAND
        others = self.told[self.speakers[message.member_id]] - {message.pk}
        before = [one for one in others if not (is_by_hand and one in self.waits and one > message.pk)]
        return len(before) < self.most

    def add(self, message: Message) -> None:
        if message.member_id is not None and message.code in UNASKED:
            self.told[self.speakers[message.member_id]].add(message.pk)


def week_of(messages: Sequence[Message], now: datetime) -> Week:
    """With as many queries for a hundred as for one; what was told to records that were merged into hers counts for her."""
    member_ids = {one.member_id for one in messages if one.member_id is not None and one.code in UNASKED}
    week = Week(terms_at(now)[TermCode.WEEK_MOST])
    if not member_ids:
        return week
    records = {asked: list(known) or [asked] for asked, known in _records(member_ids).items()}
    week.speakers = {one: known[0] for asked, known in records.items() for one in (asked, *known)}
    for pk, member_id, state in _rows(week.speakers, now).values_list("pk", "member_id", "state"):
        week.told[week.speakers[member_id]].add(pk)
        if state == MessageState.BY_HAND:
            week.waits.add(pk)
    return week


def _records(member_ids: Collection[int]) -> dict[int, Sequence[int]]:
    found = records_of(member_ids)
    return {one: found.get(one, [one]) for one in member_ids}


def _rows(member_ids: Collection[int], now: datetime):  # type: ignore[no-untyped-def]  # the queryset; its generic type adds nothing
    """Those that left this house: what stands on her own page alone disturbs nobody."""
    since = now - A_WEEK
    went = Q(sent_since__gt=since) | Q(sent_since__isnull=True, delivered_since__gt=since)
    rows = Message.objects.filter(member_id__in=list(member_ids), code__in=UNASKED)
    return rows.exclude(channel=Channel.IN_APP).filter(went | Q(state__in=_OUT))
