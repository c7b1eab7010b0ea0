"""Accesses that somebody opened for herself where no grant of hers reaches, and how long they last."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from okoce.foundation.access.roles import EMERGENCY_ROLES
from okoce.foundation.accounts.states import EmergencyTermCode
from okoce.foundation.shared.models import ScopedQuerySet


class EmergencyAccessQuerySet(ScopedQuerySet["EmergencyAccess"]):
    def open_at(self, at: datetime) -> Self:
        return self.filter(opened_since__lte=at, until__gt=at, ended_at__isnull=True)


class EmergencyAccess(models.Model):
    """One of them: who, where, why, from when until when. It ends by itself at `until`, and sooner where somebody ended it;
    nothing makes it longer."""

    user_id = models.BigIntegerField()
    role = models.TextField()
    region = models.CharField(max_length=13, db_collation="C")
    reason = models.TextField()
    opened_since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=sorted(EMERGENCY_ROLES)), name="accounts_emergency_role"
            ),
            models.CheckConstraint(condition=~Q(region="") & ~Q(reason=""), name="accounts_emergency_stated"),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_since")), name="accounts_emergency_period"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="accounts_emergency_ended_paired",
            ),
        ]
        indexes = [models.Index(fields=["user_id", "-until"], name="accounts_emergency_of_user")]


class EmergencyTerm(models.Model):
    """A term of these accesses, from a day on."""

    code = models.TextField(choices=EmergencyTermCode.choices)
    value = models.PositiveIntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["EmergencyTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="accounts_emergencyterm_once"),
            models.CheckConstraint(
                condition=Q(code__in=EmergencyTermCode.values), name="accounts_emergencyterm_code"
            ),
        ]
