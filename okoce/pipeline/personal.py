"""What the pipeline holds about a person. Stages, reasons and stated jobs are the counts themselves; papers and words go."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from okoce.foundation.personal.mentions import MENTIONS, may_name
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.registry import forgets, not_forgotten, not_told, tells, told_rows
from okoce.foundation.personal.retention import Rule, keeps
from okoce.foundation.personal.traces import struck_out
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.batch_models import EvidenceLine
from okoce.pipeline.handing_in import KEPT_DAYS, batches_over
from okoce.pipeline.merges import Journal, Merge, undoable_days
from okoce.pipeline.models import Evidence, JobStatement, StageRecord, Standstill

may_name("pipeline.Evidence", "number", "note", "reason")
may_name("pipeline.EvidenceBatch", "note")
may_name("pipeline.EvidenceLine", "number", "sentence")
may_name("pipeline.ProgrammeRule", "name", "source", "reason")
may_name("pipeline.Target", "source", "withdrawal_reason")

COUNTED = "people are counted by it; it holds days, stages and numbers alone"
DERIVED = "derived by the database from what is told"
for table in ("Standing", "Position"):
    not_told(f"pipeline.{table}", DERIVED)
    not_forgotten(f"pipeline.{table}", "derived by the database; the name in it follows the member's at once")
for table in ("StageRecord", "Standstill", "JobStatement"):
    not_forgotten(f"pipeline.{table}", COUNTED)
not_told("pipeline.EvidenceBatch", "what an officer handed in on one occasion; of hers each line tells")
not_forgotten(
    "pipeline.EvidenceBatch",
    "holds a stage, a day and a remark, from which she is struck out; gone after a week",
)
not_told(
    "pipeline.Merge",
    "that two records were one person's stands in her history; the journal repeats the records",
)


@tells("evidence", "pipeline.Evidence")
def _(person: Person) -> object:
    rows = Evidence.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("given_by", "decided_by"))


@tells("evidence_of_occasions", "pipeline.EvidenceLine")
def _(person: Person) -> object:
    rows = EvidenceLine.objects.filter(member_id__in=person.member_ids)
    return told_rows(rows, without=("batch",))


@tells("stages", "pipeline.StageRecord")
def _(person: Person) -> object:
    return told_rows(StageRecord.objects.filter(member_id__in=person.member_ids))


@tells("reasons", "pipeline.Standstill")
def _(person: Person) -> object:
    return told_rows(Standstill.objects.filter(member_id__in=person.member_ids), without=("set_by",))


@tells("jobs", "pipeline.JobStatement")
def _(person: Person) -> object:
    return told_rows(JobStatement.objects.filter(member_id__in=person.member_ids), without=("given_by",))


@forgets("pipeline.Evidence")
def _(person: Person) -> None:
    """That a stage was proven, by what kind of paper and when, stays; the paper's number and all words go."""
    rows = Evidence.objects.filter(member_id__in=person.member_ids)
    rows.update(number="", note="", reason="", updated_at=timezone.now())


@forgets("pipeline.EvidenceLine")
def _(person: Person) -> None:
    """What waits is not handed in any more; of what was, the evidence tells."""
    EvidenceLine.objects.filter(member_id__in=person.member_ids).delete()


@forgets("pipeline.Merge")
def _(person: Person) -> None:
    """Whoever is erased is not brought back by undoing."""
    about = Merge.objects.filter(Q(kept_id__in=person.member_ids) | Q(absorbed_id__in=person.member_ids))
    about.filter(purged_at__isnull=True).update(journal=None, purged_at=timezone.now())
    _strike_out_of_journals(person)


def _strike_out_of_journals(person: Person) -> None:
    """Undoing another merge must not bring her name back into what was written about others."""

    def without(table: str, column: str, value: Any) -> Any:
        is_text = isinstance(value, str) and column in MENTIONS.get(table, ())
        return struck_out(person, value) if is_text else value

    for merge in Merge.objects.filter(purged_at__isnull=True).order_by("id").iterator():
        journal = Journal.opened(merge.journal or b"")
        if (less := journal.reworded(without)) != journal:
            Merge.objects.filter(pk=merge.pk).update(journal=less.sealed())


keeps(
    Rule(
        code="pipeline.merges",
        table="pipeline.Merge",
        what=_lazy("Jurnal untuk membatalkan penggabungan"),
        kept_for=lambda: timedelta(days=undoable_days(today_wib())),
        is_dated=True,
        job="pipeline.forget_old_merges",
        over=Merge.objects.over,
    )
)
keeps(
    Rule(
        code="pipeline.evidence_batches",
        table="pipeline.EvidenceBatch",
        what=_lazy("Daftar orang yang buktinya diserahkan sekaligus"),
        kept_for=lambda: timedelta(days=KEPT_DAYS),
        is_dated=False,
        job="pipeline.forget_old_batches",
        over=batches_over,
    )
)
