"""A fold looks each sum up once: where it stands is found in the order of the index, and added to right there.

Before, each was looked up twice, the first time at random. Nobody else writes sums while a fold or a division holds its
lock, so what is found stays where it is.
"""

from importlib import import_module

from django.db import migrations

earlier = import_module("okoce.pipeline.migrations.0003_tallies")
apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")
for_the_map = import_module("okoce.pipeline.migrations.0013_all_time_for_the_map")

PEOPLE = {
    "pipeline_tallysum": "t.people",
    "pipeline_tallyreason": f"greatest({', '.join(f't.{cell}' for cell in apart.CELLS)})",
}


def added(table: str, part: str) -> str:
    """Add changes to one table of sums; neighbours are found and written one after the other."""
    name = table.removeprefix("pipeline_")
    key, values = apart.KEYS[table], apart.VALUES[table]
    columns, last = ", ".join((*key, *values)), key[-1]
    same = " AND ".join(f"t.{column} = change.{column}" for column in key)
    add = ", ".join(f"{column} = t.{column} + part.{column}" for column in values)
    told = f"RETURNING t.node, t.grain, t.start_on, {PEOPLE[table]} AS people"
    return f"""
  {name}_part AS MATERIALIZED (
    SELECT change.*, (SELECT t.ctid FROM {table} t WHERE {same}) AS place
    FROM (
      SELECT * FROM ({apart.rows(table, part)}) AS change ORDER BY node COLLATE "C", grain, start_on, {last} OFFSET 0
    ) AS change
  ),
  {name}_first AS (
    INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM {name}_part WHERE place IS NULL {told}
  ),
  {name}_again AS (
    UPDATE {table} t SET {add} FROM {name}_part AS part WHERE t.ctid = part.place {told}
  )"""


def stored(part: str) -> str:
    """Add changes to both tables of sums, and note the spans of small nodes that `pipeline_divide` is to divide."""
    names = [f"{table.removeprefix('pipeline_')}_{time}" for table in apart.KEYS for time in ("first", "again")]
    return f"""{", ".join(added(table, part) for table in apart.KEYS)},
  stored AS ({" UNION ALL ".join(f"SELECT * FROM {name}" for name in names)}),
  due AS ({earlier.DUE})
"""


def found_once(function: str) -> str:
    """Through the index whatever the planner believes: a plan made while a table was empty would read all of it for each."""
    assert function.count(apart.stored("part")) == function.count("SET jit = off") == 1
    return function.replace(apart.stored("part"), stored("part")).replace(
        "SET jit = off", "SET jit = off SET enable_seqscan = off"
    )


BEFORE = (for_the_map.narrowed(apart.FOLD), apart.DIVIDE)


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0014_only_their_businesses")]
    operations = [migrations.RunSQL("".join(map(found_once, BEFORE)), "".join(BEFORE))]
