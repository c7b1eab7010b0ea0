"""Branches of the association, offices and who holds them, what layer 1 does for the komunitas, and the terms of all of it."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.association.states import BranchState, Organ, SupportKind, TermCode
from okoce.community.groups.models import Group
from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class BranchQuerySet(ScopedQuerySet["Branch"]):
    def locked(self, branch_id: int) -> "Branch":
        """The branch as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=branch_id)

    def open(self) -> Self:
        return self.exclude(state=BranchState.CLOSED)


class Branch(TimedModel):
    """The association in one place; "" is its centre. What is above it follows from the territory. Never deleted (a trigger)."""

    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    founded_on = models.DateField()
    founder_user_id = models.BigIntegerField(null=True)
    decree = models.TextField()
    state = models.TextField(choices=BranchState.choices, default=BranchState.PLANNED)
    state_on = models.DateField()
    state_reason = models.TextField(blank=True, default="")

    objects = BranchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region"], condition=~Q(state="closed"), name="association_branch_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BranchState.values), name="association_branch_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("paused", "closed")) | ~Q(state_reason=""),
                name="association_branch_reason",
            ),
            models.CheckConstraint(
                condition=Q(state_on__gte=F("founded_on")), name="association_branch_days"
            ),
        ]


class PositionQuerySet(ScopedQuerySet["Position"]):
    def real(self) -> Self:
        """Without those that were taken back before they began."""
        return self.exclude(until_on=F("from_on"))

    def valid_on(self, day: date) -> Self:
        """The offices that there were on a day, in their order."""
        rows = self.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))
        return rows.order_by("place", "id")


class Position(models.Model):
    """An office of the association, from a day until (not including) another: at the centre or in branches, for one at a time or
    for several. `role` is the grant that whoever holds it usually needs; it is shown, never given.

    A version that was taken back before it began ends on its first day, with a reason. `cuts_short`: the version before it would
    have gone on without it.
    """

    code = models.TextField()
    name = models.TextField()
    name_en = models.TextField()
    organ = models.TextField(choices=Organ.choices)
    is_single = models.BooleanField()
    is_central = models.BooleanField()
    role = models.TextField(blank=True, default="")
    place = models.SmallIntegerField(default=0)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    cuts_short = models.BooleanField(default=True, db_default=True)
    back_reason = models.TextField(blank=True, default="", db_default="")

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "from_on"],
                condition=~Q(until_on=F("from_on")),
                name="association_position_since",
            ),
            models.CheckConstraint(condition=Q(organ__in=Organ.values), name="association_position_organ"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="association_position_period",
            ),
            models.CheckConstraint(
                condition=(~Q(until_on=F("from_on")) & Q(back_reason=""))
                | (Q(until_on=F("from_on")) & ~Q(back_reason="")),
                name="association_position_taken_back",
            ),
        ]


class TenureQuerySet(ScopedQuerySet["Tenure"]):
    def real(self) -> Self:
        """Without those that were taken back before they began."""
        return self.exclude(until_on=F("from_on"))

    def not_ended_by(self, day: date) -> Self:
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def valid_on(self, day: date) -> Self:
        return self.real().not_ended_by(day).filter(from_on__lte=day)

    def crossing(self, from_on: date, until_on: date | None) -> Self:
        """Terms that have a day in common with this one."""
        rows = self.real().not_ended_by(from_on)
        return rows.filter(from_on__lt=until_on) if until_on is not None else rows


class Tenure(TimedModel):
    """Somebody's term of office, from a day until (not including) another; one that was taken back ends on its first day.

    She is an account, a member, or both. `named_on`: since when she agrees that everybody reads her name.
    """

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="tenures")
    position = models.TextField()  # the code: the row that holds depends on the day
    is_single = models.BooleanField()  # as the position was when it began: the constraint looks at it
    user_id = models.BigIntegerField(null=True)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    decree = models.TextField()
    end_reason = models.TextField(blank=True, default="")  # where it ended before its time
    named_on = models.DateField(null=True)

    objects = TenureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user_id__isnull=False) | Q(member__isnull=False), name="association_tenure_holder"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="association_tenure_period",
            ),
            ExclusionConstraint(  # one chair, one person
                name="association_tenure_one_at_a_time",
                expressions=[
                    ("branch", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_single=True),
            ),
            ExclusionConstraint(
                name="association_tenure_once_each",
                expressions=[
                    ("branch", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    ("user_id", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="association_tenure_by_user"),
            models.Index(fields=["until_on", "id"], name="association_tenure_by_end"),
        ]


class SupportQuerySet(ScopedQuerySet["Support"]):
    def standing(self) -> Self:
        return self.filter(struck_on__isnull=True)


class Support(TimedModel):
    """What somebody of layer 1 did for a komunitas on a day; struck with a reason where it was a mistake, never deleted."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="supports")
    kind = models.TextField(choices=SupportKind.choices)
    by_user_id = models.BigIntegerField()
    day_on = models.DateField()
    minutes_count = models.PositiveSmallIntegerField()
    agreed = models.TextField()
    next_step = models.TextField(blank=True, default="")
    next_on = models.DateField(null=True)
    struck_on = models.DateField(null=True)
    struck_reason = models.TextField(blank=True, default="")

    objects = SupportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SupportKind.values), name="association_support_kind"),
            models.CheckConstraint(condition=Q(minutes_count__gt=0), name="association_support_minutes"),
            models.CheckConstraint(
                condition=Q(next_step="", next_on__isnull=True)
                | (~Q(next_step="") & Q(next_on__isnull=False)),
                name="association_support_next_paired",
            ),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True, struck_reason="")
                | (Q(struck_on__isnull=False) & ~Q(struck_reason="")),
                name="association_support_struck_paired",
            ),
        ]
        indexes = [
            models.Index(fields=["group", "-day_on", "-id"], name="association_support_of_group"),
            models.Index(fields=["-day_on", "-id"], name="association_support_by_day"),
        ]


class AssociationTerm(models.Model):
    """A number by which this is judged, from a day on: the secretariat may decide otherwise later."""

    code = models.TextField(choices=TermCode.choices)
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["AssociationTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="association_term_once"),
            models.CheckConstraint(condition=Q(code__in=TermCode.values), name="association_term_code"),
            models.CheckConstraint(condition=Q(value__gt=0), name="association_term_positive"),
        ]
