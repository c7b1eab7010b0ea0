"""What sign-in remembers of people goes as soon as it counts no more."""

from datetime import timedelta

from django.utils import timezone

from okoce.foundation.accounts.codes import forget_old_codes
from okoce.foundation.accounts.lockout import forget_quiet_guessing
from okoce.foundation.accounts.models import CodeCount

COUNTED = timedelta(days=2)


def forget_old_traces() -> None:
    """Delete old codes, counts of sent codes and counters of guessing that was long ago."""
    now = timezone.now()
    forget_old_codes(now)
    forget_quiet_guessing(now)
    CodeCount.objects.filter(since__lt=now - COUNTED).delete()
