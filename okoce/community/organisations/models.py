"""Abstract tables: a checklist, a judgement on one of its items, and somebody's time of service."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from okoce.foundation.shared.models import ScopedQuerySet, TimedModel

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ChecklistItemQuerySet(ScopedQuerySet[Row_co]):
    def valid_on(self, day: date) -> Self:
        """What was asked on that day, in order."""
        rows = self.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))
        return rows.order_by("place", "id")


class AbstractChecklistItem(models.Model):
    """What the secretariat looks at before it validates, from a day until (not including) another.

    Both languages stand in the row: what was asked in its time stays readable word for word.
    """

    code = models.TextField()
    text = models.TextField()
    text_en = models.TextField()
    place = models.SmallIntegerField(default=0)  # in the list
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="%(app_label)s_%(class)s_since"),
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="%(app_label)s_%(class)s_in_both_languages"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="%(app_label)s_%(class)s_period",
            ),
        ]


class AbstractCheck(models.Model):
    """Whether one item is met, as it was last judged, when and by whom. The table adds who is judged, and the item."""

    is_met = models.BooleanField()
    checked_at = models.DateTimeField()
    checked_by = models.TextField()

    class Meta:
        abstract = True


class ServiceQuerySet(ScopedQuerySet[Row_co]):
    def not_ended_by(self, day: date) -> Self:
        """Whoever serves then, or will later."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))

    def crossing(self, from_on: date, until_on: date | None) -> Self:
        """Periods that have a day in common with this one; one that was taken back has none."""
        rows = self.not_ended_by(from_on).exclude(until_on=F("from_on"))
        return rows.filter(from_on__lt=until_on) if until_on is not None else rows


class AbstractService(TimedModel):
    """Somebody serves from a day until (not including) another, with the grant that it brought.

    What was taken back before it began ends on its first day, and has no grant.
    """

    user_id = models.BigIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    assignment_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="%(app_label)s_%(class)s_period",
            ),
        ]
