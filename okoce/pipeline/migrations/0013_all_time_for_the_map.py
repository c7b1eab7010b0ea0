"""Sums over all time are kept of what the map asks: everybody who has registered. Those of six other stages nobody read."""

from importlib import import_module

from django.db import migrations

apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")

ALL_TIME = apart.grouped("node", "DATE '0001-01-01'", "district_year", "reason = ''")
REGISTERED = apart.grouped("node", "DATE '0001-01-01'", "district_year", "stage = 1 AND reason = ''")


def narrowed(function: str) -> str:
    assert function.count(ALL_TIME) == 1
    return function.replace(ALL_TIME, REGISTERED)


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0012_evidence_held_by_the_statement")]
    operations = [
        migrations.RunSQL(narrowed(apart.FOLD) + narrowed(apart.REBUILD), apart.FOLD + apart.REBUILD),
        migrations.RunSQL(
            "DELETE FROM pipeline_tallysum WHERE grain = 'a' AND stage <> 1",
            f"INSERT INTO pipeline_tallysum (node, grain, start_on, stage, {apart.LIST})"
            f" SELECT node, 'a', DATE '0001-01-01', stage, {apart.SUMS} FROM pipeline_tallysum"
            " WHERE grain = 'y' AND length(node) = 8 AND node NOT LIKE 'K:%' AND stage <> 1 GROUP BY node, stage",
        ),
    ]
