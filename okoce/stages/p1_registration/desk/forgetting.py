"""Forgetting which keys were sent from the desk."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from okoce.stages.p1_registration.models import DeskSubmission

KEPT_DAYS = 7


def submissions_over() -> QuerySet[DeskSubmission]:
    """The notes older than a week."""
    return DeskSubmission.objects.filter(created_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))


def forget_old_submissions() -> int:
    """Delete the notes older than a week; the members stay. Answers how many."""
    return submissions_over().delete()[0]
