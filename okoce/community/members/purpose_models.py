"""For what a person's data is used: the register of purposes."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from okoce.community.members.states import Basis, Recipient
from okoce.foundation.shared.models import ScopedQuerySet


class PurposeQuerySet(ScopedQuerySet["Purpose"]):
    def valid_on(self, day: date) -> Self:
        """Those that hold on that day, in their order."""
        held = self.filter(Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day)
        return held.order_by("place", "code")


class Purpose(models.Model):
    """One thing for which personal data is used: on which ground of the law, handed to whom, and which data.

    `is_specific`: data that the law protects more (finances, children); `below_age`: it concerns people under that age alone.
    The words to which people agree stand in ConsentText; both languages stand in the rows.
    """

    code = models.TextField(primary_key=True)
    place = models.PositiveSmallIntegerField()
    name = models.TextField()
    name_en = models.TextField()
    data = models.TextField()
    data_en = models.TextField()
    basis = models.TextField(choices=Basis.choices)
    recipient = models.TextField(choices=Recipient.choices, blank=True, default="")
    is_specific = models.BooleanField(default=False)
    below_age = models.PositiveSmallIntegerField(null=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    source = models.TextField()

    objects = PurposeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="members_purpose_basis"),
            models.CheckConstraint(
                condition=Q(recipient__in=["", *Recipient.values]), name="members_purpose_recipient"
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.CONSENT) | Q(recipient="", is_specific=False),
                name="members_purpose_handed_over_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(name__gt="", name_en__gt="", data__gt="", data_en__gt=""),
                name="members_purpose_in_both_languages",
            ),
        ]
