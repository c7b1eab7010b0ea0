"""Members and their businesses. A region is a Kemendagri code; its prefix is the wider territory."""

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import BrinIndex, GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Left, Length, Now
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from okoce.community.members import duplicates, intake, words
from okoce.community.members.candidates import (  # noqa: F401  (tables that stand beside what reads them)
    DuplicateCandidate,
    SecondLook,
)
from okoce.community.members.numbers import holds_its_id
from okoce.community.members.purpose_models import Purpose  # noqa: F401  (likewise)
from okoce.community.members.states import (
    CardEnd,
    ConsentPurpose,
    EntryState,
    GuardianRelation,
    HelperPurpose,
    Sex,
    WorkStatus,
)
from okoce.foundation.shared.errors import Conflict
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange

# People live in a kecamatan: a wider region would be counted as the place that it is.
IS_DISTRICT = Exact(Length(F("region")), Value(8))


class MemberQuerySet(ScopedQuerySet["Member"]):
    def counted(self) -> "MemberQuerySet":
        """Persons that stand for themselves: not merged into another record."""
        return self.filter(merged_into__isnull=True)

    def locked(self, member_id: int) -> "Member":
        """The member's row, held until the end of the transaction: whatever concerns one person queues up here."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=member_id)

    def locked_standing(self, member_id: int) -> "Member":
        """Held likewise, for whatever is to be written about a person. Refuses a record that was merged: its person is told
        by another one, and what is written here would be lost to her; and one whose person was erased."""
        member = self.locked(member_id)
        if member.erased_at is not None:
            raise Conflict(
                _("Data orang ini sudah dihapus. Catatannya tinggal untuk hitungan, dan tidak diubah lagi.")
            )
        if member.merged_into_id is not None:
            raise Conflict(_("Catatan ini sudah digabung dengan catatan lain. Buka catatan yang berlaku."))
        return member

    def take_in(self, record_id: int, row: dict[str, Any], consent: dict[str, Any]) -> bool:
        """Write a new person with business and consents; False when somebody was faster with the same person."""
        return intake.insert_person(record_id, row, consent)


class Member(TimedModel):
    """A person in the movement. `region` is the kecamatan of residence today; history stands in Residence.

    `nik_hash` is a keyed hash for uniqueness, `nik_encrypted` the number itself under a rotatable key.
    """

    number = models.TextField()
    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    nik_encrypted = models.BinaryField(null=True)
    nik_hash = models.BinaryField(null=True)
    nik_masked = models.TextField(blank=True, default="")
    phone = models.TextField(null=True, blank=True, db_collation="C")
    email = models.TextField(blank=True, default="")
    birth_on = models.DateField(null=True)
    sex = models.TextField(blank=True, default="", choices=Sex.choices)
    work_status = models.TextField(blank=True, default="", choices=WorkStatus.choices)
    region = models.CharField(max_length=8, db_collation="C")
    village = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    address = models.TextField(blank=True, default="")
    group_id = models.BigIntegerField(null=True)
    source = models.TextField(blank=True, default="")
    registered_on = models.DateField()
    consent_on = models.DateField(null=True)
    is_synthetic = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed", db_index=False
    )
    left_on = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)
    is_restricted = models.BooleanField(default=False, db_default=False)  # kept and counted, used for no more

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            # as unique as the id: it is made of it, and an index of numbers would say the same at ten times the cost
            models.CheckConstraint(condition=holds_its_id("number"), name="members_member_number_of_id"),
            models.UniqueConstraint(
                fields=["nik_hash"],
                condition=Q(merged_into__isnull=True, nik_hash__isnull=False),
                name="members_member_nik",
            ),
            models.UniqueConstraint(
                fields=["phone", "name_key"],
                condition=Q(merged_into__isnull=True, phone__isnull=False),
                name="members_member_phone_name",
            ),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="members_member_sex"),
            models.CheckConstraint(condition=IS_DISTRICT, name="members_member_district"),
            models.CheckConstraint(
                condition=(Q(nik_hash__isnull=True) & Q(nik_encrypted__isnull=True))
                | (Q(nik_hash__isnull=False) & Q(nik_encrypted__isnull=False)),
                name="members_member_nik_paired",
            ),
        ]
        indexes = [
            # Lists and prefix searches come in order of name; each width of scope has an index in just that order.
            models.Index(fields=["name_key", "id"], name="members_member_name"),
            # The wide ones carry the whole code, so that names of a place are read from the index alone.
            models.Index(
                Left("region", 2), "name_key", "id", name="members_member_province_name", include=["region"]
            ),
            models.Index(
                Left("region", 5), "name_key", "id", name="members_member_regency_name", include=["region"]
            ),
            models.Index(fields=["region", "name_key", "id"], name="members_member_district_name"),
            models.Index(
                duplicates.namesake(), name="members_member_namesake", condition=Q(birth_on__isnull=False)
            ),
            models.Index(
                fields=["group_id", "name_key", "id"],
                name="members_member_group_name",
                condition=Q(group_id__isnull=False),
            ),
            # empty where everybody is real, so that asking costs nothing there
            models.Index(fields=["region"], name="members_member_synthetic", condition=Q(is_synthetic=True)),
            # whoever was merged away is still recognised; these hold nobody else
            models.Index(
                fields=["nik_hash"],
                name="members_member_merged_nik",
                condition=Q(merged_into__isnull=False, nik_hash__isnull=False),
            ),
            models.Index(
                fields=["phone", "name_key"],
                name="members_member_merged_phone",
                condition=Q(merged_into__isnull=False, phone__isnull=False),
            ),
            models.Index(
                fields=["merged_into"], name="members_member_absorbed", condition=Q(merged_into__isnull=False)
            ),
            # who came in lately; rows lie in that order, so it costs next to nothing
            BrinIndex(fields=["created_at"], name="members_member_created"),
            GinIndex(
                OpClass(Left("region", 5), name="text_ops"),
                OpClass(F("name_key"), name="gin_trgm_ops"),
                name="members_member_trigram",
            ),
            # any word of a name, the first apart from the others (ADR 0045)
            GinIndex(
                OpClass(Left("region", 5), name="text_ops"),
                OpClass(words.indexed_words(), name="tsvector_ops"),
                name="members_member_words",
            ),
        ]


class Business(TimedModel):
    """The business at entry: the baseline against which growth and added jobs are told. Money is rupiah a month.

    Like every table that has a say in where a person counts, it is held to existing people by the statement that
    restates them, at a fifth of the cost of a foreign key a row (ADR 0012); and a member is never deleted.
    """

    member = models.OneToOneField(
        Member, models.DO_NOTHING, primary_key=True, related_name="business", db_constraint=False
    )
    name = models.TextField(blank=True, default="")
    sector = models.TextField(blank=True, default="")
    entry_state = models.TextField(choices=EntryState.choices, default=EntryState.NONE)
    since_on = models.DateField(null=True)
    workers = models.IntegerField(null=True)
    monthly_turnover = models.BigIntegerField(null=True)
    nib = models.TextField(blank=True, default="")
    npwp = models.TextField(blank=True, default="")

    objects = ScopedQuerySet["Business"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry_state__in=EntryState.values), name="members_business_entry_state"
            ),
            models.CheckConstraint(
                condition=Q(workers__isnull=True) | Q(workers__gte=0), name="members_business_workers"
            ),
        ]


class Residence(models.Model):
    """Where a member who has moved lived from a day until (not including) another. `from_on` null means since ever.

    Whoever never moved has no rows: she lives where her own row says, since ever.
    """

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="residences", db_constraint=False)
    region = models.CharField(max_length=8, db_collation="C")
    village = models.CharField(max_length=13, blank=True, default="", db_collation="C")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet["Residence"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="members_residence_one_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                # one of the two is known: a home without days is the member's own row
                condition=(Q(from_on__isnull=False) | Q(until_on__isnull=False))
                & (Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gt=F("from_on"))),
                name="members_residence_period",
            ),
            models.CheckConstraint(condition=IS_DISTRICT, name="members_residence_district"),
        ]


class ConsentText(models.Model):
    """The words that a person agrees to, by purpose and version; a version holds the texts of all its purposes.

    Both languages stand in the row, not in the catalogue: what somebody agreed to must stay readable word for word."""

    purpose = models.TextField()
    version = models.TextField()
    from_on = models.DateField()
    text = models.TextField()
    detail = models.TextField(blank=True, default="")
    text_en = models.TextField()
    detail_en = models.TextField(blank=True, default="")

    objects = ScopedQuerySet["ConsentText"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="members_consenttext_version"),
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="members_consenttext_in_both_languages"
            ),
        ]


class Consent(models.Model):
    """A consent as it was given: purpose, text version, day, who witnessed it; withdrawn rather than deleted.

    Where the person agreed on her own telephone nobody witnessed it, and `recorded_at` is the instant at which she did.
    `partner_id`: the mitra that it names. The purpose is one of Purpose; the statement that writes it is held to that.
    """

    # held to existing people by the statement that writes it (ADR 0012)
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="consents", db_constraint=False)
    purpose = models.TextField(choices=ConsentPurpose.choices)
    text_version = models.TextField()
    given_on = models.DateField()
    witnessed_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    partner_id = models.BigIntegerField(null=True)
    withdrawn_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.BigIntegerField(null=True)

    objects = ScopedQuerySet["Consent"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_on__isnull=False),
                name="members_consent_withdrawn_paired",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partner_id", "member"],
                name="members_consent_partner",
                condition=Q(partner_id__isnull=False, withdrawn_on__isnull=True),
            ),
        ]


class GuardianConsent(models.Model):
    """The consent of whoever answers for somebody under age, beside the consent that it allows: by a code on the guardian's own
    phone, or before an officer; neither stands where it came in earlier. `erased_at`: without name and telephone since (ADR 0054)."""

    consent = models.OneToOneField(Consent, models.PROTECT, primary_key=True, related_name="guardian")
    name = models.TextField()
    phone = models.TextField(db_collation="C")
    relation = models.TextField(choices=GuardianRelation.choices)
    text_version = models.TextField()
    phone_proven_since = models.DateTimeField(null=True)
    witnessed_by = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    erased_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet["GuardianConsent"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(relation__in=GuardianRelation.values), name="members_guardianconsent_relation"
            ),
            models.CheckConstraint(
                condition=Q(name__gt="", phone__gt="", erased_at__isnull=True)
                | Q(name="", phone="", erased_at__isnull=False),
                name="members_guardianconsent_named",
            ),
        ]


def helping_on(day: date) -> Q:
    """Those who help on that day."""
    return Q(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)


class Helper(models.Model):
    """Who helps a member, for what, and since when: the one table through which mentors, trainers and banks reach a member."""

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="helpers")
    user_id = models.BigIntegerField(null=True)
    partner_id = models.BigIntegerField(null=True)
    purpose = models.TextField(choices=HelperPurpose.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet["Helper"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user_id__isnull=False) | Q(partner_id__isnull=False),
                name="members_helper_somebody",
            ),
            models.UniqueConstraint(
                fields=["member", "user_id", "purpose"],
                condition=Q(until_on__isnull=True, user_id__isnull=False),
                name="members_helper_once",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="members_helper_period",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=HelperPurpose.values), name="members_helper_purpose"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user_id", "member"], name="members_helper_user", condition=Q(user_id__isnull=False)
            ),
            models.Index(
                fields=["partner_id", "member"],
                name="members_helper_partner",
                condition=Q(partner_id__isnull=False),
            ),
        ]


class Card(models.Model):
    """A member card: a code by lot that says nothing of its member, valid until it is revoked; the paper itself is drawn anew
    each time. A merged record's card stays with that record, and is read as the survivor's."""

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="cards")
    code = models.TextField(unique=True, db_collation="C")
    issued_at = models.DateTimeField(auto_now_add=True, db_default=Now())
    issued_by = models.TextField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="", choices=CardEnd.choices)

    objects = ScopedQuerySet["Card"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(revoked_at__isnull=True), name="members_card_one_valid"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by="", reason="")
                | (Q(revoked_at__isnull=False, reason__in=CardEnd.values) & ~Q(revoked_by="")),
                name="members_card_revoked_paired",
            ),
        ]
