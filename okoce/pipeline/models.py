"""Stage records, evidence, rules, standstills, stated jobs; and the derived tables from which people are counted."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from okoce.community.members.models import Member
from okoce.community.partners.models import Partner
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange
from okoce.foundation.shared.statements import run_prepared
from okoce.pipeline import position_models  # noqa: F401  (Django looks for tables here)
from okoce.pipeline.batch_models import EvidenceBatch, EvidenceLine  # noqa: F401  (tables that stand by themselves)
from okoce.pipeline.merges import Merge, MergeTerm  # noqa: F401  (tables that stand beside what reads them)
from okoce.pipeline.rule_models import ProgrammeRule  # noqa: F401  (a table that stands beside its reader)
from okoce.pipeline.states import (
    EvidenceOrigin,
    EvidenceState,
    Grain,
    JobLevel,
    Stage,
    StageState,
    StandstillReason,
    evidence_kind_label,
)
from okoce.pipeline.target_models import Target  # noqa: F401  (a table that stands beside what a target is)
from okoce.pipeline.terms import StageTerm  # noqa: F401  (a table that stands beside its reader)


class Definition(models.Model):
    """What a figure means, in words, by version: printed beside the figure.

    Both languages stand in the row, not in the catalogue: an old version must stay readable after its text has left the
    code, and a new one is not a release.
    """

    code = models.TextField()
    version = models.IntegerField()
    from_on = models.DateField()
    text = models.TextField()
    text_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="pipeline_definition_version"),
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="pipeline_definition_in_both_languages"
            ),
        ]


class Evidence(TimedModel):
    """What was handed in for a stage of a person. Only verified evidence counts; refused and withdrawn is kept.

    None is ever deleted: the database refuses it.
    """

    # held to existing people by the statement that writes it (ADR 0012)
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="evidence", db_constraint=False)
    stage = models.SmallIntegerField(choices=Stage.choices)
    requirement = models.TextField()
    happened_on = models.DateField()
    kind = models.TextField(blank=True, default="")
    number = models.TextField(blank=True, default="")
    note = models.TextField(blank=True, default="")
    state = models.TextField(choices=EvidenceState.choices)
    origin = models.TextField(choices=EvidenceOrigin.choices)
    given_by = models.TextField()
    # the mitra that gave it: the class, the licence, the loan. Held to existing partners by the deed; none is ever deleted
    partner = models.ForeignKey(
        Partner, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    decided_by = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")

    objects = ScopedQuerySet["Evidence"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=7), name="pipeline_evidence_stage"),
            models.CheckConstraint(
                condition=Q(state__in=EvidenceState.values), name="pipeline_evidence_state"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="")
                | (Q(decided_at__isnull=False) & ~Q(decided_by="")),
                name="pipeline_evidence_decided_paired",
            ),
            models.CheckConstraint(
                condition=Q(state=EvidenceState.CLAIMED) | Q(decided_at__isnull=False),
                name="pipeline_evidence_decided",
            ),
        ]
        indexes = [
            # What waits to be verified is a handful among millions.
            models.Index(
                fields=["id"], name="pipeline_evidence_waiting", condition=Q(state=EvidenceState.CLAIMED)
            ),
            models.Index(
                fields=["partner", "stage", "happened_on"],
                name="pipeline_evidence_by_partner",
                condition=Q(partner__isnull=False),
            ),
        ]

    @property
    def kind_label(self) -> str:
        return evidence_kind_label(self.kind)


class StageRecordQuerySet(ScopedQuerySet["StageRecord"]):
    def complete_registration(self, member_id: int, rule_code: str, day: date) -> None:
        """Complete P1 of a member in one statement; one that is completed already stays as it is."""
        run_prepared(
            "INSERT INTO pipeline_stagerecord"
            " (member_id, stage, state, started_on, completed_on, rule_code, created_at, updated_at)"
            " VALUES (%(member)s, 1, 'completed', %(day)s, %(day)s, %(rule)s, now(), now())"
            " ON CONFLICT (member_id, stage) DO UPDATE SET state = 'completed', completed_on = excluded.completed_on,"
            " rule_code = excluded.rule_code, updated_at = now() WHERE pipeline_stagerecord.state <> 'completed'",
            {"member": member_id, "day": day, "rule": rule_code},
        )


class StageRecord(TimedModel):
    """Where a person stands with one stage. `completed_on` is the day the binding requirements became true."""

    # the unique constraint serves the member too; held to existing people by the statement that restates them (ADR 0012)
    member = models.ForeignKey(
        Member, models.DO_NOTHING, related_name="stage_records", db_index=False, db_constraint=False
    )
    stage = models.SmallIntegerField(choices=Stage.choices)
    state = models.TextField(choices=StageState.choices)
    started_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    # held to existing evidence in the same way; evidence is never deleted
    evidence = models.ForeignKey(
        Evidence, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    rule_code = models.TextField(blank=True, default="")

    objects = StageRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "stage"], name="pipeline_stagerecord_once"),
            models.CheckConstraint(
                condition=Q(stage__gte=1, stage__lte=7), name="pipeline_stagerecord_stage"
            ),
            models.CheckConstraint(
                condition=Q(state__in=StageState.values), name="pipeline_stagerecord_state"
            ),
            models.CheckConstraint(
                condition=Q(state=StageState.COMPLETED, completed_on__isnull=False)
                | (~Q(state=StageState.COMPLETED) & Q(completed_on__isnull=True)),
                name="pipeline_stagerecord_completed",
            ),
        ]


class Standstill(models.Model):
    """The main reason why a person has not completed a stage, from a day until (not including) another."""

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="standstills", db_constraint=False)
    stage = models.SmallIntegerField(choices=Stage.choices)
    reason = models.TextField(choices=StandstillReason.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    set_by = models.TextField()

    objects = ScopedQuerySet["Standstill"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="pipeline_standstill_one_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    ("stage", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(stage__gte=2, stage__lte=7), name="pipeline_standstill_stage"),
            models.CheckConstraint(
                condition=Q(reason__in=StandstillReason.values), name="pipeline_standstill_reason"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="pipeline_standstill_period",
            ),
        ]
        indexes = [
            models.Index(
                fields=["reason", "member"],
                name="pipeline_standstill_open",
                condition=Q(until_on__isnull=True),
            ),
        ]


class JobStatement(models.Model):
    """How many people work in the business (the owner included), stated for a day at a level of evidence."""

    # the unique constraint serves the member too
    member = models.ForeignKey(
        Member, models.DO_NOTHING, related_name="job_statements", db_index=False, db_constraint=False
    )
    stated_on = models.DateField()
    workers = models.IntegerField()
    level = models.TextField(choices=JobLevel.choices)
    given_by = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True, db_default=Now())

    objects = ScopedQuerySet["JobStatement"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "stated_on", "level"], name="pipeline_jobstatement_once"
            ),
            models.CheckConstraint(
                condition=Q(workers__gte=0, workers__lte=100_000), name="pipeline_jobstatement_workers"
            ),
            models.CheckConstraint(
                condition=Q(level__in=JobLevel.values), name="pipeline_jobstatement_level"
            ),
        ]


class Measures(models.Model):
    """The measure columns of tallies: persons, and what is counted of them."""

    people = models.IntegerField()
    women = models.IntegerField()
    new_businesses = models.IntegerField()
    existing_businesses = models.IntegerField()
    continued = models.IntegerField()
    jobs_claimed = models.IntegerField()
    jobs_verified = models.IntegerField()
    jobs_baseline = models.IntegerField()

    class Meta:
        abstract = True


LATER = ~Q(reason="") | Q(from_on__gt=F("since_on"))
ENDED = Q(until_on__isnull=False)
GROUPED = Q(group_id__isnull=False)


class Standing(models.Model):
    """Derived by the database from the records above: one row says "this person counts here, for this stage, from a day
    until another, with these measures". Nobody writes it by hand. `reason` is "" for a completed stage and a reason code
    for somebody who completed the stage before and not this one; `since_on` is the day on which the stage (with a reason:
    the one before) was completed. No foreign keys: it is rebuilt, never edited."""

    pk = models.CompositePrimaryKey("member_id", "stage", "reason", "from_on")
    member_id = models.BigIntegerField()
    stage = models.SmallIntegerField()
    reason = models.TextField(blank=True, default="", db_collation="C")
    region = models.CharField(max_length=8, db_collation="C")
    group_id = models.BigIntegerField(null=True)
    since_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    people = models.SmallIntegerField()
    women = models.SmallIntegerField()
    new_businesses = models.SmallIntegerField()
    existing_businesses = models.SmallIntegerField()
    continued = models.SmallIntegerField()
    jobs_claimed = models.IntegerField()
    jobs_verified = models.IntegerField()
    jobs_baseline = models.IntegerField()

    objects = ScopedQuerySet["Standing"].as_manager()

    class Meta:
        indexes = [
            # for the people of a kecamatan and of a komunitas alike: the lists, oldest first, and the beginnings that
            # are counted where no tally is kept; the later beginnings (after a move, a statement, with a reason); the ends
            models.Index(
                fields=["region", "since_on", "stage", "reason", "member_id"],
                name="pipeline_standing_of_area",
            ),
            models.Index(fields=["region", "from_on"], name="pipeline_standing_later", condition=LATER),
            models.Index(fields=["region", "until_on"], name="pipeline_standing_ended", condition=ENDED),
            models.Index(
                fields=["group_id", "since_on", "stage", "reason", "member_id"],
                name="pipeline_standing_of_group",
                condition=GROUPED,
            ),
            models.Index(
                fields=["group_id", "from_on"], name="pipeline_standing_g_later", condition=GROUPED & LATER
            ),
            models.Index(
                fields=["group_id", "until_on"], name="pipeline_standing_g_ended", condition=GROUPED & ENDED
            ),
        ]


class TallyDelta(Measures):
    """A change of counts that no tally has taken in yet; appended by triggers, folded by a job."""

    region = models.CharField(max_length=8, db_collation="C")
    group_id = models.BigIntegerField(null=True)
    stage = models.SmallIntegerField()
    reason = models.TextField(blank=True, default="", db_collation="C")
    day = models.DateField()

    objects = ScopedQuerySet["TallyDelta"].as_manager()


class TallySum(Measures):
    """What a node's counts changed by in one year, month or day. The count of a day is the sum of the years before its
    year, the months before its month, and the days up to it: 49 rows a stage at most in ten years. See 0003_tallies.py
    for which nodes have which; `all` is kept for the kecamatan of the map, and of komunitas for the board."""

    pk = models.CompositePrimaryKey("node", "grain", "start_on", "stage")
    node = models.CharField(max_length=24, db_collation="C")
    grain = models.CharField(max_length=1, db_collation="C", choices=Grain.choices)
    start_on = models.DateField()
    stage = models.SmallIntegerField()

    objects = ScopedQuerySet["TallySum"].as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["stage", "node"], name="pipeline_tallysum_now", condition=Q(grain="a")),
        ]


class TallyReason(models.Model):
    """The same for the people who stand still for one reason, with a column for each stage that they stand before. A row
    per stage, too, would make a day of a dense node ten times as many rows to read. There is none of all time."""

    pk = models.CompositePrimaryKey("node", "grain", "start_on", "reason")
    node = models.CharField(max_length=24, db_collation="C")
    grain = models.CharField(max_length=1, db_collation="C", choices=Grain.choices)
    start_on = models.DateField()
    reason = models.TextField(db_collation="C")
    p2 = models.IntegerField()
    p3 = models.IntegerField()
    p4 = models.IntegerField()
    p5 = models.IntegerField()
    p6 = models.IntegerField()
    p7 = models.IntegerField()

    objects = ScopedQuerySet["TallyReason"].as_manager()


class TallySpan(models.Model):
    """A year or month of a small node in which so much happened that finer sums are kept for it too, or will be soon."""

    pk = models.CompositePrimaryKey("node", "grain", "start_on")
    node = models.CharField(max_length=24, db_collation="C")
    grain = models.CharField(max_length=1, db_collation="C", choices=Grain.choices)
    start_on = models.DateField()
    is_divided = models.BooleanField()

    objects = ScopedQuerySet["TallySpan"].as_manager()


class TallyFold(models.Model):
    """One row: how many deltas were ever folded. With those not yet folded it numbers the commits that changed a count."""

    deltas = models.BigIntegerField()

    objects = ScopedQuerySet["TallyFold"].as_manager()
