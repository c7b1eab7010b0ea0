"""A mitra: who proposed it, its territory, what was checked before it was validated, its contact persons."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from okoce.community.organisations.models import (
    AbstractCheck,
    AbstractChecklistItem,
    AbstractService,
    ChecklistItemQuerySet,
    ServiceQuerySet,
)
from okoce.community.partners.states import PartnerKind, PartnerState
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


class PartnerQuerySet(ScopedQuerySet["Partner"]):
    def locked(self, partner_id: int) -> "Partner":
        """The mitra as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=partner_id)


class Partner(TimedModel):
    """A mitra. Only an active one is sent people and signs agreements; none is ever deleted.

    `region` is its home: the smallest place that holds its whole territory ("" is the nation); grants reach it by that place.
    """

    name = models.TextField()
    name_key = models.TextField(db_collation="C")
    kind = models.TextField(choices=PartnerKind.choices)
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    state = models.TextField(choices=PartnerState.choices, default=PartnerState.PROPOSED)
    state_on = models.DateField(null=True)  # since when it stands there; unknown of the oldest
    state_reason = models.TextField(blank=True, default="", db_default="")
    validated_on = models.DateField(null=True)
    offer = models.TextField(blank=True, default="", db_default="")  # what it does for members, in its words
    offered_stages = ArrayField(
        models.SmallIntegerField(), default=list, db_default=[]
    )  # for which it offers that
    website = models.TextField(blank=True, default="", db_default="")
    is_synthetic = models.BooleanField(default=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partners_partner_kind"),
            models.CheckConstraint(condition=Q(state__in=PartnerState.values), name="partners_partner_state"),
            # a refused proposal must not keep its name from the genuine one
            models.UniqueConstraint(
                fields=["name_key"], condition=~Q(state="refused"), name="partners_partner_name"
            ),
            models.CheckConstraint(
                condition=Q(offered_stages__contained_by=[1, 2, 3, 4, 5, 6, 7]),
                name="partners_partner_stages",
            ),
        ]


class ContactTextQuerySet(ScopedQuerySet["ContactText"]):
    def valid_on(self, day: date) -> "ContactText":
        """The words that whoever applied on that day agreed to."""
        return self.filter(from_on__lte=day).latest("from_on", "id")


class ContactText(models.Model):
    """The words to which whoever speaks for a mitra agrees when she applies, by version.

    Both languages stand in the row: what somebody agreed to stays readable word for word.
    """

    version = models.TextField(unique=True)
    from_on = models.DateField()
    text = models.TextField()
    text_en = models.TextField()

    objects = ContactTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="partners_contacttext_in_both_languages"
            ),
        ]


class Proposal(TimedModel):
    """Who speaks for a mitra: proposed by the secretariat, or applying herself on the public form. Kept beside it: its readers need
    not know her number.

    `phone_proven_since` says since when the number is known to be hers, and that she applied herself: so she reads what became
    of it, and acts for the mitra once it is validated.
    """

    partner = models.OneToOneField(Partner, models.CASCADE, related_name="proposal")
    contact_name = models.TextField()
    contact_phone = models.TextField(db_collation="C")
    contact_duty = models.TextField(blank=True, default="", db_default="")  # what she is there
    contact_email = models.TextField(blank=True, default="", db_default="")
    contact_user_id = models.BigIntegerField(null=True)  # in whose account she applied
    phone_proven_since = models.DateTimeField(null=True)
    consented_since = models.DateTimeField(null=True)
    consent_text = models.ForeignKey(ContactText, models.PROTECT, related_name="+", null=True)
    answer = models.TextField(
        blank=True, default="", db_default=""
    )  # to the last question of the secretariat
    proposed_on = models.DateField()

    objects = ScopedQuerySet["Proposal"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contact_name__gt="", contact_phone__gt=""), name="partners_proposal_contact"
            ),
            models.CheckConstraint(
                condition=Q(consented_since__isnull=True, consent_text__isnull=True)
                | Q(consented_since__isnull=False, consent_text__isnull=False),
                name="partners_proposal_consent",
            ),
        ]
        indexes = [models.Index(fields=["contact_phone"], name="partners_proposal_phone")]


class PartnerArea(models.Model):
    """A place that a mitra serves ("" is the nation), from a day until (not including) another."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="areas")
    region = models.CharField(max_length=8, blank=True, db_collation="C")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    objects = ScopedQuerySet["PartnerArea"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="partners_partnerarea_once",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="partners_partnerarea_period",
            ),
        ]


class ItemQuerySet(ChecklistItemQuerySet["PartnerItem"]):
    """Named, so that types are known of it."""


class PartnerItem(AbstractChecklistItem):
    """What the secretariat looks at before it validates a mitra."""

    objects = ItemQuerySet.as_manager()


class PartnerCheck(AbstractCheck):
    """Whether a mitra meets one item."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="checks")
    item = models.ForeignKey(PartnerItem, models.PROTECT, related_name="+")

    objects = ScopedQuerySet["PartnerCheck"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "item"], name="partners_check_once")]


class ContactQuerySet(ServiceQuerySet["Contact"]):
    """Likewise."""


class Contact(AbstractService):
    """Somebody who acts for a mitra, with her days and the grant that they brought."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contacts")
    duty = models.TextField(blank=True, default="")  # what she is there: "Kepala seksi UMKM"

    objects = ContactQuerySet.as_manager()

    class Meta(AbstractService.Meta):
        constraints = [
            *AbstractService.Meta.constraints,
            ExclusionConstraint(
                name="partners_contact_once_at_a_time",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    ("user_id", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["user_id"], name="partners_contact_by_user")]
