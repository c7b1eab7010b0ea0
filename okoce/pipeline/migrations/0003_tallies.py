"""Tallies: triggers on the standings append deltas, `pipeline_fold(most)` takes them in, `pipeline_counts(node, day)` reads
sums + deltas that are not folded yet, so that a count is exact at the last commit.

Nodes: "" the nation, "31" a province, "31.71" a kabupaten/kota, "31.71.04" a kecamatan, "K:12" a komunitas.
"""

from django.db import migrations

MEASURES = (
    "people", "women", "new_businesses", "existing_businesses", "continued", "jobs_claimed", "jobs_verified", "jobs_baseline",
)
LIST = ", ".join(MEASURES)
NEGATED = ", ".join(f"-{name}" for name in MEASURES)
SUMS = ", ".join(f"sum({name})::integer AS {name}" for name in MEASURES)
TOTALS = ", ".join(f"sum({name})::bigint" for name in MEASURES)
ADD = ", ".join(f"{name} = t.{name} + EXCLUDED.{name}" for name in MEASURES)
NONZERO = " OR ".join(f"sum({name}) <> 0" for name in MEASURES)


def append(standings: str, begun: str, ended: str) -> str:
    """Append what standings change on the days on which they begin and end."""
    return f"""
  INSERT INTO pipeline_tallydelta (region, group_id, stage, reason, day, {LIST})
  SELECT region, group_id, stage, reason, day, {SUMS} FROM (
    SELECT region, group_id, stage, reason, from_on AS day, {begun} FROM {standings}
    UNION ALL
    SELECT region, group_id, stage, reason, until_on, {ended} FROM {standings} WHERE until_on IS NOT NULL
  ) AS edge (region, group_id, stage, reason, day, {LIST})
  GROUP BY region, group_id, stage, reason, day HAVING {NONZERO};
"""


DELTAS = f"""
CREATE FUNCTION pipeline_delta_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {append("changed", LIST, NEGATED)} RETURN NULL; END $$;
CREATE FUNCTION pipeline_delta_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {append("changed", NEGATED, LIST)} RETURN NULL; END $$;
CREATE FUNCTION pipeline_standing_is_derived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'okoce: standings are derived; restate the member instead'; END $$;
CREATE TRIGGER pipeline_delta_insert AFTER INSERT ON pipeline_standing
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_delta_added();
CREATE TRIGGER pipeline_delta_delete AFTER DELETE ON pipeline_standing
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_delta_removed();
CREATE TRIGGER pipeline_delta_update BEFORE UPDATE ON pipeline_standing
  FOR EACH STATEMENT EXECUTE FUNCTION pipeline_standing_is_derived();
ALTER TABLE pipeline_tallydelta SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE pipeline_tallysum SET (fillfactor = 80);
"""

FOLD = f"""
CREATE FUNCTION pipeline_fold(most integer) RETURNS integer LANGUAGE plpgsql SET jit = off AS $$
DECLARE
  folded integer;
BEGIN
  -- one fold at a time, so that two never wait for each other's rows; whoever comes second has nothing to do
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM pipeline_tallydelta WHERE id IN (SELECT id FROM pipeline_tallydelta ORDER BY id LIMIT most) RETURNING *
  ), by_day AS MATERIALIZED (
    SELECT place.node, stage, reason, day, {SUMS} FROM taken
    CROSS JOIN LATERAL (VALUES (''), (left(region, 2)), (left(region, 5)), (region), ('K:' || group_id)) AS place(node)
    WHERE place.node IS NOT NULL GROUP BY place.node, stage, reason, day
  ), by_month AS MATERIALIZED (
    SELECT node, stage, reason, date_trunc('month', day::timestamp)::date AS day, {SUMS} FROM by_day
    GROUP BY node, stage, reason, date_trunc('month', day::timestamp)
  ), by_year AS MATERIALIZED (
    SELECT node, stage, reason, date_trunc('year', day::timestamp)::date AS day, {SUMS} FROM by_month
    GROUP BY node, stage, reason, date_trunc('year', day::timestamp)
  ), added AS (
    INSERT INTO pipeline_tallysum AS t (node, grain, start_on, stage, reason, {LIST})
    -- a kecamatan keeps no days: its open month is counted from its standings
    SELECT node, 'd', day, stage, reason, {LIST} FROM by_day WHERE length(node) <> 8 OR node LIKE 'K:%'
    UNION ALL SELECT node, 'm', day, stage, reason, {LIST} FROM by_month
    UNION ALL SELECT node, 'y', day, stage, reason, {LIST} FROM by_year
    UNION ALL SELECT node, 'a', DATE '0001-01-01', stage, reason, {SUMS} FROM by_year GROUP BY node, stage, reason
    -- in the order of the key: measured a quarter quicker for a big import
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (node, grain, start_on, stage, reason) DO UPDATE SET {ADD}
  )
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, folded)
      ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  END IF;
  RETURN folded;
END $$;

CREATE FUNCTION pipeline_rebuild_tallies() RETURNS void LANGUAGE plpgsql SET jit = off AS $$
BEGIN
  -- the order of locks is that of a fold and of a writer: fold, standings, deltas
  PERFORM pg_advisory_xact_lock(hashtext('pipeline_fold'));
  LOCK TABLE pipeline_standing IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM pipeline_tallydelta;
  DELETE FROM pipeline_tallysum;
  {append("pipeline_standing", LIST, NEGATED)}
  PERFORM pipeline_fold(2147483647);
END $$;
"""


def read(days: str, deltas: str) -> str:
    """Years, months, the days of the open month, and what is not folded yet."""
    return f"""
    RETURN QUERY SELECT part.stage, part.reason, {TOTALS} FROM (
      SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
      WHERE t.node = place AND t.grain = 'y' AND t.start_on < opens_year
      UNION ALL
      SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
      WHERE t.node = place AND t.grain = 'm' AND t.start_on >= opens_year AND t.start_on < opens_month
      UNION ALL
      {days}
      UNION ALL
      SELECT d.stage, d.reason, {LIST} FROM pipeline_tallydelta d WHERE {deltas}
    ) AS part (stage, reason, {LIST}) GROUP BY part.stage, part.reason;
"""


DAYS = f"""SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
      WHERE t.node = place AND t.grain = 'd' AND t.start_on >= opens_month AND t.start_on <= as_of"""
# completed stages on the day of completion; all other beginnings, also of reasons; all ends: an index for each
STANDINGS = f"""SELECT s.stage, s.reason, {LIST} FROM pipeline_standing s
      WHERE s.region = place AND s.stage IN (1, 2, 3, 4, 5, 6, 7) AND s.reason = ''
        AND s.since_on >= opens_month AND s.since_on <= as_of AND s.from_on = s.since_on
      UNION ALL
      SELECT s.stage, s.reason, {LIST} FROM pipeline_standing s
      WHERE s.region = place AND s.from_on >= opens_month AND s.from_on <= as_of AND (s.reason <> '' OR s.from_on > s.since_on)
      UNION ALL
      SELECT s.stage, s.reason, {NEGATED} FROM pipeline_standing s
      WHERE s.region = place AND s.until_on >= opens_month AND s.until_on <= as_of"""
INSIDE = "(place = '' OR (d.region >= place || '.' AND d.region < place || '/'))"

COUNTS = f"""
CREATE FUNCTION pipeline_counts(place text, as_of date) RETURNS TABLE (
  stage smallint, reason text, {", ".join(name + " bigint" for name in MEASURES)}
) LANGUAGE plpgsql STABLE ROWS 50 SET jit = off AS $$
#variable_conflict use_column
DECLARE
  -- a day that ends a month or a year is read from whole months or years
  opens_month date := date_trunc('month', as_of + 1);
  opens_year date := date_trunc('year', as_of + 1);
BEGIN
  IF place LIKE 'K:%' THEN
    {read(DAYS, "d.group_id = substr(place, 3)::bigint AND d.day <= as_of")}
  ELSIF length(place) = 8 THEN
    {read(STANDINGS, "d.region = place AND d.day < opens_month")}
  ELSE
    {read(DAYS, INSIDE + " AND d.day <= as_of")}
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0002_standing")]
    operations = [
        migrations.RunSQL(
            DELTAS,
            "DROP TRIGGER pipeline_delta_insert ON pipeline_standing; DROP TRIGGER pipeline_delta_delete ON pipeline_standing;"
            " DROP TRIGGER pipeline_delta_update ON pipeline_standing; DROP FUNCTION pipeline_delta_added();"
            " DROP FUNCTION pipeline_delta_removed(); DROP FUNCTION pipeline_standing_is_derived();",
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION pipeline_rebuild_tallies(); DROP FUNCTION pipeline_fold(integer)"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION pipeline_counts(text, date)"),
    ]
