"""Merges that were made, what is needed to undo each, and how long that is kept. Read by the deeds and queries of merging."""

import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.foundation.shared.keys import decrypt, encrypt
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.pipeline.row_images import Images

JOURNAL_PURPOSE = "pipeline.merge"


class MergeTerm(models.Model):
    """For how many days a merge can be undone, from a day on: dated data, since a policy may change it."""

    from_on = models.DateField()
    days = models.SmallIntegerField()
    source = models.TextField(blank=True, default="")

    class Meta:
        app_label = "pipeline"
        constraints = [
            models.UniqueConstraint(fields=["from_on"], name="pipeline_mergeterm_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="pipeline_mergeterm_days"),
        ]


def undoable_days(day: date) -> int:
    """The term that holds on a day. LookupError where the data has a gap."""
    term = MergeTerm.objects.filter(from_on__lte=day).order_by("-from_on").first()
    if term is None:
        raise LookupError(f"no term for undoing merges holds on {day}")
    return term.days


class MergeQuerySet(ScopedQuerySet["Merge"]):
    def standing(self) -> "MergeQuerySet":
        """Merges that hold: not undone."""
        return self.filter(undone_at__isnull=True)

    def over(self) -> "MergeQuerySet":
        """What would undo these is kept no longer."""
        return self.filter(purged_at__isnull=True, undoable_until__lte=timezone.now())

    def locked(self, merge_id: int) -> "Merge":
        return self.select_for_update(of=("self",), no_key=True).get(pk=merge_id)


class Merge(models.Model):
    """One record was merged into another. `journal` is what was there before and after, encrypted; it goes when it was used,
    when its time is over, or when one of the two is erased."""

    kept = models.ForeignKey(Member, models.DO_NOTHING, related_name="+")
    absorbed = models.ForeignKey(Member, models.DO_NOTHING, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.BigIntegerField()
    undoable_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)
    purged_at = models.DateTimeField(null=True)
    journal = models.BinaryField(null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        app_label = "pipeline"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="pipeline_merge_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="pipeline_merge_two"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="pipeline_merge_undone_paired",
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True, journal__isnull=False)
                | Q(purged_at__isnull=False, journal__isnull=True),
                name="pipeline_merge_purged",
            ),
        ]
        indexes = [
            models.Index(
                fields=["undoable_until"],
                name="pipeline_merge_journals",
                condition=Q(purged_at__isnull=True),
            ),
        ]


@dataclass(frozen=True, slots=True)
class Journal:
    """Every row of the two people that a merge could touch, before it and after it."""

    before: Images
    after: Images

    def sealed(self) -> bytes:
        said = [[[*place, image] for place, image in images.items()] for images in (self.before, self.after)]
        return encrypt(JOURNAL_PURPOSE, zlib.compress(json.dumps(said).encode()))

    def reworded(self, reword: Callable[[str, str, Any], Any]) -> "Journal":
        """The same with each value as this says it of table, column and value."""

        def said(images: Images) -> Images:
            return {
                place: image and {name: reword(place[0], name, value) for name, value in image.items()}
                for place, image in images.items()
            }

        return Journal(said(self.before), said(self.after))

    @classmethod
    def opened(cls, sealed: bytes | memoryview) -> "Journal":
        said = json.loads(zlib.decompress(decrypt(JOURNAL_PURPOSE, bytes(sealed))))
        before, after = ({(label, key): image for label, key, image in images} for images in said)
        return cls(before, after)
