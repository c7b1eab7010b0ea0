"""A komunitas: its application, its area, what was checked before it was validated, its officers, its members."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.groups.states import GroupKind, GroupState, OfficerRole
from okoce.community.members.models import Member
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class GroupQuerySet(ScopedQuerySet["Group"]):
    def locked(self, group_id: int) -> "Group":
        """The komunitas as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=group_id)


class ChecklistItemQuerySet(ScopedQuerySet["ChecklistItem"]):
    def valid_on(self, day: date) -> Self:
        """What was asked of a komunitas on that day, in order."""
        rows = self.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))
        return rows.order_by("place", "id")


class Group(TimedModel):
    """A komunitas penggerak. Only an active one takes members; none is ever deleted.

    `region` is its home: the smallest place that holds its whole area ("" is the nation); grants reach it by that place (ADR 0021).
    """

    code = models.TextField()
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    kind = models.TextField(choices=GroupKind.choices, default=GroupKind.OTHER)
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    state = models.TextField(choices=GroupState.choices, default=GroupState.APPLIED)
    state_on = models.DateField(null=True)  # since when it stands there; unknown of the oldest
    state_reason = models.TextField(blank=True, default="", db_default="")
    validated_on = models.DateField(null=True)
    purpose = models.TextField(blank=True, default="", db_default="")
    is_synthetic = models.BooleanField(default=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], name="groups_group_code"),
            # a refused application must not keep its name from whoever founds a real one
            models.UniqueConstraint(
                fields=["name_key"], condition=~Q(state="refused"), name="groups_group_name"
            ),
            models.CheckConstraint(condition=Q(state__in=GroupState.values), name="groups_group_state"),
        ]


class Application(TimedModel):
    """Who founded a komunitas and asked for it to be validated. Kept beside the komunitas: its readers need not know her number."""

    group = models.OneToOneField(Group, models.CASCADE, related_name="application")
    founder_name = models.TextField()
    founder_phone = models.TextField(db_collation="C")
    # by a code; null where somebody signed in applied from the account that has the number
    phone_proven_since = models.DateTimeField(null=True)
    founder_user_id = models.BigIntegerField(null=True)
    applied_on = models.DateField()

    objects = ScopedQuerySet["Application"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(founder_name__gt="", founder_phone__gt=""), name="groups_application_founder"
            ),
        ]
        indexes = [models.Index(fields=["founder_phone"], name="groups_application_phone")]


class GroupArea(models.Model):
    """A kecamatan in which a komunitas works, from a day until (not including) another."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="areas")
    region = models.CharField(max_length=8, db_collation="C")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet["GroupArea"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="groups_grouparea_once",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="groups_grouparea_period",
            ),
        ]
        indexes = [
            models.Index(fields=["region"], condition=Q(until_on__isnull=True), name="groups_grouparea_open")
        ]


class ChecklistItem(models.Model):
    """What the secretariat looks at before it validates a komunitas, from a day until (not including) another.

    Both languages stand in the row: what was asked of a komunitas in its time stays readable word for word.
    """

    code = models.TextField()
    text = models.TextField()
    text_en = models.TextField()
    place = models.SmallIntegerField(default=0)  # in the list
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="groups_checklistitem_since"),
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="groups_checklistitem_in_both_languages"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="groups_checklistitem_period",
            ),
        ]


class Check(models.Model):
    """Whether a komunitas meets one item, as it was last judged, when and by whom."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="checks")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")
    is_met = models.BooleanField()
    checked_at = models.DateTimeField()
    checked_by = models.TextField()

    objects = ScopedQuerySet["Check"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "item"], name="groups_check_once")]


class OfficerQuerySet(ScopedQuerySet["Officer"]):
    def not_ended_by(self, day: date) -> Self:
        """Whoever serves then, or will later."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def crossing(self, from_on: date, until_on: date | None) -> Self:
        """Periods that have a day in common with this one; one that was taken back has none."""
        rows = self.not_ended_by(from_on).exclude(until_on=F("from_on"))
        return rows.filter(from_on__lt=until_on) if until_on is not None else rows


class Officer(TimedModel):
    """Somebody's office in a komunitas, from a day until (not including) another, with the grant that it brought.

    An office that was taken back before it began ends on its first day, and has no grant.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="officers")
    user_id = models.BigIntegerField()
    role = models.TextField(choices=OfficerRole.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    assignment_id = models.BigIntegerField(null=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="groups_officer_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("user_id", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(role__in=OfficerRole.values), name="groups_officer_role"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="groups_officer_period",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="groups_officer_by_user")]


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
