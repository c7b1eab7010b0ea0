"""What a komunitas shows to be believed, and what a komunitas or mitra may call itself."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from okoce.community.groups.models import Group
from okoce.community.partners.models import Partner
from okoce.community.trust.states import CertificateEnd, NameState, name_state
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class Certificate(models.Model):
    """The certificate of a komunitas: a code by lot, valid until it is revoked; the sheet is drawn anew each time."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="certificates")
    code = models.TextField(unique=True, db_collation="C")
    issued_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    issued_by = models.TextField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="", choices=CertificateEnd.choices)

    objects = ScopedQuerySet["Certificate"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(revoked_at__isnull=True), name="trust_certificate_one_valid"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="", reason="")
                | (Q(revoked_at__isnull=False, reason__in=CertificateEnd.values) & ~Q(revoked_by="")),
                name="trust_certificate_revoked_paired",
            ),
        ]


class NamePermissionQuerySet(ScopedQuerySet["NamePermission"]):
    def locked(self, permission_id: int) -> "NamePermission":
        """The permission as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=permission_id)


class NamePermission(TimedModel):
    """A komunitas or a mitra may call itself so, under conditions, from a day until another (its last), unless it is
    withdrawn. Never deleted: what once held must stay readable."""

    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="name_permissions")
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="name_permissions")
    code = models.TextField(unique=True, db_collation="C")
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    conditions = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    given_by = models.TextField()
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.TextField(blank=True, default="")
    withdrawn_reason = models.TextField(blank=True, default="")

    objects = NamePermissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, partner__isnull=True)
                | Q(group__isnull=True, partner__isnull=False),
                name="trust_namepermission_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(name__gt="", conditions__gt=""), name="trust_namepermission_says_what"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="trust_namepermission_period",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
                name="trust_namepermission_withdrawn_paired",
            ),
            ExclusionConstraint(  # one name, one holder: else nobody knows who is meant
                name="trust_namepermission_one_at_a_time",
                expressions=[
                    ("name_key", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]

    def state_on(self, day: date) -> NameState:
        return name_state(day, self.from_on, self.until_on, self.withdrawn_on)

    @property
    def holder_name(self) -> str:
        """The komunitas or mitra that has it; it must have been read along."""
        return self.group.name if self.group else self.partner.name if self.partner else ""
