"""Throwing away registrations that nobody finished, and what is left of those that were."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from okoce.stages.p1_registration.applications.queries import oldest_kept
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep

# A line that dropped comes back within a day; a number whose code was never typed may be a stranger's.
SHORT = timedelta(days=1)


def forget_drafts() -> int:
    """Delete every draft whose time is over; answers how many."""
    is_short = Q(step__in=[DraftStep.CODE, DraftStep.DONE])
    over = Q(updated_at__lt=oldest_kept()) | (is_short & Q(updated_at__lt=timezone.now() - SHORT))
    deleted, _per_table = RegistrationDraft.objects.filter(over).delete()
    return deleted
