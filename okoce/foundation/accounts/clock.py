"""Moments as the sentences of sign-in write them. Sign-in knows no place of the reader, so it says WIB."""

from datetime import datetime, timedelta

from django.utils import timezone

from okoce.foundation.shared.days import ZONES

WIB = ZONES["WIB"]


def clock_text(at: datetime) -> str:
    """`14.15 WIB`; on another day with the day: `22/11 14.15 WIB`. Rounded up, so that nobody comes a minute early."""
    local = (at + timedelta(seconds=59)).astimezone(WIB)
    is_today = local.date() == timezone.now().astimezone(WIB).date()
    return f"{local:%H.%M} WIB" if is_today else f"{local:%d/%m %H.%M} WIB"


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def day_of(now: datetime) -> datetime:
    """Midnight in WIB, at which a day's caps begin anew."""
    return now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
