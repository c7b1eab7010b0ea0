"""Imports of members files, what came in at a desk, and registrations that somebody has begun herself.

Of a file what came in, from whom, how far it is, and what became of its rows; the rows are not kept. What was refused lies in a
file that is thrown away after thirty days, because it holds personal data.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.statements import run_prepared
from okoce.stages.p1_registration.states import DraftStep, ImportState


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
    warnings_as = models.TextField(blank=True, default="")
    warnings_size = models.BigIntegerField(default=0)
    # how many rows were refused, or warned of, for which reason; without what the reasons quote
    refused_kinds = models.JSONField(default=dict)
    warned_kinds = models.JSONField(default=dict)
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

    @property
    def meanings(self) -> dict[str, str]:
        """What was chosen for headers, without those that are not to be read: it outlasts the file, to be proposed again."""
        return {header: column for header, column in self.mapping.items() if column}

    @property
    def files(self) -> list[str]:
        """Everything of it that is kept on disk."""
        return [name for name in (self.stored_as, self.rejects_as, self.warnings_as) if name]


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


class RegistrationTerm(models.Model):
    """A term of registering that a law or a decision sets, from a day on: at what age one answers for oneself, how many days a
    draft is kept."""

    code = models.TextField()
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["RegistrationTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="registration_term_once"),
            models.CheckConstraint(condition=Q(value__gt=0), name="registration_term_positive"),
        ]


class RegistrationDraftQuerySet(ScopedQuerySet["RegistrationDraft"]):
    def unfinished(self) -> Self:
        """Begun by somebody who has shown that the telephone is hers."""
        return self.filter(member_id__isnull=True, verified_since__isnull=False)

    def callable(self) -> Self:
        """Whose owner agreed to be called about it."""
        return self.filter(callable_since__isnull=False)

    def locked(self, draft_id: int) -> "RegistrationDraft | None":
        """The draft, held until the end of the transaction: twenty submits of one registration queue up here."""
        return self.select_for_update(of=("self",), no_key=True).filter(pk=draft_id).first()


class RegistrationDraft(TimedModel):
    """A registration that somebody has begun on her own telephone. What she told is encrypted, and goes when she is a member.

    `phone_hash` finds it again after her number was verified on another device. Region and komunitas stand in the clear so
    that rows have a scope; alone they name nobody.
    """

    step = models.TextField(choices=DraftStep.choices, default=DraftStep.CODE)
    answers = models.BinaryField()
    phone_hash = models.BinaryField()
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    group_id = models.BigIntegerField(null=True)
    verified_since = models.DateTimeField(null=True)
    callable_since = models.DateTimeField(null=True)
    call_text_version = models.TextField(blank=True, default="")
    member_id = models.BigIntegerField(null=True)
    has_made_member = models.BooleanField(default=False)  # and not found her in the records

    objects = RegistrationDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=DraftStep.values), name="registration_draft_step"),
            models.CheckConstraint(
                condition=Q(step=DraftStep.DONE, member_id__isnull=False, answers=b"")
                | (~Q(step=DraftStep.DONE) & Q(member_id__isnull=True)),
                name="registration_draft_done",
            ),
            models.CheckConstraint(
                condition=Q(step=DraftStep.CODE) | Q(verified_since__isnull=False),
                name="registration_draft_verified",
            ),
            models.CheckConstraint(
                condition=Q(callable_since__isnull=True, call_text_version="")
                | (Q(callable_since__isnull=False) & ~Q(call_text_version="")),
                name="registration_draft_call_paired",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_hash"], name="registration_draft_phone"),
            models.Index(fields=["updated_at"], name="registration_draft_kept"),
            models.Index(
                fields=["group_id", "-id"],
                name="registration_draft_group",
                condition=Q(group_id__isnull=False),
            ),
            models.Index(fields=["region", "-id"], name="registration_draft_region"),
        ]
