"""A komunitas and its membership periods."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.groups.states import GroupKind, GroupState
from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class Group(TimedModel):
    """A komunitas penggerak. Only an active one takes members; none is ever deleted."""

    code = models.TextField()
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    kind = models.TextField(choices=GroupKind.choices, default=GroupKind.OTHER)
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    state = models.TextField(choices=GroupState.choices, default=GroupState.APPLIED)
    validated_on = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False)

    objects = ScopedQuerySet["Group"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="groups_group_code"),
            models.UniqueConstraint(fields=["name_key"], name="groups_group_name"),
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="groups_group_state"),
        ]


class Membership(models.Model):
    """A member's time in a komunitas, from a day until (not including) another. `from_on` null means since entry."""

    # held to existing people by the statement that restates them (ADR 0012)
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="memberships", db_constraint=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="groups_membership_one_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(from_on__isnull=False) | Q(until_on__isnull=False),
            ),
            # nearly everybody has one row without days: kept out of the exclusion's index, which is three quarters of the
            # cost of writing it (measured), and held to one per person by these and by a trigger (migration 0003)
            models.UniqueConstraint(
                fields=["member"], condition=Q(until_on__isnull=True), name="groups_membership_one_open"
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(from_on__isnull=True), name="groups_membership_one_since_ever"
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="groups_membership_period",
            ),
        ]
