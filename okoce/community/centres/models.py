"""A centre of entrepreneurship, and the states in which it was, each with its days."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.centres.states import REASONED, CentreState
from okoce.community.groups.models import Group
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class CentreQuerySet(ScopedQuerySet["Centre"]):
    def hold(self) -> Self:
        """As they stand now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True)

    def locked(self, centre_id: int) -> "Centre":
        """The centre as it stands now, held until the end of the deed."""
        return self.hold().select_related("group").get(pk=centre_id)

    def ever_open(self) -> Self:
        """Those that the secretariat has opened: before, a centre is the plan of a komunitas and nobody else's business."""
        return self.filter(pk__in=CentrePeriod.objects.filter(state=CentreState.OPEN).values("centre_id"))


class Centre(TimedModel):
    """A place with an address, for which one komunitas is responsible. None is ever deleted: the database refuses it.

    `state`, `state_on` and `state_reason` repeat the period that has not ended.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="centres")
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    region = models.CharField(max_length=8, db_collation="C")  # its kecamatan
    address = models.TextField()
    hours = models.TextField()
    contact_name = models.TextField(blank=True, default="")
    contact_phone = models.TextField(db_collation="C")
    state = models.TextField(choices=CentreState.choices, default=CentreState.PLANNED)
    state_on = models.DateField()
    state_reason = models.TextField(blank=True, default="")
    # of the building; the name of the kept picture and its size in pixels
    photo = models.TextField(blank=True, default="", db_collation="C")
    photo_width = models.PositiveSmallIntegerField(default=0)
    photo_height = models.PositiveSmallIntegerField(default=0)

    objects = CentreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name_key"], condition=~Q(state="closed"), name="centres_centre_name"
            ),
            models.CheckConstraint(condition=Q(state__in=CentreState.values), name="centres_centre_state"),
            models.CheckConstraint(
                condition=Q(region__regex=r"^\d\d\.\d\d\.\d\d$"), name="centres_centre_kecamatan"
            ),
        ]
        indexes = [
            models.Index(fields=["region"], name="centres_centre_region"),
            models.Index(fields=["name_key", "id"], name="centres_centre_by_name"),
        ]


class CentrePeriodQuerySet(ScopedQuerySet["CentrePeriod"]):
    def open_on(self, day: date) -> Self:
        """The times in which a centre was open at the end of a day."""
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day), state=CentreState.OPEN, from_on__lte=day
        )


class CentrePeriod(models.Model):
    """A centre was in a state from a day until (not including) another, and why; one that was left on its first day is empty."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="periods")
    state = models.TextField(choices=CentreState.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")

    objects = CentrePeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="centres_period_one_at_a_time",
                expressions=[
                    ("centre", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["centre"], condition=Q(until_on__isnull=True), name="centres_period_one_now"
            ),
            models.CheckConstraint(condition=Q(state__in=CentreState.values), name="centres_period_state"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="centres_period_days"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[str(state) for state in REASONED]) | ~Q(reason=""),
                name="centres_period_reasoned",
            ),
        ]
        indexes = [models.Index(fields=["state", "from_on"], name="centres_period_by_state")]
