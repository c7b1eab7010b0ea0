"""Restating many people looks at their businesses and nobody else's: a join without a loop in a loop read all of them."""

from importlib import import_module

from django.db import migrations

standing = import_module("okoce.pipeline.migrations.0002_standing")

EVERYBODYS = "LEFT JOIN members_business b ON b.member_id = m.id"
THEIRS = f"{EVERYBODYS} AND b.member_id = ANY(ids)"
assert standing.TRUTH.count(EVERYBODYS) == 1
TRUTH = standing.TRUTH.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0013_all_time_for_the_map")]
    operations = [migrations.RunSQL(TRUTH.replace(EVERYBODYS, THEIRS), TRUTH)]
