"""Imports of members files: what came in, from whom, how far it is, and what became of its rows. What came in at a desk.

Rows of a file are not kept. What was refused lies in a file that is thrown away after thirty days, because it holds personal
data.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.statements import run_prepared
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


# A second one with the same key waits here until the first has ended, and then answers no row.
_TAKE_KEY = """
INSERT INTO registration_desksubmission (author_user_id, key, told_hash, is_new, is_paper, created_at)
VALUES (%(author)s, %(key)s, %(told_hash)s, false, %(is_paper)s, now())
ON CONFLICT (author_user_id, key) DO NOTHING
RETURNING id
"""


class DeskSubmissionQuerySet(ScopedQuerySet["DeskSubmission"]):
    def take(self, **note: Any) -> int | None:
        """The id of a fresh note, or None where this officer's key has been answered already."""
        taken = run_prepared(_TAKE_KEY, note)
        return int(taken[0][0]) if taken else None


class DeskSubmission(models.Model):
    """One person whom an officer sent from the desk, under the key that the browser gave: sent again, it is answered alike.

    `member` is empty where the person was known already and lies outside of the officer's reach.
    """

    author_user_id = models.BigIntegerField()
    key = models.TextField()
    told_hash = models.BinaryField()
    member = models.ForeignKey(
        Member, models.DO_NOTHING, null=True, related_name="desk_submissions", db_index=False
    )
    is_new = models.BooleanField(default=False)
    is_paper = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    objects = DeskSubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author_user_id", "key"], name="registration_desksubmission_once"
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="registration_desk_age"),
            models.Index(fields=["author_user_id", "-id"], name="registration_desk_author"),
        ]
