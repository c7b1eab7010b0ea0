from django.db import models
from django.db.models import Q

from okoce.community.partners.states import PartnerKind
from okoce.foundation.shared.models import ScopedQuerySet, TimedModel


class Partner(TimedModel):
    """A mitra, within a territory ("" reaches the nation)."""

    name = models.TextField()
    kind = models.TextField(choices=PartnerKind.choices)
    region = models.CharField(max_length=8, blank=True, default="", db_collation="C")
    is_synthetic = models.BooleanField(default=False)

    objects = ScopedQuerySet["Partner"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartnerKind.values), name="partners_partner_kind"),
        ]
