"""The reference tree. Written by `loading` alone; read by everybody through `queries`."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower

from okoce.foundation.territory.states import Kind, Level, Zone


class Region(models.Model):
    """A province, regency, district or village of the edition that is loaded."""

    # Collation C: "everything within 31.74" is a range of the ordinary index.
    code = models.CharField(max_length=13, primary_key=True, db_collation="C")
    level = models.CharField(max_length=8, choices=Level)
    kind = models.CharField(max_length=9, choices=Kind)
    parent = models.CharField(max_length=8, blank=True, db_collation="C")
    name = models.CharField(max_length=100)
    # The source's spelling where ours differs; the licence asks that changes can be seen.
    source_name = models.CharField(max_length=100, blank=True)
    zone = models.CharField(max_length=4, choices=Zone)
    capital = models.CharField(max_length=60, blank=True)
    # Of a province or regency the seat of government, of a district the middle of its villages.
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    # A district's own cell on the map of dots, in half cells.
    map_x = models.SmallIntegerField(null=True)
    map_y = models.SmallIntegerField(null=True)
    population = models.IntegerField(null=True)
    population_year = models.SmallIntegerField(null=True)
    area_km2 = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values), name="territory_region_level_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="territory_region_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(zone__in=Zone.values), name="territory_region_zone_known"
            ),
        ]
        indexes = [
            models.Index(fields=["level", "name"], name="territory_region_level_name"),
            GinIndex(OpClass(Lower("name"), name="gin_trgm_ops"), name="territory_region_name_trgm"),
        ]


class Edition(models.Model):
    """Which edition of the data is in the table; the newest row counts."""

    fingerprint = models.CharField(max_length=64)
    region_count = models.IntegerField()
    loaded_at = models.DateTimeField(auto_now_add=True)
