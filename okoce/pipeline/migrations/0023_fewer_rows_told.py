"""A fold tells of new sums only the large ones: in an import nearly all are new, and only the spans of large ones are divided.

Telling of all of them took a sixth of a fold.
"""

from importlib import import_module

from django.db import migrations

sums = import_module("okoce.pipeline.migrations.0003_tallies")
apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")
found_once = import_module("okoce.pipeline.migrations.0015_sums_found_once")
of_all_time = import_module("okoce.pipeline.migrations.0022_groups_of_all_time")


def told_less(function: str) -> str:
    for table in apart.KEYS:
        name, people = table.removeprefix("pipeline_"), found_once.PEOPLE[table]
        told = f"RETURNING t.node, t.grain, t.start_on, {people} AS people"
        large = (
            f"SELECT node, grain, start_on, {people.replace('t.', '')} AS people FROM {name}_part"
            f" WHERE place IS NULL AND {people.replace('t.', '')} >= {sums.MUCH}"
        )
        for old, new in (
            (f"{name}_part WHERE place IS NULL {told}", f"{name}_part WHERE place IS NULL"),
            (f"SELECT * FROM {name}_first", large),
            (
                "WHERE t.ctid = part.place " + told,
                "WHERE part.place IS NOT NULL AND t.ctid = part.place " + told,
            ),
        ):
            assert function.count(old) == 1, old
            function = function.replace(old, new)
    return function


BEFORE = (of_all_time.NOW[0], found_once.NOW[1])
NOW = tuple(map(told_less, BEFORE))


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0022_groups_of_all_time")]
    operations = [migrations.RunSQL("".join(NOW), "".join(BEFORE))]
