"""The one table of the dashboards: files of people that officers asked for. The file itself is gone after a day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from okoce.dashboards.states import ExportFormat, ExportState
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class Export(TimedModel):
    """One file of people on its way out: asked by whom, narrowed how (`query` is the list's own address), how far it is."""

    author = models.TextField()
    author_user_id = models.BigIntegerField()
    query = models.TextField(blank=True, default="")
    chosen = ArrayField(
        models.BigIntegerField(), null=True
    )  # these people alone; null: everybody of the list
    format = models.TextField(choices=ExportFormat.choices)
    state = models.TextField(choices=ExportState.choices, default=ExportState.WAITING)
    done = models.IntegerField(default=0)
    reach = models.TextField(blank=True, default="")  # the scopes within which the file was made
    is_cut = models.BooleanField(default=False)
    stored_as = models.TextField(blank=True, default="")
    error = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["Export"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ExportState.values), name="dashboards_export_state"
            ),
            models.CheckConstraint(
                condition=Q(format__in=ExportFormat.values), name="dashboards_export_format"
            ),
            models.CheckConstraint(
                condition=Q(chosen__isnull=True) | Q(chosen__len__gt=0), name="dashboards_export_chosen"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["author_user_id", "-id"], name="dashboards_export_author"),
            models.Index(
                fields=["created_at"], name="dashboards_export_kept", condition=Q(purged_at__isnull=True)
            ),
        ]
