"""How often an address asked lately: shared by all processes, without any code or name."""

from django.db import models

from okoce.foundation.shared.models import ScopedQuerySet


class LookupCount(models.Model):
    """What one address (as a keyed hash) asked within one span of time, and how many of its codes were none."""

    address_hash = models.BinaryField()
    span = models.BigIntegerField()
    asked = models.IntegerField(default=0)
    missed = models.IntegerField(default=0)

    objects = ScopedQuerySet["LookupCount"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "span"], name="verification_lookup_once"),
        ]
        indexes = [models.Index(fields=["span"], name="verification_lookup_span")]
