"""What somebody set out to reach: a number of one metric, in one scope, by a day, as a source says it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from okoce.foundation.shared.models import ScopedQuerySet
from okoce.pipeline.states import Metric


class Target(models.Model):
    """One target. Targets contradict each other in the press: each stands by itself, none is ever derived from another, and
    none is deleted; one that no longer holds is withdrawn with a reason.

    `node` as the tallies know it ("" the nation, "31", "K:12"), `K:*` for every active komunitas, or `P:7-pas` for a
    programme. `set_by` is the role in which it was written down here, or whence it was loaded; whose target it is, the source
    says.
    """

    metric = models.TextField(choices=Metric.choices)
    node = models.CharField(max_length=80, blank=True, default="", db_collation="C")
    from_on = models.DateField()
    until_on = models.DateField()
    value = models.BigIntegerField()
    source = models.TextField()
    set_by = models.TextField()
    set_at = models.DateTimeField(db_default=Now())
    withdrawn_on = models.DateField(null=True)
    withdrawal_reason = models.TextField(blank=True, default="")

    objects = ScopedQuerySet["Target"].as_manager()

    class Meta:
        app_label = "pipeline"
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "node", "from_on", "until_on", "value", "source"],
                name="pipeline_target_once",
            ),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="pipeline_target_metric"),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="pipeline_target_period"),
            models.CheckConstraint(condition=Q(value__gt=0), name="pipeline_target_value"),
            models.CheckConstraint(condition=~Q(source=""), name="pipeline_target_source"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawal_reason="")),
                name="pipeline_target_withdrawn",
            ),
            models.CheckConstraint(
                condition=~Q(metric=Metric.ENTREPRENEURS_PER_COMMUNITY) | Q(node__startswith="K:"),
                name="pipeline_target_per_group",
            ),
        ]
        indexes = [models.Index(fields=["node", "until_on"], name="pipeline_target_node")]
