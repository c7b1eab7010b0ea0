"""Users and what they were granted, and what sign-in remembers. A grant has a period, and each counts for itself."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from okoce.foundation.accounts.emergency_models import (  # noqa: F401  (tables that stand beside what reads them)
    EmergencyAccess,
    EmergencyTerm,
)
from okoce.foundation.accounts.states import CodePurpose, CountScope, GuessScope
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class UserManager(BaseUserManager["User"]):
    def with_contact(self, contact: str) -> "models.QuerySet[User]":
        """The active accounts with this phone (E.164) or e-mail: a phone may be a family's."""
        return self.filter(Q(phone=contact) | Q(email__iexact=contact), is_active=True).order_by("pk")

    def with_password(self, contact: str) -> "models.QuerySet[User]":
        """Those of them that a password opens; a member's account has none."""
        return self.with_contact(contact).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(pk=int(username or 0))


class User(AbstractBaseUser):
    """Somebody who can sign in: by phone or e-mail. `member_id` links to the member's own record; a phone may be shared by
    the members of a family, and by one officer beside them."""

    name = models.TextField()
    phone = models.TextField(null=True, blank=True)
    email = models.EmailField(null=True, blank=True)
    member_id = models.BigIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_synthetic = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_since = models.DateTimeField(null=True, blank=True)  # what was done in office stays a number's

    objects = UserManager()
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone"], condition=Q(member_id__isnull=True), name="accounts_user_officer_phone"
            ),
            models.UniqueConstraint(
                fields=["member_id"], condition=Q(member_id__isnull=False), name="accounts_user_member"
            ),
            models.UniqueConstraint(Lower("email"), name="accounts_user_email"),
            models.CheckConstraint(
                condition=Q(erased_since__isnull=True) & (Q(phone__isnull=False) | Q(email__isnull=False))
                | Q(erased_since__isnull=False, phone__isnull=True, email__isnull=True, is_active=False),
                name="accounts_user_reachable",
            ),
        ]
        indexes = [models.Index(fields=["phone"], name="accounts_user_by_phone")]

    def __str__(self) -> str:
        return self.name


class RoleAssignmentQuerySet(ScopedQuerySet["RoleAssignment"]):
    def valid_on(self, day: date) -> "RoleAssignmentQuerySet":
        return self.not_ended_by(day).filter(from_on__lte=day)

    def not_ended_by(self, day: date) -> "RoleAssignmentQuerySet":
        """Those that hold then, or will later."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day))


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


class SignInCode(models.Model):
    """The one code that a phone has for a purpose, kept only as a keyed hash; accepted once.

    `used_by_hash` says by which browser, so that a button that was tapped twice is answered twice alike.
    """

    purpose = models.TextField(choices=CodePurpose.choices)
    phone_hash = models.BinaryField()
    code_hash = models.BinaryField()
    at = models.DateTimeField()
    until = models.DateTimeField()
    tries_count = models.SmallIntegerField(default=0)
    used_since = models.DateTimeField(null=True)
    used_by_hash = models.BinaryField(null=True)

    objects = ScopedQuerySet["SignInCode"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone_hash", "purpose"], name="accounts_signincode_one"),
            models.CheckConstraint(
                condition=Q(purpose__in=CodePurpose.values), name="accounts_signincode_purpose"
            ),
            models.CheckConstraint(
                condition=Q(used_since__isnull=True, used_by_hash__isnull=True)
                | Q(used_since__isnull=False, used_by_hash__isnull=False),
                name="accounts_signincode_used_paired",
            ),
        ]


class CodeCount(models.Model):
    """How many codes were sent to one phone, for one address or at all, within an hour or a day that began at `since`."""

    scope = models.TextField(choices=CountScope.choices)
    key_hash = models.BinaryField()
    since = models.DateTimeField()
    count = models.IntegerField()

    objects = ScopedQuerySet["CodeCount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_hash", "scope", "since"], name="accounts_codecount_one"),
            models.CheckConstraint(condition=Q(scope__in=CountScope.values), name="accounts_codecount_scope"),
        ]


class Guessing(models.Model):
    """Wrong codes for one phone or from one address: how many since the last lock, how many locks, and until when.

    `phone_encrypted` stands only from a lock until its owner was told.
    """

    scope = models.TextField(choices=GuessScope.choices)
    key_hash = models.BinaryField()
    wrong_count = models.IntegerField(default=0)
    locks_count = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    phone_encrypted = models.BinaryField(null=True)
    at = models.DateTimeField()

    objects = ScopedQuerySet["Guessing"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_hash", "scope"], name="accounts_guessing_one"),
            models.CheckConstraint(condition=Q(scope__in=GuessScope.values), name="accounts_guessing_scope"),
        ]


class CodeLimit(models.Model):
    """How many codes may be sent, from a day on. Dated data and no constant: each costs money, the budget is decided by the
    secretariat and grows in a month of campaigns, and a refusal of last week must stay explicable."""

    from_on = models.DateField(unique=True)
    phone_hour = models.PositiveIntegerField()
    phone_day = models.PositiveIntegerField()
    address_hour = models.PositiveIntegerField()
    address_day = models.PositiveIntegerField()
    day = models.PositiveIntegerField()

    objects = ScopedQuerySet["CodeLimit"].as_manager()
