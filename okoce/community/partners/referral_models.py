"""Referrals: whom one office or mitra sent to another, for what, with which consent, and what came of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from okoce.community.members.models import Member
from okoce.community.partners.models import Partner
from okoce.community.partners.states import (
    OPEN,
    ConsentGiver,
    ConsentWay,
    ReferralOutcome,
    ReferralState,
    ReferralTermCode,
)
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class ReferralTextQuerySet(ScopedQuerySet["ReferralText"]):
    def valid_on(self, day: date) -> "ReferralText":
        """The words that were read to a member on that day."""
        return self.filter(from_on__lte=day).latest("from_on", "id")


class ReferralText(models.Model):
    """The words to which a member agrees before she is referred, by version, and from which age on she agrees by herself.

    `{to}` is who receives her. Both languages stand in the row: what somebody agreed to stays readable word for word.
    """

    version = models.TextField(unique=True)
    from_on = models.DateField()
    adult_age = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_en = models.TextField()

    objects = ReferralTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="partners_referraltext_in_both_languages"
            ),
        ]


class ReferralTerm(models.Model):
    """So many days, counted by the calendar, are given for a step of a referral, from a day on; until another row begins. The
    database lets no row be changed: the next one follows it."""

    code = models.TextField(choices=ReferralTermCode.choices)
    days = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.TextField()

    objects = ScopedQuerySet["ReferralTerm"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "from_on"], name="partners_referralterm_since"),
            models.CheckConstraint(
                condition=Q(code__in=ReferralTermCode.values), name="partners_referralterm_code"
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="partners_referralterm_days"),
        ]


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    def locked(self, referral_id: int) -> "Referral":
        """The referral as it stands now, held until the end of the deed."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=referral_id)

    def open(self) -> Self:
        """Somebody still has to do something about these."""
        return self.filter(state__in=OPEN)

    def overdue(self, day: date) -> Self:
        """What should have been done before that day."""
        return self.open().filter(due_on__lt=day)

    def soonest_due_first(self) -> Self:
        """What is overdue for longest, then what is due next; behind it what is over, the oldest first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "sent_at", "id")


class Referral(TimedModel):
    """A member was sent to a mitra for one stage, with her consent. `from_partner` null: by the movement itself.

    None is ever deleted. Only the two who exchange it, the member, and whoever watches over them all read it (ADR 0024).
    """

    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="referrals")
    from_partner = models.ForeignKey(Partner, models.PROTECT, related_name="referrals_sent", null=True)
    to_partner = models.ForeignKey(Partner, models.PROTECT, related_name="referrals_received")
    stage = models.PositiveSmallIntegerField()
    need = models.TextField()
    state = models.TextField(choices=ReferralState.choices, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.BigIntegerField()
    consent_on = models.DateField()
    consent_way = models.TextField(choices=ConsentWay.choices)
    consent_by = models.TextField(choices=ConsentGiver.choices)
    consent_text = models.ForeignKey(ReferralText, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)
    # until when the next step is to be done, as the term of the day said; nothing of one that is over
    due_on = models.DateField(null=True)
    escalated_since = models.DateTimeField(null=True)  # when it was told that this step is overdue
    reason = models.TextField(blank=True, default="")  # why it was declined or withdrawn
    outcome = models.TextField(choices=ReferralOutcome.choices, blank=True, default="")
    note = models.TextField(blank=True, default="")  # to the outcome
    # she herself took her consent back: from then on neither of the two reads of it
    consent_withdrawn_since = models.DateTimeField(null=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__range=(1, 7)), name="partners_referral_stage"),
            models.CheckConstraint(
                condition=Q(state__in=ReferralState.values), name="partners_referral_state"
            ),
            models.CheckConstraint(
                condition=Q(consent_way__in=ConsentWay.values, consent_by__in=ConsentGiver.values),
                name="partners_referral_consent",
            ),
            models.CheckConstraint(
                condition=Q(from_partner__isnull=True) | ~Q(from_partner=F("to_partner")),
                name="partners_referral_between_two",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="partners_referral_answered_paired",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="partners_referral_closed_paired",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", answered_at__isnull=True, closed_at__isnull=True)
                | Q(state="accepted", answered_at__isnull=False, closed_at__isnull=True)
                | (Q(state="declined", answered_at__isnull=False) & ~Q(reason=""))
                | (Q(state="withdrawn", closed_at__isnull=False) & ~Q(reason=""))
                | Q(
                    state="closed",
                    answered_at__isnull=False,
                    closed_at__isnull=False,
                    outcome__in=ReferralOutcome.values,
                ),
                name="partners_referral_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, due_on__isnull=False)
                | (~Q(state__in=OPEN) & Q(due_on__isnull=True, escalated_since__isnull=True)),
                name="partners_referral_due_while_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_partner", "sent_at"],
                name="partners_referral_open",
                condition=Q(state__in=["sent", "accepted"]),
            ),
            models.Index(
                fields=["due_on"],
                name="partners_referral_due",
                condition=Q(state__in=["sent", "accepted"], escalated_since__isnull=True),
            ),
        ]
