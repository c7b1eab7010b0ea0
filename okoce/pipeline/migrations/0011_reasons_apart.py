"""Reasons for standing still get sums of their own, so that a day of any node is read from few rows.

Of a reason only the people are ever asked. With a row per stage and reason in `pipeline_tallysum` a span of a dense node
had 103 rows, and one day of it 2,000 to 3,800. Now a span has a row per stage there, and a row per reason with one column
per stage that it holds people before (`p2` … `p7`) in `pipeline_tallyreason`: a new reason needs no new column.

Nodes, grains, spans and deltas are those of 0003.
"""

from importlib import import_module

from django.db import migrations, models

earlier = import_module("okoce.pipeline.migrations.0003_tallies")
MEASURES, LIST, SUMS, NONZERO = earlier.MEASURES, earlier.LIST, earlier.SUMS, earlier.NONZERO
TOTALS, NEGATED = earlier.TOTALS, earlier.NEGATED
CELLS = tuple(f"p{stage}" for stage in range(2, 8))
KEYS = {
    "pipeline_tallysum": ("node", "grain", "start_on", "stage"),
    "pipeline_tallyreason": ("node", "grain", "start_on", "reason"),
}
VALUES = {"pipeline_tallysum": MEASURES, "pipeline_tallyreason": CELLS}
# What tells how much happened in a span.
PEOPLE = {"pipeline_tallysum": "people", "pipeline_tallyreason": f"greatest({', '.join(CELLS)})"}
# Without a time zone: it would be looked up for every row.
MONTH, YEAR = (f"date_trunc('{span}', day::timestamp)::date" for span in ("month", "year"))


def grouped(node: str, span: str, source: str, where: str = "true") -> str:
    return f"""
    SELECT {node} AS node, {span} AS day, stage, reason, {SUMS} FROM {source} WHERE {where} GROUP BY 1, 2, stage, reason
"""


def divided(node: str, wide: str, where: str = "true") -> str:
    """Changes of nodes of one kind in years or months that have finer sums."""
    start, finer, day = {"y": ("year", "m", "month"), "m": ("month", "d", "day")}[wide]
    return f"""
      SELECT span.node, '{finer}' AS grain, taken.{day} AS day, stage, reason, {LIST}
      FROM taken JOIN pipeline_tallyspan span
        ON span.node = {node} AND span.grain = '{wide}' AND span.start_on = taken.{start} AND span.is_divided
      WHERE {where}
"""


GROUPED = ("'K:' || group_id", "group_id IS NOT NULL")
DIVIDED = " UNION ALL ".join((
    divided("regency", "m"),
    divided("region", "m"), divided("region", "y"),
    divided(GROUPED[0], "m", GROUPED[1]), divided(GROUPED[0], "y", GROUPED[1]),
))  # fmt: skip


def rows(table: str, part: str) -> str:
    """The rows of one table of sums out of changes by stage and reason."""
    if table == "pipeline_tallysum":
        return f"SELECT node, grain, day AS start_on, stage, {LIST} FROM {part} WHERE reason = ''"
    cells = ", ".join(
        f"coalesce(sum(people) FILTER (WHERE stage = {cell[1:]}), 0)::integer AS {cell}" for cell in CELLS
    )
    return f"""
      SELECT node, grain, day AS start_on, reason, {cells} FROM {part} WHERE reason <> '' GROUP BY 1, 2, 3, reason"""


def added(table: str, part: str) -> str:
    """Add changes to one table of sums. In an import most are of spans and stages that are new to it, and an insert that
    expects no conflict costs half. Each row is looked up through the index, however many the planner expects."""
    name, columns = table.removeprefix("pipeline_"), ", ".join((*KEYS[table], *VALUES[table]))
    same = " AND ".join(f"t.{column} = part.{column}" for column in KEYS[table])
    add = ", ".join(f"{column} = t.{column} + EXCLUDED.{column}" for column in VALUES[table])
    told = f"RETURNING node, grain, start_on, {PEOPLE[table]} AS people"
    return f"""
  {name}_part AS MATERIALIZED (
    SELECT part.*, (SELECT true FROM {table} t WHERE {same}) AS is_stored
    FROM ({rows(table, part)}) AS part ORDER BY node, grain, start_on
  ),
  {name}_first AS (
    INSERT INTO {table} ({columns}) SELECT {columns} FROM {name}_part WHERE is_stored IS NULL {told}
  ),
  {name}_again AS (
    INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM {name}_part WHERE is_stored
    ON CONFLICT ({", ".join(KEYS[table])}) DO UPDATE SET {add} {told}
  )"""


def stored(part: str) -> str:
    """Add changes to both tables of sums, and note the spans of small nodes that `pipeline_divide` is to divide."""
    names = [f"{table.removeprefix('pipeline_')}_{time}" for table in KEYS for time in ("first", "again")]
    return f"""{", ".join(added(table, part) for table in KEYS)},
  stored AS ({" UNION ALL ".join(f"SELECT * FROM {name}" for name in names)}),
  due AS ({earlier.DUE})
"""


def taken_in(changes: str) -> str:
    """Add changes to all sums: each wider sum from a finer one where there is one, divided spans from the changes."""
    return f"""
  WITH changes AS ({changes}),
  taken AS MATERIALIZED (
    SELECT left(region, 2) AS province, left(region, 5) AS regency, region::text AS region, group_id, {YEAR} AS year,
      {MONTH} AS month, day, stage, reason, {LIST} FROM changes
  ),
  province_day AS MATERIALIZED ({grouped("province", "day", "taken")}),
  province_month AS MATERIALIZED ({grouped("node", MONTH, "province_day")}),
  nation_day AS MATERIALIZED ({grouped("''", "day", "province_day")}),
  nation_month AS MATERIALIZED ({grouped("node", MONTH, "nation_day")}),
  regency_month AS MATERIALIZED ({grouped("regency", "month", "taken")}),
  district_year AS MATERIALIZED ({grouped("region", "year", "taken")}),
  part AS MATERIALIZED (
    SELECT 'd' AS grain, * FROM province_day UNION ALL SELECT 'd', * FROM nation_day
    UNION ALL SELECT 'm', * FROM province_month UNION ALL SELECT 'm', * FROM nation_month
    UNION ALL SELECT 'm', * FROM regency_month
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "province_month")}) AS part
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "nation_month")}) AS part
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "regency_month")}) AS part
    UNION ALL SELECT 'y', * FROM district_year
    UNION ALL SELECT 'y', * FROM ({grouped(GROUPED[0], "year", "taken", GROUPED[1])}) AS part
    -- all time: for the map
    UNION ALL SELECT 'a', * FROM ({grouped("node", "DATE '0001-01-01'", "district_year", "reason = ''")}) AS part
    UNION ALL SELECT grain, node, day, stage, reason, {SUMS} FROM ({DIVIDED}) AS part GROUP BY 1, 2, 3, stage, reason
  ),
  {stored("part")}
"""


FOLD = f"""
CREATE OR REPLACE FUNCTION pipeline_fold(most integer) RETURNS integer LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  folded integer;
BEGIN
  -- one fold at a time, so that two never wait for each other's rows; whoever comes second has nothing to do
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  {taken_in(earlier.TAKEN)}
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, folded)
      ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  END IF;
  RETURN folded;
END $$;
"""

DIVIDE = f"""
CREATE OR REPLACE FUNCTION pipeline_divide(most integer) RETURNS integer LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  divided integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  WITH dense AS MATERIALIZED (
    UPDATE pipeline_tallyspan SET is_divided = true WHERE (node, grain, start_on) IN (
      SELECT node, grain, start_on FROM pipeline_tallyspan WHERE NOT is_divided LIMIT most
    ) RETURNING node::text, grain, start_on,
      (start_on + CASE grain WHEN 'y' THEN interval '1 year' ELSE interval '1 month' END)::date - 1 AS end_on
  ), change AS (
    SELECT dense.node, dense.grain, e.day, e.stage, e.reason, {", ".join("e." + name for name in MEASURES)}
    FROM dense CROSS JOIN LATERAL pipeline_edges(dense.node, dense.start_on, dense.end_on) AS e
    UNION ALL
    -- what is not folded yet will come by its own fold
    SELECT dense.node, dense.grain, d.day, d.stage, d.reason, {", ".join("-d." + name for name in MEASURES)}
    FROM pipeline_tallydelta d
    CROSS JOIN LATERAL (VALUES (left(d.region, 5)), (d.region), ('K:' || d.group_id)) AS place(node)
    JOIN dense ON dense.node = place.node AND d.day BETWEEN dense.start_on AND dense.end_on
  ), part AS MATERIALIZED (
    SELECT node, CASE grain WHEN 'y' THEN 'm' ELSE 'd' END AS grain, CASE grain WHEN 'y' THEN {MONTH} ELSE day END AS day,
      stage, reason, {SUMS} FROM change GROUP BY 1, 2, 3, stage, reason HAVING {NONZERO}
  ),
  {stored("part")}
  SELECT count(*) INTO divided FROM dense;
  RETURN divided;
END $$;
"""


def read(table: str) -> str:
    """The rows of a node that sum up to a day: whole years, whole months of its year, days of its month."""
    columns = f"t.{KEYS[table][-1]}, {', '.join('t.' + name for name in VALUES[table])}"
    return " UNION ALL ".join(
        f"SELECT {columns} FROM {table} t WHERE t.node = place AND t.grain = '{grain}' AND {days}"
        for grain, days in (
            ("y", "t.start_on < opens_year"),
            ("m", "t.start_on >= opens_year AND t.start_on < opens_month"),
            ("d", "t.start_on >= opens_month AND t.start_on <= as_of"),
        )
    )


REBUILD = f"""
CREATE OR REPLACE FUNCTION pipeline_rebuild_tallies() RETURNS void LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  gone integer;
BEGIN
  -- the order of locks is that of a fold and of a writer: fold, standings, deltas
  PERFORM pg_advisory_xact_lock(hashtext('pipeline_fold'));
  LOCK TABLE pipeline_standing IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM pipeline_tallyspan;
  DELETE FROM pipeline_tallysum;
  DELETE FROM pipeline_tallyreason;
  DELETE FROM pipeline_tallydelta;
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, gone + 1)
    ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  {taken_in(earlier.changes("pipeline_standing", LIST, NEGATED))}
  SELECT count(*) INTO gone FROM taken;
  WHILE pipeline_divide(10000) > 0 LOOP
  END LOOP;
END $$;
"""

# as integers: the sum of big ones is made of slow numerics
HELD = ", ".join(f"sum({cell})::integer AS {cell}" for cell in CELLS)
BEFORE = ", ".join(f"({cell[1:]}::smallint, {cell})" for cell in CELLS)
# What lies in the window is counted from the standings, folded or not; what lies before it from sums and deltas. One plan
# serves all days: made anew for each of the first calls of a session it costs more than the reading.
COUNTS = f"""
CREATE OR REPLACE FUNCTION pipeline_counts(place text, as_of date) RETURNS TABLE (
  stage smallint, reason text, {", ".join(name + " bigint" for name in MEASURES)}
) LANGUAGE plpgsql STABLE ROWS 50 SET jit = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
  -- a day that ends a month or a year is read from whole months or years
  opens_month date := date_trunc('month', as_of + 1);
  opens_year date := date_trunc('year', as_of + 1);
  window_opens date;
  komunitas bigint := CASE WHEN place LIKE 'K:%' THEN substr(place, 3)::bigint END;
BEGIN
  IF length(place) > 2 THEN
    IF (komunitas IS NOT NULL OR length(place) = 8) AND NOT EXISTS (
      SELECT FROM pipeline_tallyspan s WHERE s.node = place AND s.grain = 'y' AND s.start_on = opens_year AND s.is_divided
    ) THEN
      window_opens := opens_year;
    ELSIF NOT EXISTS (
      SELECT FROM pipeline_tallyspan s WHERE s.node = place AND s.grain = 'm' AND s.start_on = opens_month AND s.is_divided
    ) THEN
      window_opens := opens_month;
    END IF;
  END IF;
  RETURN QUERY SELECT part.stage, part.reason, {TOTALS} FROM (
    SELECT stage, '', {LIST} FROM ({read("pipeline_tallysum")}) AS sums
    UNION ALL
    SELECT before.stage, reason, people, 0, 0, 0, 0, 0, 0, 0
    FROM (SELECT reason, {HELD} FROM ({read("pipeline_tallyreason")}) AS reasons GROUP BY reason) AS held
    CROSS JOIN LATERAL (VALUES {BEFORE}) AS before (stage, people) WHERE people <> 0
    UNION ALL
    SELECT e.stage, e.reason, {LIST} FROM pipeline_edges(place, window_opens, as_of) AS e
    UNION ALL
    SELECT d.stage, d.reason, {LIST} FROM pipeline_tallydelta d
    WHERE d.day < coalesce(window_opens, as_of + 1) AND CASE
      WHEN komunitas IS NOT NULL THEN d.group_id = komunitas
      ELSE place = '' OR d.region = place OR (d.region >= place || '.' AND d.region < place || '/')
    END
  ) AS part (stage, reason, {LIST}) GROUP BY part.stage, part.reason;
END $$;
"""


def restored(*functions: str) -> str:
    return "".join(function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") for function in functions)


BUILT = "SELECT pipeline_rebuild_tallies(); ANALYZE pipeline_tallysum;"
ROOMY = "ALTER TABLE pipeline_tallysum SET (fillfactor = 80);"


def keyed(last: str, field: models.Field) -> list[tuple[str, models.Field]]:
    grains = [("d", "day"), ("m", "month"), ("y", "year"), ("a", "all")]
    return [
        (
            "pk",
            models.CompositePrimaryKey(
                "node", "grain", "start_on", last, blank=True, editable=False, primary_key=True, serialize=False
            ),
        ),
        ("node", models.CharField(db_collation="C", max_length=24)),
        ("grain", models.CharField(choices=grains, db_collation="C", max_length=1)),
        ("start_on", models.DateField()),
        (last, field),
    ]


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0010_early_exit")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, ROOMY + BUILT),
        migrations.DeleteModel(name="TallySum"),
        migrations.CreateModel(
            name="TallySum",
            fields=[
                *((name, models.IntegerField()) for name in MEASURES),
                *keyed("stage", models.SmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("grain", "a")), fields=["stage", "node"], name="pipeline_tallysum_now"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TallyReason",
            fields=[
                *keyed("reason", models.TextField(db_collation="C")),
                *((cell, models.IntegerField()) for cell in CELLS),
            ],
        ),
        migrations.RunSQL(ROOMY + ROOMY.replace("sum", "reason"), migrations.RunSQL.noop),
        migrations.RunSQL(
            FOLD + DIVIDE + REBUILD + COUNTS,
            restored(earlier.FOLD, earlier.DIVIDE, earlier.REBUILD, earlier.COUNTS),
        ),
        # all of it is derived
        migrations.RunSQL(BUILT + "ANALYZE pipeline_tallyreason;", migrations.RunSQL.noop),
    ]
