"""Forgetting looks whose term is over."""

from datetime import timedelta

from django.utils import timezone

from okoce.community.privacy.models import Look, LookQuerySet
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import TermCode
from okoce.foundation.shared.days import today_wib


def kept_for() -> timedelta:
    return timedelta(days=term(TermCode.LOOKS_KEPT_DAYS, today_wib()))


def looks_over() -> LookQuerySet:
    """Those that are older than the term of today."""
    return Look.objects.filter(at__lt=timezone.now() - kept_for())


def forget_old_looks() -> int:
    """Delete the looks that are older than the term of today; answers how many."""
    return looks_over().delete()[0]
