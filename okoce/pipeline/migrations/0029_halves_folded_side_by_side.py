"""At the end of an import half of a fold can go beside the other half: `pipeline_fold_half(half, most)` takes in the deltas of the
provinces whose code is even (0) or odd (1).

Their own nodes belong to one half alone. What both halves change, the nation and komunitas, goes last, in turn: its changes wait
as deltas without a place, which nobody sees, since the same transaction takes them in.
"""

from importlib import import_module

from django.db import migrations

sums = import_module("okoce.pipeline.migrations.0003_tallies")
apart = import_module("okoce.pipeline.migrations.0011_reasons_apart")
for_the_map = import_module("okoce.pipeline.migrations.0013_all_time_for_the_map")
found_once = import_module("okoce.pipeline.migrations.0015_sums_found_once")
of_all_time = import_module("okoce.pipeline.migrations.0022_groups_of_all_time")
fewer = import_module("okoce.pipeline.migrations.0023_fewer_rows_told")

LIST, SUMS, MONTH, YEAR, grouped = apart.LIST, apart.SUMS, apart.MONTH, apart.YEAR, apart.grouped
# Those that one province has, and those that several share: see WIDE in 0015.
OWN, SHARED = found_once.WIDE[:3], found_once.WIDE[3:]
STORED = fewer.told_less(found_once.stored("part"))
ITS_OWN = """
    DELETE FROM pipeline_tallydelta
    WHERE id <= (SELECT max(id) FROM (SELECT id FROM pipeline_tallydelta ORDER BY id LIMIT most) AS oldest)
      AND left(region, 2)::integer % 2 = half RETURNING *
"""


def taken(changes: str, wide: tuple[tuple[str, str], ...]) -> str:
    """Changes with their nodes, and whether their spans are divided."""
    flags = ", ".join(f"{found_once.within(*one)} AS divided_{place}" for place, one in enumerate(wide))
    return f"""
  WITH {found_once.DENSE},
  changes AS ({changes}),
  taken AS MATERIALIZED (SELECT keyed.*, {flags} FROM {found_once.keyed("changes")})"""


def finer(wide: tuple[tuple[str, str], ...]) -> str:
    """Sums of divided spans."""
    rows = " UNION ALL ".join(
        f"SELECT {node} AS node, '{found_once.FINER[grain][0]}' AS grain, {found_once.FINER[grain][1]} AS day,"
        f" stage, reason, {LIST} FROM taken WHERE divided_{place}"
        for place, (node, grain) in enumerate(wide)
    )
    return f"SELECT grain, node, day, stage, reason, {SUMS} FROM ({rows}) AS part GROUP BY 1, 2, 3, stage, reason"


OF_PROVINCES = f"""
  {taken(ITS_OWN, OWN)},
  later AS (
    INSERT INTO pipeline_tallydelta (region, group_id, stage, reason, day, {LIST})
    SELECT '', group_id, stage, reason, day, {SUMS} FROM taken GROUP BY group_id, stage, reason, day
  ),
  province_day AS MATERIALIZED ({grouped("province", "day", "taken")}),
  province_month AS MATERIALIZED ({grouped("node", MONTH, "province_day")}),
  regency_month AS MATERIALIZED ({grouped("regency", "month", "taken")}),
  district_year AS MATERIALIZED ({grouped("region", "year", "taken")}),
  part AS MATERIALIZED (
    SELECT 'd' AS grain, * FROM province_day
    UNION ALL SELECT 'm', * FROM province_month
    UNION ALL SELECT 'm', * FROM regency_month
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "province_month")}) AS part
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "regency_month")}) AS part
    UNION ALL SELECT 'y', * FROM district_year
    UNION ALL SELECT 'a', * FROM ({for_the_map.REGISTERED}) AS part
    UNION ALL {finer(OWN)}
  ),
  {STORED}
"""
OF_ALL = f"""
  {taken("DELETE FROM pipeline_tallydelta WHERE region = '' RETURNING *", SHARED)},
  nation_day AS MATERIALIZED ({grouped("''", "day", "taken")}),
  nation_month AS MATERIALIZED ({grouped("node", MONTH, "nation_day")}),
  group_year AS MATERIALIZED ({of_all_time.GROUP_YEAR}),
  part AS MATERIALIZED (
    SELECT 'd' AS grain, * FROM nation_day
    UNION ALL SELECT 'm', * FROM nation_month
    UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "nation_month")}) AS part
    UNION ALL SELECT 'y', * FROM group_year
    UNION ALL SELECT 'a', * FROM ({of_all_time.GROUP_ALL_TIME}) AS part
    UNION ALL {finer(SHARED)}
  ),
  {STORED}
"""
FOLD_HALF = f"""
CREATE FUNCTION pipeline_fold_half(half integer, most integer) RETURNS integer
LANGUAGE plpgsql SET jit = off SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  folded integer;
  shared integer;
BEGIN
  -- beside the other half, and beside nobody else who writes sums
  IF NOT pg_try_advisory_xact_lock_shared(hashtext('pipeline_fold'))
     OR NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold_half'), half) THEN
    RETURN 0;
  END IF;
  {OF_PROVINCES}
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    -- the other half may be at this: what it has written is seen only once it has ended
    PERFORM pg_advisory_xact_lock(hashtext('pipeline_fold_shared'));
    {OF_ALL}
    SELECT count(*) INTO shared FROM taken;
    INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, folded)
      ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  END IF;
  RETURN folded;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0028_standstills_asked_once")]
    operations = [migrations.RunSQL(FOLD_HALF, "DROP FUNCTION pipeline_fold_half(integer, integer)")]
