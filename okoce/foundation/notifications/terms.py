"""Prices, hours, caps and times to keep, as they hold on a day; and when it is quiet where."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from okoce.foundation.notifications.models import MessageTerm
from okoce.foundation.notifications.states import Channel, TermCode
from okoce.foundation.shared.days import ZONES, day_in

LONGEST_WAIT = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Terms:
    """All that holds on one day."""

    values: dict[str, int]

    def __getitem__(self, code: TermCode) -> int:
        if code not in self.values:
            raise LookupError(f"no term {code} holds")
        return self.values[code]

    def cost_of(self, channel: str) -> int:
        """What one message costs there, in rupiah."""
        costs = {Channel.WHATSAPP.value: TermCode.WHATSAPP_COST, Channel.EMAIL.value: TermCode.EMAIL_COST}
        return self[costs[channel]] if channel in costs else 0

    def wait_after(self, tries: int) -> timedelta:
        """How long until the next try: each wait is three times the one before."""
        first = timedelta(minutes=self[TermCode.RETRY_MINUTES])
        return min(first * 3 ** max(tries - 1, 0), LONGEST_WAIT)

    def is_quiet(self, zone: str, now: datetime) -> bool:
        """Whether nobody is to be woken there now; equal hours mean that it is never quiet."""
        begins, ends = self[TermCode.QUIET_FROM], self[TermCode.QUIET_UNTIL]
        hour = now.astimezone(ZONES.get(zone, ZONES["WIB"])).hour
        return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends

    def zones_awake(self, now: datetime) -> list[str]:
        return [zone for zone in ZONES if not self.is_quiet(zone, now)]


def terms_on(day: date) -> Terms:
    """What holds on a day: of each term the latest that has begun."""
    rows = MessageTerm.objects.filter(from_on__lte=day).order_by("code", "-from_on").distinct("code")
    return Terms(dict(rows.values_list("code", "value")))


def terms_at(now: datetime) -> Terms:
    return terms_on(day_in("WIB", now))
