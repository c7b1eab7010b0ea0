"""A komunitas: its application, its area, what was checked before it was validated, its officers, its members."""

from collections.abc import Iterable

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.groups.states import (
    ONE_AT_A_TIME,
    GroupKind,
    GroupState,
    GroupTermCode,
    NominationState,
    OfficerRole,
)
from okoce.community.members.models import Member
from okoce.community.organisations.models import (
    AbstractCheck,
    AbstractChecklistItem,
    AbstractService,
    ChecklistItemQuerySet,
    ServiceQuerySet,
)
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class GroupQuerySet(ScopedQuerySet["Group"]):
    def locked(self, group_id: int) -> "Group":
        """The komunitas as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=group_id)

    def hold_all(self, group_ids: Iterable[int]) -> None:
        """Hold several until the end of the deed, those of a lower number first: so that no two deeds wait for each other."""
        list(self.select_for_update(of=("self",), no_key=True).filter(pk__in=set(group_ids)).order_by("pk"))


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
    others = models.TextField(
        blank=True, default="", db_default=""
    )  # who else helps to run it, as she tells it
    answer = models.TextField(
        blank=True, default="", db_default=""
    )  # to the last question of the secretariat
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


class ItemQuerySet(ChecklistItemQuerySet["ChecklistItem"]):
    """Named, so that types are known of it."""


class GroupTerm(models.Model):
    """A term by which komunitas are judged, from a day on: the secretariat may decide otherwise later."""

    code = models.TextField(choices=GroupTermCode.choices)
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["GroupTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="groups_groupterm_once"),
            models.CheckConstraint(condition=Q(code__in=GroupTermCode.values), name="groups_groupterm_code"),
            models.CheckConstraint(condition=Q(value__gt=0), name="groups_groupterm_positive"),
        ]


class Silence(models.Model):
    """Since which day nothing was noted of the people of an active komunitas, as the hourly look found it, so that a menu counts
    a few rows and not a movement; and on which days, in this spell of quiet, its chair was warned and everybody concerned was told.
    """

    group = models.OneToOneField(Group, models.CASCADE, primary_key=True, related_name="silence")
    since_on = models.DateField()
    warned_on = models.DateField(null=True)
    told_on = models.DateField(null=True)

    objects = ScopedQuerySet["Silence"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["since_on"], name="groups_silence_since")]


class ChecklistItem(AbstractChecklistItem):
    """What the secretariat looks at before it validates a komunitas."""

    objects = ItemQuerySet.as_manager()


class Check(AbstractCheck):
    """Whether a komunitas meets one item, as it was last judged, when and by whom."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="checks")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="+")

    objects = ScopedQuerySet["Check"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "item"], name="groups_check_once")]


class OfficerQuerySet(ServiceQuerySet["Officer"]):
    """Likewise."""


class Officer(AbstractService):
    """Somebody's office in a komunitas, with its days and the grant that it brought; since when its chair has been to the targets,
    which no other record tells."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="officers")
    role = models.TextField(choices=OfficerRole.choices)
    targets_read_on = models.DateField(null=True)

    objects = OfficerQuerySet.as_manager()

    class Meta(AbstractService.Meta):
        constraints = [
            *AbstractService.Meta.constraints,
            ExclusionConstraint(
                name="groups_officer_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("user_id", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="groups_officer_one_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=[str(role) for role in ONE_AT_A_TIME]),
            ),
            models.CheckConstraint(condition=Q(role__in=OfficerRole.values), name="groups_officer_role"),
        ]
        indexes = [models.Index(fields=["user_id"], name="groups_officer_by_user")]


class Nomination(TimedModel):
    """A member whom her chair proposes for an office of their komunitas, and what the secretariat said to it. A nomination gives no
    right: an office is given by an appointment alone."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="nominations")
    user_id = models.BigIntegerField()
    role = models.TextField(choices=OfficerRole.choices)
    proposed_on = models.DateField()
    state = models.TextField(choices=NominationState.choices, default=NominationState.WAITING)
    state_on = models.DateField()
    state_reason = models.TextField(blank=True, default="", db_default="")

    objects = ScopedQuerySet["Nomination"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user_id", "role"],
                condition=Q(state="waiting"),
                name="groups_nomination_waits_once",
            ),
            models.CheckConstraint(condition=Q(role__in=OfficerRole.values), name="groups_nomination_role"),
            models.CheckConstraint(
                condition=Q(state__in=NominationState.values), name="groups_nomination_state"
            ),
        ]
        indexes = [
            models.Index(fields=["user_id"], name="groups_nomination_by_user"),
            models.Index(fields=["id"], condition=Q(state="waiting"), name="groups_nomination_waiting"),
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
