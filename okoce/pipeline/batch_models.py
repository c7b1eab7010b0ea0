"""Evidence that somebody hands in for many people at once: what it is, for whom, and what became of it for each.

What came of it stays where evidence always stays; this is the officer's own list of one occasion, and goes after a week.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.pipeline.states import BatchState, LineState, Stage


class EvidenceBatch(TimedModel):
    """One occasion: a class, a bazaar, a visit. `key` is the page's own, so that what was sent twice is handed in once."""

    author = models.TextField()
    author_user_id = models.BigIntegerField()
    key = models.TextField()
    language = models.TextField()  # in which a refusal is written down
    stage = models.SmallIntegerField(choices=Stage.choices)
    kind = models.TextField(blank=True, default="")
    happened_on = models.DateField()
    note = models.TextField(blank=True, default="")
    partner_id = models.BigIntegerField(null=True)
    state = models.TextField(choices=BatchState.choices, default=BatchState.WAITING)
    error = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["EvidenceBatch"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author_user_id", "key"], name="pipeline_evidencebatch_once"),
            models.CheckConstraint(condition=Q(stage__gte=2, stage__lte=7), name="pipeline_evidencebatch_stage"),
            models.CheckConstraint(
                condition=Q(state__in=BatchState.values), name="pipeline_evidencebatch_state"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["author_user_id", "-id"], name="pipeline_evidencebatch_author"),
            models.Index(fields=["created_at"], name="pipeline_evidencebatch_age"),
        ]


class EvidenceLineQuerySet(ScopedQuerySet["EvidenceLine"]):
    def waiting(self) -> Self:
        return self.filter(state=LineState.WAITING)

    def locked(self, line_id: int) -> "EvidenceLine | None":
        """The line, held until the end of the transaction; None where its person was erased."""
        return self.select_for_update(of=("self",), no_key=True).filter(pk=line_id).first()


class EvidenceLine(models.Model):
    """One person of a batch, and what became of it for her. Her document's number stands here until it is handed in."""

    batch = models.ForeignKey(EvidenceBatch, models.CASCADE, related_name="lines", db_index=False)
    place = models.IntegerField()
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="+")
    number = models.TextField(blank=True, default="")
    state = models.TextField(choices=LineState.choices, default=LineState.WAITING)
    sentence = models.TextField(blank=True, default="")

    objects = EvidenceLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="pipeline_evidenceline_place"),
            models.UniqueConstraint(fields=["batch", "member"], name="pipeline_evidenceline_once"),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="pipeline_evidenceline_state"),
            models.CheckConstraint(
                condition=Q(state=LineState.WAITING) | Q(number=""), name="pipeline_evidenceline_number"
            ),
        ]  # fmt: skip
