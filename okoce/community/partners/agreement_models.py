"""Agreements: between whom, from when until when, over what, what was promised; and when the secretariat is told of an end."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from okoce.community.groups.models import Group
from okoce.community.partners.models import Partner
from okoce.community.partners.states import AgreementKind, AgreementState, Metric, Ower, PartnerState
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel
from okoce.foundation.shared.ranges import DateRange


def _days_after(day: date) -> Func:
    """How many days after a day it holds no more."""
    until = (F("until_on"), Value(day, output_field=models.DateField()))
    return Func(*until, template="(%(expressions)s)", arg_joiner=" - ", output_field=models.IntegerField())


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    def locked(self, agreement_id: int) -> "Agreement":
        """The agreement as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=agreement_id)

    def standing(self, state: AgreementState, day: date) -> Self:
        """Those that stand so on a day."""
        is_over = Q(until_on__lte=day)
        is_cut = Q(ended_on__isnull=False, ended_on__lte=day)
        conditions = {
            AgreementState.PLANNED: Q(from_on__gt=day) & ~is_cut,
            AgreementState.RUNNING: Q(from_on__lte=day) & ~is_over & ~is_cut,
            AgreementState.EXPIRED: is_over & ~is_cut,
            AgreementState.CUT: is_cut,
        }
        return self.filter(conditions[state])

    def running_out(self, day: date) -> Self:
        """Those that hold on a day and whose last day comes within the longest notice, with nothing to say that they were
        ended, and with a mitra left who could extend them. One statement: the desk asks it on every page."""
        longest = NoticeTerm.objects.valid_on(day).order_by("-days").values("days")[:1]
        holding = self.filter(from_on__lte=day, until_on__gt=day, ended_on__isnull=True)
        left = Party.objects.filter(agreement=OuterRef("pk"), partner__isnull=False)
        with_somebody = holding.filter(Exists(left.exclude(partner__state=PartnerState.CLOSED)))
        return with_somebody.alias(left=_days_after(day)).filter(left__lte=Subquery(longest) + 1)

    def next_to_end_first(self, day: date) -> Self:
        """What still holds or will, by its end; behind it what is over, the latest first."""
        over = Coalesce("ended_on", "until_on")
        to_come = Case(When(GreaterThan(over, Value(day)), then=over))
        return self.order_by(to_come.asc(nulls_last=True), over.desc(), "id")


class Agreement(TimedModel):
    """A MoU or PKS that holds from a day until (not including) another; `until_on` moves with each extension.

    `ended_on` is the day from which on it holds no more though its time was not over. `region` is the home of its places, by
    which grants reach it. None is ever deleted.
    """

    kind = models.TextField(choices=AgreementKind.choices)
    number = models.TextField()
    number_key = models.TextField(db_collation="C")
    subject = models.TextField()
    signed_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_reason = models.TextField(blank=True, default="")
    stages = ArrayField(models.SmallIntegerField())
    places = ArrayField(models.CharField(max_length=8, blank=True))
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    document = models.TextField(blank=True, default="")  # its name in the folder of agreements
    document_hash = models.TextField(blank=True, default="")  # SHA-256

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_key"], name="partners_agreement_number"),
            models.CheckConstraint(
                condition=Q(kind__in=AgreementKind.values), name="partners_agreement_kind"
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="partners_agreement_period"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_reason="")
                | (
                    Q(ended_on__isnull=False, ended_on__gte=F("from_on"), ended_on__lt=F("until_on"))
                    & ~Q(ended_reason="")
                ),
                name="partners_agreement_cut",
            ),
            models.CheckConstraint(
                condition=Q(stages__contained_by=[1, 2, 3, 4, 5, 6, 7], stages__len__gt=0),
                name="partners_agreement_stages",
            ),
            models.CheckConstraint(condition=Q(places__len__gt=0), name="partners_agreement_places"),
        ]
        indexes = [models.Index(fields=["until_on"], name="partners_agreement_until")]

    def state_on(self, day: date) -> AgreementState:
        """Where it stands on a day."""
        if self.ended_on is not None and self.ended_on <= day:
            return AgreementState.CUT
        if self.until_on <= day:
            return AgreementState.EXPIRED
        return AgreementState.PLANNED if self.from_on > day else AgreementState.RUNNING

    def can_go_on(self) -> bool:
        """Whether a mitra is left with whom it could be extended."""
        partners = [party.partner for party in self.parties.all() if party.partner is not None]
        return any(partner.state != PartnerState.CLOSED for partner in partners)


class Party(models.Model):
    """One side of an agreement: a mitra, a komunitas, or (neither named) the movement itself."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements", null=True)
    group = models.ForeignKey(Group, models.PROTECT, related_name="agreements", null=True)

    objects = ScopedQuerySet["Party"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "partner", "group"], name="partners_party_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(group__isnull=True), name="partners_party_one_kind"
            ),
        ]


class Extension(models.Model):
    """An agreement goes on: from the day on which it would have ended until (not including) another."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="extensions")
    number = models.TextField()
    signed_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()

    objects = ScopedQuerySet["Extension"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="partners_extension_period"),
            ExclusionConstraint(
                name="partners_extension_once",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Obligation(models.Model):
    """What a side promised, measurable where that is possible: 1,000 training seats in 2027. What was written down by mistake
    is struck, never deleted."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="obligations")
    ower = models.TextField(choices=Ower.choices)
    text = models.TextField()
    metric = models.TextField(choices=Metric.choices, blank=True, default="")
    amount = models.BigIntegerField(null=True)
    from_on = models.DateField()
    until_on = models.DateField()
    struck_on = models.DateField(null=True)

    objects = ScopedQuerySet["Obligation"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ower__in=Ower.values), name="partners_obligation_ower"),
            models.CheckConstraint(
                condition=Q(metric="", amount__isnull=True) | Q(metric__in=Metric.values, amount__gt=0),
                name="partners_obligation_measured",
            ),
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="partners_obligation_period"),
        ]


class NoticeTermQuerySet(ScopedQuerySet["NoticeTerm"]):
    def valid_on(self, day: date) -> Self:
        rows = self.filter(Q(from_on__lte=day), Q(until_on__isnull=True) | Q(until_on__gt=day))
        return rows.order_by("days")


class NoticeTerm(models.Model):
    """So many days before an agreement runs out the secretariat is told; from a day until (not including) another."""

    days = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.TextField()

    objects = NoticeTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["days", "from_on"], name="partners_noticeterm_since"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="partners_noticeterm_period",
            ),
        ]
