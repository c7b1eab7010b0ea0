"""Imports of members files: what came in, from whom, how far it is, and what became of its rows.

Rows are not kept. What was refused lies in a file that is thrown away after thirty days, because it holds personal data.
"""

from django.db import models
from django.db.models import Q

from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.stages.p1_registration.states import ImportState


class Import(TimedModel):
    """One members file on its way in. The counts move in the transaction of the rows they count."""

    author = models.TextField()
    author_user_id = models.BigIntegerField(null=True)
    file_name = models.TextField()
    stored_as = models.TextField(blank=True, default="")
    sha256 = models.TextField()
    size = models.BigIntegerField()
    mapping = models.JSONField(default=dict)
    state = models.TextField(choices=ImportState.choices, default=ImportState.UPLOADED)
    is_synthetic = models.BooleanField(default=False)
    total = models.IntegerField(null=True)
    last_line = models.IntegerField(default=0)
    rows = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    queued = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)
    rejects_as = models.TextField(blank=True, default="")
    rejects_size = models.BigIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    purged_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["Import"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="registration_import_state"
            ),
        ]
        indexes = [
            models.Index(fields=["author_user_id", "-id"], name="registration_import_author"),
            models.Index(
                fields=["created_at"], name="registration_import_kept", condition=Q(purged_at__isnull=True)
            ),
        ]

    @property
    def taken(self) -> int:
        return self.new + self.known
