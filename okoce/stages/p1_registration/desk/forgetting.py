"""Forgetting which keys were sent from the desk."""

from datetime import timedelta

from django.utils import timezone

from okoce.stages.p1_registration.models import DeskSubmission

KEPT_DAYS = 7


def forget_old_submissions() -> int:
    """Delete the notes older than a week; the members stay. Answers how many."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    return DeskSubmission.objects.filter(created_at__lt=limit).delete()[0]
