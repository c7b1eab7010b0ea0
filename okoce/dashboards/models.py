"""Files of people that officers asked for, and how many people a role may take along a day. The file itself is gone after a
day; who took whom along, when and why stays."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from okoce.dashboards.states import ExportFormat, ExportState
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class Export(TimedModel):
    """One file of people on its way out: asked by whom and why, narrowed how (`query` is the list's own address), how far it is.

    `code` stands in the file itself, so that a line of it that is found elsewhere leads back here.
    """

    author = models.TextField()
    author_user_id = models.BigIntegerField()
    code = models.TextField(blank=True, default="")  # none on those of before there were codes
    reason = models.TextField(blank=True, default="")
    query = models.TextField(blank=True, default="")
    chosen = ArrayField(
        models.BigIntegerField(), null=True
    )  # these people alone; null: everybody of the list
    format = models.TextField(choices=ExportFormat.choices)
    state = models.TextField(choices=ExportState.choices, default=ExportState.WAITING)
    done = models.IntegerField(default=0)
    counted = models.IntegerField(default=0)  # people held against the day of whoever asked
    reach = models.TextField(blank=True, default="")  # the scopes within which the file was made
    is_cut = models.BooleanField(default=False)
    stored_as = models.TextField(blank=True, default="")
    error = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)
    fetches_count = models.IntegerField(default=0)
    fetched_last = models.DateTimeField(null=True)  # the last time

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
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="dashboards_export_code"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["author_user_id", "-id"], name="dashboards_export_author"),
            models.Index(
                fields=["created_at"], name="dashboards_export_kept", condition=Q(purged_at__isnull=True)
            ),
        ]


class ExportLimit(models.Model):
    """How many people an officer of a role may take along in files on one day (WIB), from a day on. A role without a row may
    take nobody."""

    role = models.TextField()
    people_a_day = models.PositiveIntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["ExportLimit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "from_on"], name="dashboards_exportlimit_once"),
        ]
