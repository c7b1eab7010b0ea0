"""A fold looks each sum up once: where it stands is found in the order of the index, and added to right there.

Before, each was looked up twice, the first time at random. Nobody else writes sums while a fold or a division holds its
lock, so what is found stays where it is.

Beside a bulk load the statistics of these tables are wrong by orders of magnitude, so nothing here leaves the planner a choice
that would compare every change with every span or sum: sums are looked up through the index, spans in a hash.
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
GROUP = "'K:' || group_id"
# A node of a change and the width of its span → the finer sums that such a span has when it is divided.
WIDE = (("regency", "m"), ("region", "m"), ("region", "y"), (GROUP, "m"), (GROUP, "y"))
START = {"m": "month", "y": "year"}
FINER = {"m": ("d", "day"), "y": ("m", "month")}


def within(node: str, grain: str) -> str:
    """Whether the span of a change is among those of `dense`. Not a join, and in a CASE so that it does not become one: a join
    might go through all spans for each change."""
    return f"CASE WHEN ({node}, '{grain}', {START[grain]}) IN (SELECT node, grain, start_on FROM dense) THEN true ELSE false END"


SPLIT = f"""
    SELECT left(region, 2) AS province, left(region, 5) AS regency, region::text AS region, group_id, {apart.YEAR} AS year,
      {apart.MONTH} AS month, day, stage, reason, {apart.LIST} FROM"""


def keyed(changes: str) -> str:
    """Changes beside their nodes and the beginnings of their spans, each of which is worked out once."""
    return f"({SPLIT} {changes} OFFSET 0) AS keyed"


TAKEN = f"{SPLIT} changes\n"
FLAGGED = f"""
    SELECT keyed.*, {", ".join(f"{within(*wide)} AS divided_{place}" for place, wide in enumerate(WIDE))} FROM {keyed("changes")}
"""
DENSE = "dense AS MATERIALIZED (SELECT node::text, grain, start_on FROM pipeline_tallyspan WHERE is_divided)"
DIVIDED = " UNION ALL ".join(
    f"SELECT {node} AS node, '{FINER[grain][0]}' AS grain, {FINER[grain][1]} AS day, stage, reason, {apart.LIST}"
    f" FROM taken WHERE divided_{place}"
    for place, (node, grain) in enumerate(WIDE)
)


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


def replaced(function: str, *changes: tuple[str, str]) -> str:
    for old, new in (*changes, ("SET jit = off", "SET jit = off SET enable_seqscan = off")):
        assert function.count(old) == 1, old
        function = function.replace(old, new)
    return function


UNFOLDED = f"""
    SELECT dense.node, dense.grain, d.day, d.stage, d.reason, {", ".join("-d." + name for name in apart.MEASURES)}
    FROM pipeline_tallydelta d
    CROSS JOIN LATERAL (VALUES (left(d.region, 5)), (d.region), ('K:' || d.group_id)) AS place(node)
    JOIN dense ON dense.node = place.node AND d.day BETWEEN dense.start_on AND dense.end_on
"""
HASHED = " UNION ALL ".join(
    f"SELECT {node}, '{grain}', day, stage, reason, {apart.NEGATED} FROM {keyed('pipeline_tallydelta')}"
    f" WHERE {within(node, grain)}"
    for node, grain in WIDE
)
STORED = (apart.stored("part"), stored("part"))
BEFORE = (for_the_map.narrowed(apart.FOLD), apart.DIVIDE)
NOW = (
    replaced(
        BEFORE[0], ("WITH changes AS", f"WITH {DENSE},\n  changes AS"), (TAKEN, FLAGGED), (apart.DIVIDED, DIVIDED), STORED
    ),
    replaced(BEFORE[1], (UNFOLDED.strip(), HASHED), STORED),
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0014_only_their_businesses")]
    operations = [migrations.RunSQL("".join(NOW), "".join(BEFORE))]
