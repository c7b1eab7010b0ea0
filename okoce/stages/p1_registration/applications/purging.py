"""Throwing away registrations that nobody finished, and what is left of those that were."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from okoce.stages.p1_registration.applications.queries import oldest_kept
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep

# A line that dropped comes back within a day; a number whose code was never typed may be a stranger's.
SHORT = timedelta(days=1)


def kept_for() -> timedelta:
    """How long one that waits for its person is kept."""
    return timezone.now() - oldest_kept()


def drafts_over() -> QuerySet[RegistrationDraft]:
    """Every draft whose time is over."""
    is_short = Q(step__in=[DraftStep.CODE, DraftStep.DONE])
    over = Q(updated_at__lt=oldest_kept()) | (is_short & Q(updated_at__lt=timezone.now() - SHORT))
    return RegistrationDraft.objects.filter(over)


def forget_drafts() -> int:
    """Delete every draft whose time is over; answers how many."""
    deleted, _per_table = drafts_over().delete()
    return deleted
