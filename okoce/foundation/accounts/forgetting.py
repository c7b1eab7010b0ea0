"""What sign-in remembers of people goes as soon as it counts no more."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from okoce.foundation.accounts.codes import forget_old_codes
from okoce.foundation.accounts.lockout import forget_quiet_guessing
from okoce.foundation.accounts.models import CodeCount, User

COUNTED = timedelta(days=2)


def forget_old_traces() -> None:
    """Delete old codes, counts of sent codes, counters of guessing that was long ago, and sessions that have ended."""
    now = timezone.now()
    forget_old_codes(now)
    forget_quiet_guessing(now)
    CodeCount.objects.filter(since__lt=now - COUNTED).delete()
    sessions_over(now).delete()


def session_lasts() -> timedelta:
    """How long a browser's session is kept after the last time that something was kept in it."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def sessions_over(now: datetime) -> QuerySet[Session]:
    """Those that have ended, with what was told on a form and never sent."""
    return Session.objects.filter(expire_date__lt=now)


def forget_unused_accounts(phones: Collection[str]) -> list[int]:
    """Delete the accounts of these numbers that were opened so that somebody could be written to, and never used: of no member,
    without an office, never signed in to. Answers which."""
    unused = User.objects.filter(
        phone__in=phones,
        member_id__isnull=True,
        email__isnull=True,
        last_login__isnull=True,
        assignments__isnull=True,
    )
    gone = list(unused.order_by("pk").values_list("pk", flat=True))
    User.objects.filter(pk__in=gone).delete()
    return gone
