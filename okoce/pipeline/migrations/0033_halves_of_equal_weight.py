"""The halves of a fold are DKI Jakarta (1) and all other provinces (0), instead of odd and even codes.

Half of the people and more live in DKI, whose code is odd: the odd half took twice as long as the even one (measured), and at
the end of an import nothing else was left to do beside it. DKI's changes make few sums, since they are of few places: it is the
half that is soon done. Where nobody lives there, the other half does all, as a whole fold would.
"""

from importlib import import_module

from django.db import migrations

halves = import_module("okoce.pipeline.migrations.0029_halves_folded_side_by_side")

BY_CODE = "left(region, 2)::integer % 2 = half"
BY_WEIGHT = "(left(region, 2) = '31')::integer = half"
BEFORE = halves.FOLD_HALF.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
assert BEFORE.count(BY_CODE) == 1
# A half as it was and another as it is now would meet in the same sums: whoever folds now ends first.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('pipeline_fold'));"


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0032_asked_and_not_known")]
    operations = [migrations.RunSQL(ALONE + BEFORE.replace(BY_CODE, BY_WEIGHT), ALONE + BEFORE)]
