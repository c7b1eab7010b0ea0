"""Tallies: triggers on the standings append deltas, `pipeline_fold()` takes them in, `pipeline_counts(node, day)` reads
balance + open window + deltas that are not folded yet, so that a count is exact at the last commit.

Nodes: "" the nation, "31" a province, "31.71" a kabupaten/kota, "31.71.04" a kecamatan, "K:12" a komunitas.
"""

from django.db import migrations

MEASURES = (
    "people", "women", "new_businesses", "existing_businesses", "continued", "jobs_claimed", "jobs_verified", "jobs_baseline",
)
LIST = ", ".join(MEASURES)
NEGATED = ", ".join(f"-{name}" for name in MEASURES)
SUMS = ", ".join(f"sum({name})::bigint AS {name}" for name in MEASURES)
SET = ", ".join(f"{name} = EXCLUDED.{name}" for name in MEASURES)
ADD = ", ".join(f"{name} = t.{name} + EXCLUDED.{name}" for name in MEASURES)
NONZERO = " OR ".join(f"sum({name}) <> 0" for name in MEASURES)


def emit(transition: str, sign: str) -> str:
    plus, minus = (LIST, NEGATED) if sign == "+" else (NEGATED, LIST)
    return f"""
  INSERT INTO pipeline_tallydelta (region, group_id, stage, reason, day, {LIST})
  SELECT region, group_id, stage, reason, day, {SUMS} FROM (
    SELECT region, group_id, stage, reason, from_on AS day, {plus} FROM {transition}
    UNION ALL
    SELECT region, group_id, stage, reason, until_on, {minus} FROM {transition} WHERE until_on IS NOT NULL
  ) AS edge (region, group_id, stage, reason, day, {LIST})
  GROUP BY region, group_id, stage, reason, day HAVING {NONZERO};
"""


DELTAS = f"""
CREATE FUNCTION pipeline_delta_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {emit("changed", "+")} RETURN NULL; END $$;
CREATE FUNCTION pipeline_delta_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {emit("changed", "-")} RETURN NULL; END $$;
CREATE FUNCTION pipeline_standing_is_derived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'okoce: standings are derived; restate the member instead'; END $$;
CREATE TRIGGER pipeline_delta_insert AFTER INSERT ON pipeline_standing
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_delta_added();
CREATE TRIGGER pipeline_delta_delete AFTER DELETE ON pipeline_standing
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_delta_removed();
CREATE TRIGGER pipeline_delta_update BEFORE UPDATE ON pipeline_standing
  FOR EACH STATEMENT EXECUTE FUNCTION pipeline_standing_is_derived();
ALTER TABLE pipeline_tallydelta SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000);
ALTER TABLE pipeline_tallybalance SET (fillfactor = 85);
"""

# A delta counts at each of its nodes; `window_end` is the first day after the node's window (month or year) that holds it.
EXPANDED = f"""
  SELECT node.code AS node, d.stage, d.reason, d.day, edge.before, {", ".join("d." + name for name in MEASURES)}
  FROM taken d
  CROSS JOIN LATERAL (VALUES
    ('', 'month'), (left(d.region, 2), 'month'), (left(d.region, 5), 'month'), (d.region::text, 'year'),
    ('K:' || d.group_id, 'year')
  ) AS node(code, grain)
  CROSS JOIN LATERAL (VALUES
    ((date_trunc(node.grain, d.day) + ('1 ' || node.grain)::interval)::date), (DATE '9999-12-31')
  ) AS edge(before)
  WHERE node.code IS NOT NULL
"""

FOLD = f"""
CREATE FUNCTION pipeline_fold(most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  folded integer;
BEGIN
  -- one fold at a time: balances are written as absolute values. Whoever comes second has nothing to do
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  WITH taken AS (
    DELETE FROM pipeline_tallydelta WHERE id IN (SELECT id FROM pipeline_tallydelta ORDER BY id LIMIT most) RETURNING *
  ), days AS (
    INSERT INTO pipeline_tallyday AS t (node, stage, reason, day, {LIST})
    SELECT node, stage, reason, day, {SUMS} FROM (
      SELECT '' AS node, stage, reason, day, {LIST} FROM taken
      UNION ALL SELECT left(region, 2), stage, reason, day, {LIST} FROM taken
    ) AS wide GROUP BY node, stage, reason, day
    ON CONFLICT (node, stage, day, reason) DO UPDATE SET {ADD}
  ), added AS MATERIALIZED (
    SELECT node, stage, reason, before, {SUMS} FROM ({EXPANDED}) AS expanded GROUP BY node, stage, reason, before
  ), touched AS (
    SELECT node, stage, reason, min(before) AS earliest FROM added GROUP BY node, stage, reason
  ), target AS (
    SELECT node, stage, reason, before FROM added
    UNION
    SELECT b.node, b.stage, b.reason, b.before
    FROM touched JOIN pipeline_tallybalance b USING (node, stage, reason) WHERE b.before >= touched.earliest
  ), running AS (
    -- the everything row (9999-12-31) holds each delta once more, so it is summed apart from the windows
    SELECT target.node, target.stage, target.reason, target.before,
      {", ".join(
          f"CASE WHEN target.before = '9999-12-31' THEN added.{name} ELSE sum(coalesce(added.{name}, 0)) OVER earlier END"
          f" AS {name}" for name in MEASURES)}
    FROM target LEFT JOIN added USING (node, stage, reason, before)
    WINDOW earlier AS (PARTITION BY target.node, target.stage, target.reason ORDER BY target.before)
  )
  INSERT INTO pipeline_tallybalance AS t (node, stage, reason, before, {LIST})
  SELECT r.node, r.stage, r.reason, r.before,
    {", ".join(f"r.{name} + coalesce(base.{name}, 0)" for name in MEASURES)}
  FROM running r
  LEFT JOIN LATERAL (
    SELECT {LIST} FROM pipeline_tallybalance b
    WHERE b.node = r.node AND b.stage = r.stage AND b.reason = r.reason
      AND b.before <= r.before AND (b.before = r.before OR r.before <> '9999-12-31')
    ORDER BY b.before DESC LIMIT 1
  ) base ON true
  ON CONFLICT (node, stage, reason, before) DO UPDATE SET {SET};
  GET DIAGNOSTICS folded = ROW_COUNT;
  RETURN folded;
END $$;
"""


def window(where: str) -> str:
    """Standings of one node whose interval begins or ends within the open window."""
    return f"""
      SELECT s.stage, s.reason, {LIST} FROM pipeline_standing s
      WHERE {where} AND s.from_on >= opens AND s.from_on <= as_of
      UNION ALL
      SELECT s.stage, s.reason, {NEGATED} FROM pipeline_standing s
      WHERE {where} AND s.until_on IS NOT NULL AND s.until_on >= opens AND s.until_on <= as_of
"""


def read(open_window: str, delta_where: str, delta_day: str) -> str:
    return f"""
    RETURN QUERY SELECT part.stage, part.reason, {", ".join(f"sum(part.{name})::bigint" for name in MEASURES)} FROM (
      SELECT k.stage, k.reason, {", ".join("b." + name for name in MEASURES)}
      FROM pipeline_tallybalance k
      CROSS JOIN LATERAL (
        SELECT {LIST} FROM pipeline_tallybalance i
        WHERE i.node = k.node AND i.stage = k.stage AND i.reason = k.reason AND i.before <= opens
        ORDER BY i.before DESC LIMIT 1
      ) b
      WHERE k.node = place AND k.before = '9999-12-31'
      UNION ALL
      {open_window}
      UNION ALL
      SELECT d.stage, d.reason, {LIST} FROM pipeline_tallydelta d WHERE {delta_where} AND {delta_day}
    ) AS part (stage, reason, {LIST}) GROUP BY part.stage, part.reason;
"""


STAGES = "s.stage IN (1, 2, 3, 4, 5, 6, 7)"  # lets an index on (place, stage, day) be probed once per stage
INSIDE = "(d.region = place OR (d.region >= place || '.' AND d.region < place || '/'))"

COUNTS = f"""
CREATE FUNCTION pipeline_counts(place text, as_of date) RETURNS TABLE (
  stage smallint, reason text, {", ".join(name + " bigint" for name in MEASURES)}
) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
  opens date;
BEGIN
  IF place LIKE 'K:%' THEN
    opens := date_trunc('year', as_of)::date;
    {read(window(f"s.group_id = substr(place, 3)::bigint AND {STAGES}"), "d.group_id = substr(place, 3)::bigint", "d.day < opens")}
  ELSIF length(place) = 8 THEN
    opens := date_trunc('year', as_of)::date;
    {read(window(f"s.region = place AND {STAGES}"), "d.region = place", "d.day < opens")}
  ELSIF length(place) = 5 THEN
    opens := date_trunc('month', as_of)::date;
    {read(window(f"left(s.region, 5) = place AND {STAGES}"), INSIDE, "d.day < opens")}
  ELSE
    opens := date_trunc('month', as_of)::date;
    {read(
        f'''SELECT t.stage, t.reason, {LIST} FROM pipeline_tallyday t
      WHERE t.node = place AND t.stage IN (1, 2, 3, 4, 5, 6, 7) AND t.day >= opens AND t.day <= as_of''',
        f"(place = '' OR {INSIDE})",
        "d.day <= as_of",
    )}
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
        migrations.RunSQL(FOLD, "DROP FUNCTION pipeline_fold(integer)"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION pipeline_counts(text, date)"),
    ]
