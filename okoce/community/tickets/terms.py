"""Times to answer, terms and limits as they hold on a day."""

from datetime import date, datetime, timedelta

from okoce.community.tickets.models import TicketTerm
from okoce.community.tickets.states import HOURS_OF, TermCode, TicketKind
from okoce.foundation.shared.days import day_in
from okoce.foundation.territory.queries import zone_of


def term(code: TermCode, day: date) -> int:
    """What holds on a day; a migration has written the first ones."""
    rows = TicketTerm.objects.filter(code=code, from_on__lte=day)
    return rows.order_by("-from_on").values_list("value", flat=True)[0]


def term_at(code: TermCode, region: str, now: datetime) -> int:
    """What holds on the day that it is there."""
    return term(code, day_in(zone_of(region), now))


def promised(kind: str, region: str, now: datetime) -> datetime:
    """Until when a ticket of this kind is answered."""
    return now + timedelta(hours=term_at(HOURS_OF[TicketKind(kind)], region, now))


def step_ends(region: str, now: datetime) -> datetime:
    """Until when the next level has time."""
    return now + timedelta(hours=term_at(TermCode.STEP_HOURS, region, now))


def reopening_ends(region: str, now: datetime) -> datetime:
    return now + timedelta(days=term_at(TermCode.REOPEN_DAYS, region, now))


def is_silent(asked_since: datetime, region: str, now: datetime) -> bool:
    """Whether the last of the days in which its sender may answer is over, by the calendar of the place."""
    zone = zone_of(region)
    last = day_in(zone, asked_since) + timedelta(days=term_at(TermCode.SILENT_DAYS, region, now))
    return day_in(zone, now) > last


def hours_to_answer(day: date) -> list[tuple[str, int]]:
    """Each kind with its hours, as the form tells them. Public."""
    return [(str(kind.label), term(HOURS_OF[kind], day)) for kind in TicketKind]
