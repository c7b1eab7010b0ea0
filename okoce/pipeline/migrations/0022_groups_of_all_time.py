"""Sums over all time are kept of each komunitas too, by stage: a board of five hundred is read from seven rows of each.

A wider row is made of the narrower ones of the same fold, as everywhere.
"""

from importlib import import_module

from django.db import migrations

apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")
for_the_map = import_module("okoce.pipeline.migrations.0013_all_time_for_the_map")
found_once = import_module("okoce.pipeline.migrations.0015_sums_found_once")

GROUP_YEAR = apart.grouped(apart.GROUPED[0], "year", "taken", apart.GROUPED[1])
GROUP_ALL_TIME = apart.grouped("node", "DATE '0001-01-01'", "group_year", "reason = ''")
CHANGES = (
    ("  part AS MATERIALIZED (", f"  group_year AS MATERIALIZED ({GROUP_YEAR}),\n  part AS MATERIALIZED ("),
    (
        f"SELECT 'y', * FROM ({GROUP_YEAR}) AS part",
        f"SELECT 'y', * FROM group_year UNION ALL SELECT 'a', * FROM ({GROUP_ALL_TIME}) AS part",
    ),
)


def widened(function: str) -> str:
    for old, new in CHANGES:
        assert function.count(old) == 1, old
        function = function.replace(old, new)
    return function


BEFORE = (found_once.NOW[0], for_the_map.narrowed(apart.REBUILD))
NOW = tuple(map(widened, BEFORE))


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0021_targets")]
    operations = [
        migrations.RunSQL("".join(NOW), "".join(BEFORE)),
        migrations.RunSQL(
            f"INSERT INTO pipeline_tallysum (node, grain, start_on, stage, {apart.LIST})"
            f" SELECT node, 'a', DATE '0001-01-01', stage, {apart.SUMS} FROM pipeline_tallysum"
            " WHERE grain = 'y' AND node LIKE 'K:%' GROUP BY node, stage",
            "DELETE FROM pipeline_tallysum WHERE grain = 'a' AND node LIKE 'K:%'",
        ),
    ]
