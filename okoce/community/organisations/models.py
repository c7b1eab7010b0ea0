"""What a number may apply for and how long its contact is kept; abstract tables: a checklist, a judgement on one of its items, and
somebody's time of service."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from okoce.community.organisations.states import ApplicationTermCode, Applies
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ApplicationTerm(models.Model):
    """A limit or a term of public applications, from a day on: the secretariat may decide otherwise later."""

    code = models.TextField(choices=ApplicationTermCode.choices)
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["ApplicationTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="organisations_applicationterm_once"),
            models.CheckConstraint(
                condition=Q(code__in=ApplicationTermCode.values), name="organisations_applicationterm_code"
            ),
            models.CheckConstraint(condition=Q(value__gt=0), name="organisations_applicationterm_positive"),
        ]


class Filed(models.Model):
    """That a number sent an application, under a keyed hash: it outlasts a contact that was taken back, for as long as it counts."""

    applies = models.TextField(choices=Applies.choices)
    phone_hash = models.BinaryField()
    filed_since = models.DateTimeField()

    objects = ScopedQuerySet["Filed"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applies__in=Applies.values), name="organisations_filed_applies"
            ),
        ]
        indexes = [
            models.Index(fields=["phone_hash", "applies"], name="organisations_filed_phone"),
            models.Index(fields=["filed_since"], name="organisations_filed_since"),
        ]


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
