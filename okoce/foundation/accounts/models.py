"""Users and what they were granted. A grant has a period, and each counts for itself."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class UserManager(BaseUserManager["User"]):
    def with_contact(self, contact: str) -> "User | None":
        """The user whose phone (E.164) or e-mail this is."""
        return self.filter(Q(phone=contact) | Q(email__iexact=contact), is_active=True).first()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(pk=int(username or 0))


class User(AbstractBaseUser):
    """Somebody who can sign in: by phone or e-mail. `member_id` links to the member's own record."""

    name = models.TextField()
    phone = models.TextField(null=True, blank=True)
    email = models.EmailField(null=True, blank=True)
    member_id = models.BigIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], name="accounts_user_phone"),
            models.UniqueConstraint(Lower("email"), name="accounts_user_email"),
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False), name="accounts_user_reachable"
            ),
        ]


class RoleAssignmentQuerySet(ScopedQuerySet["RoleAssignment"]):
    def valid_on(self, day: date) -> "RoleAssignmentQuerySet":
        return self.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))


class RoleAssignment(TimedModel):
    """A grant: one role within a territory, a komunitas and/or a partner, from a day until (not including) another."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.TextField()
    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    group_id = models.BigIntegerField(null=True, blank=True)
    partner_id = models.BigIntegerField(null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="accounts_roleassignment_period",
            ),
        ]


class ApiToken(models.Model):
    """A bearer token, kept only as a hash; the text is printed once."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.TextField(blank=True, default="")
    token_hash = models.BinaryField(unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SignInAttempt(models.Model):
    """A failed sign-in, so that guessing is slowed per contact and per address."""

    contact_hash = models.BinaryField()
    address = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["contact_hash", "at"], name="accounts_attempt_contact"),
            models.Index(fields=["address", "at"], name="accounts_attempt_address"),
        ]
