"""Sums are kept where much has happened; what a small node changed by is read from its standings, and costs no fold anything.

In a movement of a hundred thousand people most sums were of a kecamatan's year or a kabupaten's month in which one or two
people counted: half of what a fold wrote (measured). Now a kecamatan and a komunitas have one sum of all time, of those
registered; a kabupaten/kota has one per year and stage; finer sums come when a span is divided: all time into years, a year
into months, a month into days. Nation and provinces are as they were.

All time is divided into years and the months of dense years at once, so that its standings are read once for both.

Deltas have no index and are not added up among themselves: hardly two of an import are of one kecamatan and day, and a fold
takes them in the order in which they lie.
"""

from importlib import import_module

from django.db import migrations

earlier = import_module("okoce.pipeline.migrations.0003_tallies")
apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")
for_the_map = import_module("okoce.pipeline.migrations.0013_all_time_for_the_map")
once = import_module("okoce.pipeline.migrations.0015_sums_found_once")

LIST, SUMS, MUCH = earlier.LIST, earlier.SUMS, earlier.MUCH
YEAR, MONTH, ALL_TIME = apart.YEAR, apart.MONTH, "DATE '0001-01-01'"
# From so many people on a kecamatan or komunitas has sums per year. Those of fewer are read in less than a millisecond.
MANY = 200
GROUP = once.GROUP
# A node of a change and the width of its span → the finer sums that such a span has when it is divided.
WIDE = (
    ("regency", "y"), ("regency", "m"), ("region", "a"), ("region", "y"), ("region", "m"), (GROUP, "a"), (GROUP, "y"),
    (GROUP, "m"),
)  # fmt: skip
START = {"a": ALL_TIME, "y": "year", "m": "month"}
FINER = {"a": ("y", "year"), "y": ("m", "month"), "m": ("d", "day")}

DUE = f"""
    INSERT INTO pipeline_tallyspan (node, grain, start_on, is_divided)
    SELECT DISTINCT node, grain, start_on, false FROM stored
    WHERE grain IN ('y', 'm') AND length(node) > 2 AND people >= {MUCH} OR grain = 'a' AND people >= {MANY}
    ON CONFLICT (node, grain, start_on) DO NOTHING
"""
FOUND = "t.ctid = part.place"


def within(node: str, grain: str) -> str:
    """Whether the span of a change is among those of `dense`; a CASE, so that it does not become a join (see 0015)."""
    return f"CASE WHEN ({node}, '{grain}', {START[grain]}) IN (SELECT node, grain, start_on FROM dense) THEN true ELSE false END"


def stored(part: str) -> str:
    """As in 0015, with the spans that are due now; and what is new to the sums is not looked up among them."""
    text = once.stored(part)
    for old, new, times in ((earlier.DUE, DUE, 1), (FOUND, f"{FOUND} AND part.place IS NOT NULL", 2)):
        assert text.count(old) == times
        text = text.replace(old, new)
    return text


PLACES = range(len(WIDE))
# No two of these have a row in common.
DIVIDED = " UNION ALL ".join(
    f"SELECT '{FINER[grain][0]}', * FROM ({apart.grouped(node, FINER[grain][1], 'divided', f'divided_{place}')}) AS part"
    for place, (node, grain) in enumerate(WIDE)
)


def registered(node: str, where: str = "true") -> str:
    return apart.grouped(node, ALL_TIME, "taken", f"stage = 1 AND reason = '' AND {where}")


def taken_in(changes: str) -> str:
    """Add changes to all sums: each wider sum from a finer one where there is one, divided spans from the changes."""
    return f"""
  WITH {once.DENSE},
  changes AS ({changes}),
  taken AS MATERIALIZED (
    SELECT keyed.*, {", ".join(f"{within(*wide)} AS divided_{place}" for place, wide in enumerate(WIDE))}
    FROM {once.keyed("changes")}
  ),
  divided AS MATERIALIZED (SELECT * FROM taken WHERE {" OR ".join(f"divided_{place}" for place in PLACES)}),
  province_day AS MATERIALIZED ({apart.grouped("province", "day", "taken")}),
  province_month AS MATERIALIZED ({apart.grouped("node", MONTH, "province_day")}),
  nation_day AS MATERIALIZED ({apart.grouped("''", "day", "province_day")}),
  nation_month AS MATERIALIZED ({apart.grouped("node", MONTH, "nation_day")}),
  part AS MATERIALIZED (
    SELECT 'd' AS grain, * FROM province_day UNION ALL SELECT 'd', * FROM nation_day
    UNION ALL SELECT 'm', * FROM province_month UNION ALL SELECT 'm', * FROM nation_month
    UNION ALL SELECT 'y', * FROM ({apart.grouped("node", YEAR, "province_month")}) AS part
    UNION ALL SELECT 'y', * FROM ({apart.grouped("node", YEAR, "nation_month")}) AS part
    UNION ALL SELECT 'y', * FROM ({apart.grouped("regency", "year", "taken")}) AS part
    UNION ALL SELECT 'a', * FROM ({registered("region")}) AS part
    UNION ALL SELECT 'a', * FROM ({registered(GROUP, "group_id IS NOT NULL")}) AS part
    UNION ALL {DIVIDED}
  ),
  {stored("part")}
"""


# In the order in which they lie, up to the first that is too many.
TAKEN = """
    DELETE FROM pipeline_tallydelta
    WHERE ctid < coalesce((SELECT ctid FROM pipeline_tallydelta OFFSET most LIMIT 1), '(4294967295,0)') RETURNING *
"""
FOLD = f"""
CREATE OR REPLACE FUNCTION pipeline_fold(most integer) RETURNS integer LANGUAGE plpgsql
  SET jit = off SET enable_seqscan = off SET synchronize_seqscans = off AS $$
#variable_conflict use_column
DECLARE
  folded integer;
BEGIN
  -- one fold at a time, so that two never wait for each other's rows; whoever comes second has nothing to do
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  {taken_in(TAKEN)}
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, folded)
      ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  END IF;
  RETURN folded;
END $$;
"""


UNFOLDED = " UNION ALL ".join(
    f"SELECT {node}, '{grain}', month, day, stage, reason, {apart.NEGATED}"
    f" FROM {once.keyed('pipeline_tallydelta')} WHERE {within(node, grain)}"
    for node, grain in WIDE
)
DIVIDE = f"""
CREATE OR REPLACE FUNCTION pipeline_divide(most integer) RETURNS integer LANGUAGE plpgsql
  SET jit = off SET enable_seqscan = off AS $$
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
    ) RETURNING node::text, grain, start_on, CASE grain
      WHEN 'a' THEN 'infinity' WHEN 'y' THEN (start_on + interval '1 year')::date - 1
      ELSE (start_on + interval '1 month')::date - 1 END AS end_on
  ), change AS (
    SELECT dense.node, dense.grain, {MONTH} AS month, e.day, e.stage, e.reason,
      {", ".join("e." + name for name in apart.MEASURES)}
    FROM dense CROSS JOIN LATERAL pipeline_edges(dense.node, dense.start_on, dense.end_on) AS e
    UNION ALL
    -- what is not folded yet will come by its own fold
    {UNFOLDED}
  ), finest AS MATERIALIZED (
    SELECT node, grain AS wide, CASE grain WHEN 'm' THEN day ELSE month END AS day, stage, reason, {SUMS}
    FROM change GROUP BY 1, 2, 3, stage, reason HAVING {earlier.NONZERO}
  ), years AS MATERIALIZED (
    SELECT node, {YEAR} AS day, stage, reason, {SUMS} FROM finest WHERE wide = 'a' GROUP BY 1, 2, stage, reason
  ), dense_years AS (
    -- without those that are known already
    INSERT INTO pipeline_tallyspan (node, grain, start_on, is_divided)
    SELECT DISTINCT node, 'y', day, true FROM years WHERE people >= {MUCH}
    ON CONFLICT (node, grain, start_on) DO NOTHING RETURNING node::text, start_on
  ), part AS MATERIALIZED (
    SELECT 'y' AS grain, * FROM years
    UNION ALL SELECT 'm', node, day, stage, reason, {LIST} FROM finest
    WHERE wide = 'y' OR wide = 'a' AND (node, {YEAR}) IN (SELECT node, start_on FROM dense_years)
    UNION ALL SELECT 'd', node, day, stage, reason, {LIST} FROM finest WHERE wide = 'm'
  ),
  {stored("part")}
  SELECT count(*) INTO divided FROM dense;
  RETURN divided;
END $$;
"""

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
  {taken_in(earlier.changes("pipeline_standing", LIST, earlier.NEGATED))}
  SELECT count(*) INTO gone FROM taken;
  WHILE pipeline_divide(10000) > 0 LOOP
  END LOOP;
END $$;
"""

KNOWN = """
    IF (komunitas IS NOT NULL OR length(place) = 8) AND NOT EXISTS (
      SELECT FROM pipeline_tallyspan s WHERE s.node = place AND s.grain = 'y' AND s.start_on = opens_year AND s.is_divided
    ) THEN
"""
NOW_KNOWN = f"""
    IF (komunitas IS NOT NULL OR length(place) = 8) AND NOT EXISTS (
      SELECT FROM pipeline_tallyspan s WHERE s.node = place AND s.grain = 'a' AND s.start_on = {ALL_TIME} AND s.is_divided
    ) THEN
      window_opens := '-infinity';
    ELSIF NOT EXISTS (
      SELECT FROM pipeline_tallyspan s WHERE s.node = place AND s.grain = 'y' AND s.start_on = opens_year AND s.is_divided
    ) THEN
"""
assert apart.COUNTS.count(KNOWN) == 1
COUNTS = apart.COUNTS.replace(KNOWN, NOW_KNOWN)

APPENDED = f"""
CREATE OR REPLACE FUNCTION pipeline_delta_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {earlier.APPEND}
  SELECT region, group_id, stage, reason, from_on, {LIST} FROM changed
  UNION ALL
  SELECT region, group_id, stage, reason, until_on, {earlier.NEGATED} FROM changed WHERE until_on IS NOT NULL;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION pipeline_delta_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {earlier.APPEND}
  SELECT region, group_id, stage, reason, from_on, {earlier.NEGATED} FROM changed
  UNION ALL
  SELECT region, group_id, stage, reason, until_on, {LIST} FROM changed WHERE until_on IS NOT NULL;
  RETURN NULL;
END $$;
"""
ADDED_UP = earlier.DELTAS[: earlier.DELTAS.index("CREATE FUNCTION pipeline_standing_is_derived")].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
UNINDEXED = "ALTER TABLE pipeline_tallydelta DROP CONSTRAINT pipeline_tallydelta_pkey;"
INDEXED = "ALTER TABLE pipeline_tallydelta ADD CONSTRAINT pipeline_tallydelta_pkey PRIMARY KEY (id);"
FOLDS_BEFORE = "".join(once.NOW) + for_the_map.narrowed(apart.REBUILD) + apart.COUNTS
REBUILT = "SELECT pipeline_rebuild_tallies(); ANALYZE pipeline_tallysum, pipeline_tallyreason, pipeline_tallyspan;"


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0019_definition_of_waiting")]
    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, REBUILT),
        migrations.RunSQL(UNINDEXED + APPENDED, INDEXED + ADDED_UP),
        migrations.RunSQL(FOLD + DIVIDE + REBUILD + COUNTS, FOLDS_BEFORE),
        # all of it is derived
        migrations.RunSQL(REBUILT, migrations.RunSQL.noop),
    ]
