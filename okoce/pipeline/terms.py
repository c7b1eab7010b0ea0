"""By when a stage is expected: dated reference data, read like the programme's rules.

A term binds nobody and closes no door; it is the date that a member's page names. Few rows, kept in the process for a
moment so that an edit shows at once everywhere.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.shared.ranges import DateRange

REMEMBERED_SECONDS = 1.0


class StageTerm(models.Model):
    """How many days after the stage before a stage is expected, and how many a check of its evidence may take.

    `rule_code` "" holds where a rule of the programme names no term of its own. `check_in_months`: every how many months
    the komunitas asks how it goes.
    """

    rule_code = models.TextField(blank=True, default="")
    stage = models.SmallIntegerField()
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    days = models.SmallIntegerField()
    check_days = models.SmallIntegerField()
    check_in_months = models.SmallIntegerField()

    objects = ScopedQuerySet["StageTerm"].as_manager()

    class Meta:
        app_label = "pipeline"
        constraints = [
            ExclusionConstraint(
                name="pipeline_stageterm_one_at_a_time",
                expressions=[
                    ("rule_code", RangeOperators.EQUAL),
                    ("stage", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=7), name="pipeline_stageterm_stage"),
            models.CheckConstraint(
                condition=Q(days__gt=0, check_days__gt=0, check_in_months__in=(1, 2, 3, 4, 6, 12)),
                name="pipeline_stageterm_positive",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="pipeline_stageterm_period",
            ),
        ]


@dataclass(frozen=True, slots=True)
class Term:
    """One term as everybody reads it."""

    rule_code: str
    stage: int
    from_on: date | None
    until_on: date | None
    days: int
    check_days: int
    check_in_months: int

    def holds(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or day < self.until_on
        )


class _Known:
    """The terms of this process, and when they were read."""

    terms: tuple[Term, ...] = ()
    read_at = -1e9


def all_terms() -> tuple[Term, ...]:
    """Every term; read again after a moment."""
    if time.monotonic() - _Known.read_at > REMEMBERED_SECONDS:
        columns = ("rule_code", "stage", "from_on", "until_on", "days", "check_days", "check_in_months")
        rows = StageTerm.objects.order_by("rule_code", "stage", "id").values_list(*columns)
        _Known.terms = tuple(Term(*row) for row in rows)
        _Known.read_at = time.monotonic()
    return _Known.terms


def forget_terms() -> None:
    """Whoever changes a term calls this, so that this process reads anew."""
    _Known.read_at = -1e9


def choose_term(terms: Sequence[Term], rule_code: str, stage: int, day: date) -> Term:
    """Pure: the rule's own term of the stage on a day, else the general one. LookupError where the data has a gap."""
    holding = [term for term in terms if term.stage == stage and term.holds(day)]
    for wanted in (rule_code, ""):
        for term in holding:
            if term.rule_code == wanted:
                return term
    raise LookupError(f"no term of stage {stage} holds on {day}")


def next_check_in(day: date, every_months: int) -> date:
    """Pure: the last day of the running quarter (or other span of the year) in which the day lies."""
    first_after = (day.month - 1) // every_months * every_months + every_months + 1
    year, month = day.year + (first_after > 12), (first_after - 1) % 12 + 1
    return date.fromordinal(date(year, month, 1).toordinal() - 1)
