"""What becomes of a message that no channel takes: for so many days a volunteer is asked to send it, or it stands on its recipient's
own page alone. Which of the two is a dated row a kind: without any provider greetings would bury what somebody waits for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from okoce.foundation.notifications.kinds import IMMEDIATE, PRIVATE
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.states import Channel, MessageState, TermCode
from okoce.foundation.notifications.terms import terms_at
from okoce.foundation.shared.days import ZONES, day_in


@dataclass(frozen=True, slots=True)
class Hands:
    """For how many days a volunteer is asked, by kind."""

    days: Mapping[str, int]

    def days_of(self, code: str) -> int:
        return 0 if code in PRIVATE | IMMEDIATE else self.days.get(code, 0)

    def until(self, message: Message) -> datetime | None:
        """Until when a volunteer is asked to send it; None where nobody is. What it tells grows old from the day on which it was
        written down, however long a channel was tried."""
        days = self.days_of(message.code)
        return message.at + timedelta(days=days) if days else None


def hands_at(now: datetime) -> Hands:
    """What holds now: of each kind the latest row that has begun."""
    rows = (
        HandRule.objects.standing()
        .filter(from_on__lte=day_in("WIB", now))
        .order_by("code", "-from_on")
        .distinct("code")
    )
    return Hands(dict(rows.values_list("code", "days")))


def left(message: Message, now: datetime) -> dict[str, Any]:
    """What is written of a message that its channel does not take."""
    if message.hand_until is not None and now < message.hand_until:
        return {"state": MessageState.BY_HAND}
    return {"state": MessageState.SENT, "channel": Channel.IN_APP, "sent_since": now}


def holder_of(message: Message, now: datetime) -> int | None:
    """The account that has taken it and still has time to send it; None where it is anybody's."""
    if message.taken_by is None or message.taken_since is None:
        return None
    return message.taken_by if begun_after(now) < message.taken_since else None


def begun_after(now: datetime) -> datetime:
    """Whoever took a message before this has it no more."""
    return now - timedelta(minutes=terms_at(now)[TermCode.TAKEN_MINUTES])


def clock_in(message: Message) -> str:
    """Since when it is taken, as the clock shows it where the recipient is: 14.05 WIB."""
    zone = message.zone if message.zone in ZONES else "WIB"
    since = (message.taken_since or message.at).astimezone(ZONES[zone])
    return f"{since:%H.%M} {zone}"
