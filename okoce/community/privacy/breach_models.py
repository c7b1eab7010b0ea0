"""The register of breaches: what got out, when that was noticed, whose data, what was done, and who was told by when."""

from datetime import date

from django.db import models
from django.db.models import Q

from okoce.community.members.models import Member
from okoce.community.privacy.states import Audience, BreachState
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class BreachQuerySet(ScopedQuerySet["Breach"]):
    def locked(self, breach_id: int) -> "Breach":
        return self.select_for_update(of=("self",), no_key=True).get(pk=breach_id)

    def untold(self) -> "BreachQuerySet":
        """Somebody has still to be told of these."""
        return self.filter(state=BreachState.NOTICED)


class Breach(TimedModel):
    """Personal data got out, or was lost. The clock runs from when it was noticed; what was sent is kept word for word.

    `people_count` is what is known of how many are concerned (null: not yet); who of them is known stands in BreachPerson.
    """

    title = models.TextField()
    what = models.TextField()
    data = models.TextField()
    happened_on = models.DateField(null=True)
    noticed_since = models.DateTimeField()
    due = models.DateTimeField()
    people_count = models.IntegerField(null=True)
    measures = models.TextField(blank=True, default="")
    state = models.TextField(choices=BreachState.choices, default=BreachState.NOTICED)
    noted_by = models.BigIntegerField()
    agency_told_at = models.DateTimeField(null=True)
    agency_told_by = models.BigIntegerField(null=True)
    agency_words = models.TextField(blank=True, default="")
    agency_reference = models.TextField(blank=True, default="")
    subjects_told_at = models.DateTimeField(null=True)
    subjects_told_by = models.BigIntegerField(null=True)
    subject_words = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.BigIntegerField(null=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BreachState.values), name="privacy_breach_state"),
            models.CheckConstraint(
                condition=Q(people_count__isnull=True) | Q(people_count__gte=0), name="privacy_breach_count"
            ),
            models.CheckConstraint(
                condition=Q(agency_told_at__isnull=True, agency_told_by__isnull=True, agency_words="")
                | (Q(agency_told_at__isnull=False, agency_told_by__isnull=False) & ~Q(agency_words="")),
                name="privacy_breach_agency_paired",
            ),
            models.CheckConstraint(
                condition=Q(subjects_told_at__isnull=True, subjects_told_by__isnull=True, subject_words="")
                | (Q(subjects_told_at__isnull=False, subjects_told_by__isnull=False) & ~Q(subject_words="")),
                name="privacy_breach_subjects_paired",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) & ~Q(state=BreachState.CLOSED)
                | Q(closed_at__isnull=False, closed_by__isnull=False, state=BreachState.CLOSED),
                name="privacy_breach_closed_paired",
            ),
        ]


class BreachPerson(models.Model):
    """Whose data got out, as far as that is known: a member's, or that of whoever has an account alone (`user_id`)."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="people")
    member = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="breaches")
    user_id = models.BigIntegerField(null=True)

    objects = ScopedQuerySet["BreachPerson"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach", "member"], name="privacy_breachperson_once"),
            models.UniqueConstraint(
                fields=["breach", "user_id"],
                condition=Q(user_id__isnull=False),
                name="privacy_breachperson_account",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True, user_id__isnull=False)
                | Q(member__isnull=False, user_id__isnull=True),
                name="privacy_breachperson_about",
            ),
        ]


class NoticeTextQuerySet(ScopedQuerySet["NoticeText"]):
    def valid_on(self, audience: str, day: date) -> "NoticeText":
        return self.filter(audience=audience, from_on__lte=day).latest("from_on", "id")


class NoticeText(models.Model):
    """The words of a notice of a breach, by audience and version; `{what}` and the like are filled from the register."""

    audience = models.TextField(choices=Audience.choices)
    version = models.TextField()
    from_on = models.DateField()
    text = models.TextField()
    text_en = models.TextField()

    objects = NoticeTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audience", "version"], name="privacy_noticetext_version"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="privacy_noticetext_audience"
            ),
            models.CheckConstraint(
                condition=Q(text__gt="", text_en__gt=""), name="privacy_noticetext_in_both_languages"
            ),
        ]
