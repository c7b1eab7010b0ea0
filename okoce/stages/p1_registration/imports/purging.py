"""Throwing away what an import leaves on disk once it is thirty days old."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from okoce.stages.p1_registration.imports.storage import KEPT_DAYS, UPLOADS
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import BUSY


def files_over() -> QuerySet[Import]:
    """Imports older than thirty days whose files are still there."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    return Import.objects.filter(created_at__lt=limit, purged_at__isnull=True).exclude(state__in=BUSY)


def purge_old_files() -> int:
    """Delete uploads and rejects of imports older than thirty days; the counts stay. Answers how many imports."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS)
    purged = 0
    for work in files_over().order_by("id"):
        for stored in work.files:
            UPLOADS.forget(stored)
        Import.objects.filter(pk=work.pk).update(
            purged_at=timezone.now(), mapping=work.meanings, refused_kinds={}, warned_kinds={}
        )
        purged += 1
    _forget_again(limit)
    return purged


def _forget_again(since: datetime) -> None:
    """A worker that was killed right after somebody was erased may have left the file in which she stands."""
    for work in Import.objects.filter(purged_at__gte=since):
        for stored in work.files:
            UPLOADS.forget(stored)
