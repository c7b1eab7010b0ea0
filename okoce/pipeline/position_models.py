"""Tables derived from the standings: where each person stands today, and how many since when (ADR 0018)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from okoce.foundation.shared.models import ScopedQuerySet
from okoce.pipeline.states import Stage

GROUPED = Q(group_id__isnull=False)
_ORDER = ("cell", "since_on", "member_id")


def _in_order_of_time(*fields: str) -> models.Index:
    """An index of one width of place: each cell in order of time, with the names to sort a few by."""
    name = f"pipeline_position_{fields[0] if fields else 'nation'}"
    return models.Index(fields=[*fields, *_ORDER], include=("name_key",), name=name)


def _of_group() -> models.Index:
    """The same of a komunitas; it tells where each lives too, so that those of one place are found without their rows."""
    carried = ("name_key", "province", "regency", "region")
    return models.Index(
        fields=["group_id", *_ORDER], include=carried, name="pipeline_position_group_id", condition=GROUPED
    )


class Position(models.Model):
    """Where one person stands today, derived by the database: the furthest completed stage, since when, and the reason that
    is open. `cell` is stage, reason and business at entry in one number. Nobody writes it by hand (ADR 0018).

    `asked_stage` and `asked_on` are the stage and the day of the standstill that the daily look has seen to (ADR 0037): no part of
    the truth, a mark that spares it from being looked at again. Of any other standstill it says nothing.
    """

    member_id = models.BigIntegerField(primary_key=True)
    region = models.CharField(max_length=8, db_collation="C")
    province = models.CharField(max_length=2, db_collation="C")
    regency = models.CharField(max_length=5, db_collation="C")
    group_id = models.BigIntegerField(null=True)
    stage = models.SmallIntegerField()
    since_on = models.DateField()
    reason = models.TextField(blank=True, default="", db_collation="C")
    entry_state = models.TextField(db_collation="C")
    cell = models.SmallIntegerField()
    name_key = models.TextField(db_collation="C")
    asked_stage = models.SmallIntegerField(null=True)
    asked_on = models.DateField(null=True)

    objects = ScopedQuerySet["Position"].as_manager()

    class Meta:
        indexes = [
            _in_order_of_time(),
            _in_order_of_time("province"),
            _in_order_of_time("regency"),
            _in_order_of_time("region"),
            _of_group(),
            models.Index(
                fields=["since_on", "member_id"],
                name="pipeline_position_unasked",
                condition=Q(stage__lt=max(Stage).value) & ~Q(asked_stage=F("stage"), asked_on=F("since_on")),
            ),
        ]


class Unplaced(models.Model):
    """People whom a mass deed touched, until the worker has placed them."""

    ids = ArrayField(models.BigIntegerField())

    objects = ScopedQuerySet["Unplaced"].as_manager()


class PositionDelta(models.Model):
    """A change of how many stand since a day, not yet folded."""

    province = models.CharField(max_length=2, db_collation="C")
    stage = models.SmallIntegerField()
    since_on = models.DateField()
    people = models.IntegerField()

    objects = ScopedQuerySet["PositionDelta"].as_manager()


class PositionSum(models.Model):
    """How many people of the nation ("") or a province have stood behind a stage since a day."""

    pk = models.CompositePrimaryKey("node", "stage", "since_on")
    node = models.CharField(max_length=2, db_collation="C")
    stage = models.SmallIntegerField()
    since_on = models.DateField()
    people = models.IntegerField()

    objects = ScopedQuerySet["PositionSum"].as_manager()
