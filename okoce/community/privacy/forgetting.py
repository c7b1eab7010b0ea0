"""Forgetting looks whose term is over."""

from datetime import timedelta

from django.utils import timezone

from okoce.community.privacy.models import Look
from okoce.community.privacy.queries.rights import term
from okoce.community.privacy.states import TermCode
from okoce.foundation.shared.days import today_wib


def forget_old_looks() -> int:
    """Delete the looks that are older than the term of today; answers how many."""
    limit = timezone.now() - timedelta(days=term(TermCode.LOOKS_KEPT_DAYS, today_wib()))
    return Look.objects.filter(at__lt=limit).delete()[0]
