"""Who looked at whose data, and the terms of a person's rights."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from okoce.community.members.models import Member
from okoce.community.privacy.breach_models import (  # noqa: F401  (tables that stand beside what reads them)
    Breach,
    BreachPerson,
    NoticeText,
)
from okoce.community.privacy.states import (
    AccountLookedAt,
    ErasureOrigin,
    LookedAt,
    RequestKind,
    RequestOrigin,
    TermCode,
)
from okoce.foundation.shared.models import ScopedQuerySet
from okoce.foundation.shared.statements import run_prepared

# One row an officer, person and page within the span: looked up first, and held by the unique constraint against two at once.
_NOTE = """
INSERT INTO privacy_look (member_id, user_id, role, region, group_id, partner_id, page, reason, at, span, emergency_id)
SELECT %(member)s::bigint, %(user)s::bigint, %(role)s::text, %(region)s::text, %(group)s::bigint, %(partner)s::bigint,
  %(page)s::text, '', now(), %(span)s::bigint, %(emergency)s::bigint
WHERE NOT EXISTS (
  SELECT 1 FROM privacy_look WHERE member_id = %(member)s::bigint AND user_id = %(user)s::bigint
    AND page = %(page)s::text AND emergency_id IS NOT DISTINCT FROM %(emergency)s::bigint
    AND span >= %(span)s::bigint - 1 AND at > now() - make_interval(secs => %(seconds)s::int))
ON CONFLICT DO NOTHING
"""


class LookQuerySet(ScopedQuerySet["Look"]):
    def note(self, **look: Any) -> None:
        """Write a look, unless the same officer has only just opened the same page: one statement."""
        run_prepared(_NOTE, look)

    def unmaskings_of(self, user_id: int, since: datetime) -> int:
        """How many NIK an officer has opened since then."""
        return self.filter(page=LookedAt.NIK, user_id=user_id, at__gte=since).count()


class Look(models.Model):
    """An officer opened a page of a person: in which role and for which office, when, and, for a NIK in full, why.

    `span` numbers the stretch of time within which the same page counts as one look; a NIK has none, each counts.
    `emergency_id`: the access that the officer had opened for herself, where nothing else let her look.
    """

    # held to existing people by the page that was opened (ADR 0012)
    member = models.ForeignKey(
        Member, models.DO_NOTHING, related_name="looks", db_index=False, db_constraint=False
    )
    user_id = models.BigIntegerField()
    role = models.TextField()
    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    group_id = models.BigIntegerField(null=True)
    partner_id = models.BigIntegerField(null=True)
    page = models.TextField(choices=LookedAt.choices)
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_default=Now())
    span = models.BigIntegerField(null=True)
    emergency_id = models.BigIntegerField(null=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(page__in=LookedAt.values), name="privacy_look_page"),
            models.CheckConstraint(
                condition=Q(page=LookedAt.NIK, span__isnull=True) & ~Q(reason="")
                | ~Q(page=LookedAt.NIK) & Q(span__isnull=False, reason=""),
                name="privacy_look_reasoned",
            ),
            models.UniqueConstraint(
                fields=["member", "user_id", "page", "span", "emergency_id"],
                condition=Q(span__isnull=False),
                nulls_distinct=False,
                name="privacy_look_once_each",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="privacy_look_of_member"),
            models.Index(fields=["at"], name="privacy_look_age"),
            models.Index(
                fields=["emergency_id"],
                name="privacy_look_of_emergency",
                condition=Q(emergency_id__isnull=False),
            ),
            models.Index(fields=["user_id", "at"], name="privacy_look_nik", condition=Q(page=LookedAt.NIK)),
        ]


_NOTE_ACCOUNT = """
INSERT INTO privacy_accountlook (subject_user_id, user_id, role, region, group_id, partner_id, page, at, span)
SELECT %(subject)s::bigint, %(user)s::bigint, %(role)s::text, %(region)s::text, %(group)s::bigint, %(partner)s::bigint,
  %(page)s::text, now(), %(span)s::bigint
WHERE NOT EXISTS (
  SELECT 1 FROM privacy_accountlook WHERE subject_user_id = %(subject)s::bigint AND user_id = %(user)s::bigint
    AND page = %(page)s::text AND span >= %(span)s::bigint - 1 AND at > now() - make_interval(secs => %(seconds)s::int))
ON CONFLICT DO NOTHING
"""


class AccountLookQuerySet(ScopedQuerySet["AccountLook"]):
    def note(self, **look: Any) -> None:
        """Likewise: unless the same officer has only just opened the same page."""
        run_prepared(_NOTE_ACCOUNT, look)


class AccountLook(models.Model):
    """An officer (`user_id`) opened a page with the contact of whoever has an account and no record (`subject_user_id`).

    A table of its own: `Look` is written before every page of a member, and held to once by an index in which her record stands
    first (ADR 0053).
    """

    subject_user_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    role = models.TextField()
    region = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    group_id = models.BigIntegerField(null=True)
    partner_id = models.BigIntegerField(null=True)
    page = models.TextField(choices=AccountLookedAt.choices)
    at = models.DateTimeField(db_default=Now())
    span = models.BigIntegerField()

    objects = AccountLookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(page__in=AccountLookedAt.values), name="privacy_accountlook_page"
            ),
            models.UniqueConstraint(
                fields=["subject_user_id", "user_id", "page", "span"], name="privacy_accountlook_once"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_user_id", "-id"], name="privacy_accountlook_of"),
            models.Index(fields=["at"], name="privacy_accountlook_age"),
        ]


class PrivacyTerm(models.Model):
    """A term of these rights, from a day on: a law or a decision may change it."""

    code = models.TextField(choices=TermCode.choices)
    value = models.IntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["PrivacyTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="privacy_term_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="privacy_term_positive"),
            models.CheckConstraint(condition=Q(code__in=TermCode.values), name="privacy_term_code"),
        ]


class ErasureRequestQuerySet(ScopedQuerySet["ErasureRequest"]):
    def waiting(self) -> Self:
        """Neither taken back nor carried out."""
        return self.filter(withdrawn_at__isnull=True, erased_at__isnull=True)


class ErasureRequest(models.Model):
    """Somebody wants to be erased. Until `not_before` she may think better of it; then the house does it by itself.

    It is about a member, or about the account `user_id` of somebody who is none. `letter` says where a written request is filed; it
    goes with her.
    """

    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="erasure_requests")
    user_id = models.BigIntegerField(null=True)
    origin = models.TextField(choices=ErasureOrigin.choices)
    letter = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    not_before = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(withdrawn_at__isnull=True, erased_at__isnull=True),
                name="privacy_erasure_one_waiting",
            ),
            models.UniqueConstraint(
                fields=["user_id"],
                condition=Q(withdrawn_at__isnull=True, erased_at__isnull=True),
                name="privacy_erasure_one_of_account",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, user_id__isnull=False)
                | Q(member__isnull=False, user_id__isnull=True),
                name="privacy_erasure_about",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=ErasureOrigin.values), name="privacy_erasure_origin"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, erased_at__isnull=True),
                name="privacy_erasure_withdrawn_paired",
            ),
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="privacy_erasure_due",
                condition=Q(withdrawn_at__isnull=True, erased_at__isnull=True),
            ),
        ]


class RestrictionQuerySet(ScopedQuerySet["Restriction"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class Restriction(models.Model):
    """A member has her data used for nothing: kept and counted, but not handed on, not taken along, nobody new helps her.

    `Member.is_restricted` says the same of the record; this says since when, by whose word, and until when.
    """

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="restrictions")
    origin = models.TextField(choices=RequestOrigin.choices)
    letter = models.TextField(blank=True, default="")
    restricted_at = models.DateTimeField()
    restricted_by = models.BigIntegerField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.BigIntegerField(null=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(lifted_at__isnull=True),
                name="privacy_restriction_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=RequestOrigin.values), name="privacy_restriction_origin"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="privacy_restriction_lifted_paired",
            ),
        ]


class DataRequestQuerySet(ScopedQuerySet["DataRequest"]):
    def waiting(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def locked(self, request_id: int) -> "DataRequest":
        return self.select_for_update(of=("self",), no_key=True).get(pk=request_id)


class DataRequest(models.Model):
    """What a member, or whoever has an account alone (`user_id`), asks about her data, in her words, who takes it on, and the answer.
    The clock is set when she asks: a later term does not make it longer. `letter` says where a written one is filed; it goes with
    her."""

    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="data_requests")
    user_id = models.BigIntegerField(null=True)
    kind = models.TextField(choices=RequestKind.choices)
    origin = models.TextField(choices=RequestOrigin.choices, default=RequestOrigin.OWN)
    letter = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    due = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_by = models.BigIntegerField(null=True)
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestKind.values), name="privacy_request_kind"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="privacy_request_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="privacy_request_taken_paired",
            ),
            models.CheckConstraint(
                condition=Q(origin=RequestOrigin.OWN, letter="") | Q(origin=RequestOrigin.WRITTEN),
                name="privacy_request_origin",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, user_id__isnull=False)
                | Q(member__isnull=False, user_id__isnull=True),
                name="privacy_request_about",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due", "id"], name="privacy_request_waiting", condition=Q(answered_at__isnull=True)
            ),
            models.Index(
                fields=["user_id"], name="privacy_request_of_account", condition=Q(user_id__isnull=False)
            ),
            models.Index(
                fields=["answered_at"],
                name="privacy_request_answered",
                condition=Q(answered_at__isnull=False),
            ),
        ]
