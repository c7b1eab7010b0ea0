"""A day is a DATE in somebody's own time zone; the public "today" is WIB, "the future" is judged in WIT."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}


def day_in(zone: str, at: datetime | None = None) -> date:
    """The calendar day in `WIB`, `WITA` or `WIT` at an instant (now by default)."""
    return (at or timezone.now()).astimezone(ZONES.get(zone, ZONES["WIB"])).date()


def today_wib() -> date:
    """The public today."""
    return day_in("WIB")


def latest_today() -> date:
    """The latest day that has begun anywhere in Indonesia; a day after it lies in the future."""
    return day_in("WIT")
