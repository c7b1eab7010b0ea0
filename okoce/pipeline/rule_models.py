"""Which rule of the programme holds where and when: dated data that the secretariat adds to (ADR 0030)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.shared.ranges import DateRange


class ProgrammeRule(models.Model):
    """Which requirements bind, where and when. The most specific region prefix that holds on a day wins.

    `programme` is what versions of one programme have in common ("7-pas"). `binding` are requirement codes (see
    requirements.py), `offered` the stages that exist there, `licences` the kinds of permit that complete P4. What has been in
    force is never changed: a version may only be given an end that is still to come. One that was taken back before its first
    day ends on that day, so it never holds. `ends` is the version whose end this one's beginning is, `ended_until` when that
    one would have ended otherwise.
    """

    code = models.TextField()
    name = models.TextField()
    programme = models.TextField()
    source = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    is_sequential = models.BooleanField()
    offered = ArrayField(models.SmallIntegerField())
    binding = ArrayField(models.TextField())
    licences = ArrayField(models.TextField())
    ends = models.ForeignKey("self", models.PROTECT, null=True, related_name="ended_by")
    ended_until = models.DateField(null=True)

    objects = ScopedQuerySet["ProgrammeRule"].as_manager()

    class Meta:
        app_label = "pipeline"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="pipeline_rule_code"),
            ExclusionConstraint(
                name="pipeline_rule_one_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="pipeline_rule_period",
            ),
            models.CheckConstraint(condition=~Q(programme=""), name="pipeline_rule_programme"),
            # everybody begins with P1, and by no other condition
            models.CheckConstraint(
                condition=Q(offered__contains=[1], binding__contains=["registration.consent"]),
                name="pipeline_rule_registration",
            ),
        ]
