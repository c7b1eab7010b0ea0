"""A day is a DATE in somebody's own time zone; the public "today" is WIB, "the future" is judged in WIT."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}


# Nothing of the programme happened before; a day like 0218-05-01 is a slip of the hand.
FIRST_DAY = date(2000, 1, 1)


def day_in(zone: str, at: datetime | None = None) -> date:
    """The calendar day in `WIB`, `WITA` or `WIT` at an instant (now by default)."""
    return (at or timezone.now()).astimezone(ZONES.get(zone, ZONES["WIB"])).date()


def today_wib() -> date:
    """The public today."""
    return day_in("WIB")


def latest_today() -> date:
    """The latest day that has begun anywhere in Indonesia; a day after it lies in the future."""
    return day_in("WIT")


def day_in_words(day: date, pattern: str = "d MMMM y") -> str:
    """31 Desember 2018, in the language of the reader."""
    is_english = (get_language() or "id").startswith("en")
    return format_date(day, format=pattern, locale="en" if is_english else "id_ID")


def last_day(from_on: date, until_on: date) -> date:
    """The last day of what holds from a day until (not including) another: the one to be shown after "sampai". What was taken
    back on its first day had none, and shows that one."""
    return max(from_on, until_on - timedelta(days=1))


def day_problem(day: date) -> str | None:
    """Why something of the programme cannot have happened on that day, in one sentence, or None."""
    if day > latest_today():
        return _("Tanggal %s belum tiba. Tulis tanggal hari ini atau sebelumnya.") % day_in_words(day)
    if day < FIRST_DAY:
        return _("Tanggal %s terlalu lama, sebelum gerakan ini ada. Periksa tahunnya.") % day_in_words(day)
    return None
