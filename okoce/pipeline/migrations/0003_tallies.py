"""Tallies: triggers on the standings append deltas, `pipeline_fold(most)` takes them into sums, `pipeline_counts(node, day)`
reads sums, the standings of what no sum covers, and the deltas not folded yet: a count is exact at the last commit.

Nodes: "" the nation, "31" a province, "31.71" a kabupaten/kota, "31.71.04" a kecamatan, "K:12" a komunitas.

Every node has a sum per year. Nation and provinces also have sums per month and day, a kabupaten/kota per month. Finer sums
of the many small nodes would be as many as the standings; where little happens, the standings themselves are counted. A span
(a year of a kecamatan or komunitas, a month of those and of a kabupaten/kota) in which much happened is divided: it gets its
finer sums from then on, and a row in pipeline_tallyspan.
"""

from django.db import migrations

MEASURES = (
    "people", "women", "new_businesses", "existing_businesses", "continued", "jobs_claimed", "jobs_verified", "jobs_baseline",
)
# A span is divided when some stage or reason changed by so many people in it.
MUCH = 100
LIST = ", ".join(MEASURES)
WHOLE = ", ".join(f"{name}::integer" for name in MEASURES)
NEGATED = ", ".join(f"-{name}" for name in MEASURES)
SUMS = ", ".join(f"sum({name})::integer AS {name}" for name in MEASURES)
TOTALS = ", ".join(f"sum({name})::bigint" for name in MEASURES)
ADD = ", ".join(f"{name} = t.{name} + EXCLUDED.{name}" for name in MEASURES)
NONZERO = " OR ".join(f"sum({name}) <> 0" for name in MEASURES)


def changes(standings: str, begun: str, ended: str) -> str:
    """What standings change on the days on which they begin and end."""
    return f"""
  SELECT region, group_id, stage, reason, day, {SUMS} FROM (
    SELECT region, group_id, stage, reason, from_on AS day, {begun} FROM {standings}
    UNION ALL
    SELECT region, group_id, stage, reason, until_on, {ended} FROM {standings} WHERE until_on IS NOT NULL
  ) AS edge (region, group_id, stage, reason, day, {LIST})
  GROUP BY region, group_id, stage, reason, day HAVING {NONZERO}
"""


APPEND = f"INSERT INTO pipeline_tallydelta (region, group_id, stage, reason, day, {LIST})"
DELTAS = f"""
CREATE FUNCTION pipeline_delta_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {APPEND} {changes("changed", LIST, NEGATED)}; RETURN NULL; END $$;
CREATE FUNCTION pipeline_delta_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {APPEND} {changes("changed", NEGATED, LIST)}; RETURN NULL; END $$;
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


def window(column: str, value: str) -> str:
    """What the standings of one kecamatan or komunitas change from a day to a day; an index serves each part."""
    return f"""
      SELECT s.stage, s.reason, s.since_on, {WHOLE} FROM pipeline_standing s
      WHERE s.{column} = {value} AND s.since_on >= first AND s.since_on <= last AND s.reason = '' AND s.from_on = s.since_on
      UNION ALL
      SELECT s.stage, s.reason, s.from_on, {LIST} FROM pipeline_standing s
      WHERE s.{column} = {value} AND s.from_on >= first AND s.from_on <= last
        AND (s.reason <> '' OR s.from_on > s.since_on)
      UNION ALL
      SELECT s.stage, s.reason, s.until_on, {NEGATED} FROM pipeline_standing s
      WHERE s.{column} = {value} AND s.until_on >= first AND s.until_on <= last
"""


EDGES = f"""
CREATE FUNCTION pipeline_edges(place text, first date, last date) RETURNS TABLE (
  stage smallint, reason text, day date, {", ".join(name + " integer" for name in MEASURES)}
) LANGUAGE plpgsql STABLE STRICT ROWS 300 SET jit = off AS $$
#variable_conflict use_column
BEGIN
  IF place LIKE 'K:%' THEN
    RETURN QUERY {window("group_id", "substr(place, 3)::bigint")};
  ELSIF length(place) = 8 THEN
    RETURN QUERY {window("region", "place")};
  ELSE
    RETURN QUERY
    WITH RECURSIVE district(code) AS (
      SELECT min(region) FROM pipeline_standing WHERE region > place || '.' AND region < place || '/'
      UNION ALL
      SELECT (SELECT min(region) FROM pipeline_standing WHERE region > district.code AND region < place || '/')
      FROM district WHERE district.code IS NOT NULL
    )
    SELECT edge.* FROM district CROSS JOIN LATERAL ({window("region", "district.code")}) AS edge WHERE district.code IS NOT NULL;
  END IF;
END $$;
"""


def grouped(node: str, span: str, source: str, where: str = "true") -> str:
    return f"""
    SELECT {node} AS node, {span} AS day, stage, reason, {SUMS} FROM {source} WHERE {where} GROUP BY 1, 2, stage, reason
"""


# Spans of small nodes in which much has happened: `pipeline_divide` will divide those that are not divided yet.
DUE = f"""
    INSERT INTO pipeline_tallyspan (node, grain, start_on, is_divided)
    SELECT DISTINCT node, grain, start_on, false FROM stored
    WHERE people >= {MUCH}
      AND (grain = 'm' AND length(node) > 2 OR grain = 'y' AND (length(node) = 8 OR node LIKE 'K:%'))
    ON CONFLICT (node, grain, start_on) DO NOTHING
"""
DAY, MONTH, YEAR = "day", "date_trunc('month', day)::date", "date_trunc('year', day)::date"


def store(taken: str) -> str:
    """Add changes to all sums: each wider sum from a finer one where there is one, divided spans from the changes."""
    return f"""
  WITH taken AS MATERIALIZED ({taken}),
  province_day AS MATERIALIZED ({grouped("left(region, 2)", DAY, "taken")}),
  province_month AS MATERIALIZED ({grouped("node", MONTH, "province_day")}),
  nation_day AS MATERIALIZED ({grouped("''", DAY, "province_day")}),
  nation_month AS MATERIALIZED ({grouped("node", MONTH, "nation_day")}),
  regency_month AS MATERIALIZED ({grouped("left(region, 5)", MONTH, "taken")}),
  district_year AS MATERIALIZED ({grouped("region::text", YEAR, "taken")}),
  group_year AS MATERIALIZED ({grouped("'K:' || group_id", YEAR, "taken", "group_id IS NOT NULL")}),
  divided AS (
    SELECT span.node, taken.stage, taken.reason, finer.grain, finer.day, {", ".join("taken." + name for name in MEASURES)}
    FROM taken
    CROSS JOIN LATERAL (VALUES (left(region, 5)), (region), ('K:' || group_id)) AS place(node)
    CROSS JOIN LATERAL (VALUES ('y', {YEAR}, 'm', {MONTH}), ('m', {MONTH}, 'd', taken.day)) AS finer(wide, start_on, grain, day)
    JOIN pipeline_tallyspan span ON span.node = place.node AND span.grain = finer.wide AND span.start_on = finer.start_on
    WHERE span.is_divided
  ),
  stored AS (
    INSERT INTO pipeline_tallysum AS t (node, grain, start_on, stage, reason, {LIST})
    SELECT node, grain, day, stage, reason, {LIST} FROM (
      SELECT 'd' AS grain, * FROM province_day UNION ALL SELECT 'd', * FROM nation_day
      UNION ALL SELECT 'm', * FROM province_month UNION ALL SELECT 'm', * FROM nation_month
      UNION ALL SELECT 'm', * FROM regency_month
      UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "province_month")}) AS part
      UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "nation_month")}) AS part
      UNION ALL SELECT 'y', * FROM ({grouped("node", YEAR, "regency_month")}) AS part
      UNION ALL SELECT 'y', * FROM district_year UNION ALL SELECT 'y', * FROM group_year
      -- all time: for the map
      UNION ALL SELECT 'a', * FROM ({grouped("node", "DATE '0001-01-01'", "district_year", "reason = ''")}) AS part
      UNION ALL
      SELECT grain, node, day, stage, reason, {SUMS} FROM divided GROUP BY grain, node, day, stage, reason
    ) AS part ORDER BY node, grain, day
    ON CONFLICT (node, grain, start_on, stage, reason) DO UPDATE SET {ADD}
    RETURNING node, grain, start_on, people
  ),
  due AS ({DUE})
"""


TAKEN = """
    DELETE FROM pipeline_tallydelta
    WHERE id <= (SELECT max(id) FROM (SELECT id FROM pipeline_tallydelta ORDER BY id LIMIT most) AS oldest) RETURNING *
"""
FOLD = f"""
CREATE FUNCTION pipeline_fold(most integer) RETURNS integer LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  folded integer;
BEGIN
  -- one fold at a time, so that two never wait for each other's rows; whoever comes second has nothing to do
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  {store(TAKEN)}
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, folded)
      ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  END IF;
  RETURN folded;
END $$;
"""

DIVIDE = f"""
CREATE FUNCTION pipeline_divide(most integer) RETURNS integer LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  divided integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold')) THEN
    RETURN 0;
  END IF;
  WITH due AS MATERIALIZED (
    UPDATE pipeline_tallyspan SET is_divided = true WHERE (node, grain, start_on) IN (
      SELECT node, grain, start_on FROM pipeline_tallyspan WHERE NOT is_divided LIMIT most
    ) RETURNING node::text, grain, start_on,
      (start_on + CASE grain WHEN 'y' THEN interval '1 year' ELSE interval '1 month' END)::date - 1 AS end_on
  ), part AS (
    SELECT due.node, due.grain, e.day, e.stage, e.reason, {", ".join("e." + name for name in MEASURES)}
    FROM due CROSS JOIN LATERAL pipeline_edges(due.node, due.start_on, due.end_on) AS e
    UNION ALL
    -- what is not folded yet will come by its own fold
    SELECT due.node, due.grain, d.day, d.stage, d.reason, {", ".join("-d." + name for name in MEASURES)}
    FROM pipeline_tallydelta d
    CROSS JOIN LATERAL (VALUES (left(d.region, 5)), (d.region), ('K:' || d.group_id)) AS place(node)
    JOIN due ON due.node = place.node AND d.day BETWEEN due.start_on AND due.end_on
  ), stored AS (
    INSERT INTO pipeline_tallysum (node, grain, start_on, stage, reason, {LIST})
    SELECT node, finer.grain, finer.start_on, stage, reason, {SUMS} FROM part
    CROSS JOIN LATERAL (
      SELECT CASE part.grain WHEN 'y' THEN 'm' ELSE 'd' END AS grain,
        CASE part.grain WHEN 'y' THEN {MONTH} ELSE day END AS start_on
    ) AS finer
    GROUP BY node, finer.grain, finer.start_on, stage, reason HAVING {NONZERO}
    RETURNING node, grain, start_on, people
  ), finer_due AS ({DUE})
  SELECT count(*) INTO divided FROM due;
  RETURN divided;
END $$;
"""

REBUILD = f"""
CREATE FUNCTION pipeline_rebuild_tallies() RETURNS void LANGUAGE plpgsql SET jit = off AS $$
#variable_conflict use_column
DECLARE
  gone integer;
BEGIN
  -- the order of locks is that of a fold and of a writer: fold, standings, deltas
  PERFORM pg_advisory_xact_lock(hashtext('pipeline_fold'));
  LOCK TABLE pipeline_standing IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM pipeline_tallyspan;
  DELETE FROM pipeline_tallysum;
  DELETE FROM pipeline_tallydelta;
  GET DIAGNOSTICS gone = ROW_COUNT;
  INSERT INTO pipeline_tallyfold AS f (id, deltas) VALUES (1, gone + 1)
    ON CONFLICT (id) DO UPDATE SET deltas = f.deltas + EXCLUDED.deltas;
  {store(changes("pipeline_standing", LIST, NEGATED))}
  SELECT count(*) INTO gone FROM taken;
  WHILE pipeline_divide(10000) > 0 LOOP
  END LOOP;
END $$;
"""


# What lies in the window is counted from the standings, folded or not; what lies before it from sums and deltas.
COUNTS = f"""
CREATE FUNCTION pipeline_counts(place text, as_of date) RETURNS TABLE (
  stage smallint, reason text, {", ".join(name + " bigint" for name in MEASURES)}
) LANGUAGE plpgsql STABLE ROWS 50 SET jit = off AS $$
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
    SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
    WHERE t.node = place AND t.grain = 'y' AND t.start_on < opens_year
    UNION ALL
    SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
    WHERE t.node = place AND t.grain = 'm' AND t.start_on >= opens_year AND t.start_on < opens_month
    UNION ALL
    SELECT t.stage, t.reason, {LIST} FROM pipeline_tallysum t
    WHERE t.node = place AND t.grain = 'd' AND t.start_on >= opens_month AND t.start_on <= as_of
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


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0002_standing")]
    operations = [
        migrations.RunSQL(
            DELTAS,
            "DROP TRIGGER pipeline_delta_insert ON pipeline_standing; DROP TRIGGER pipeline_delta_delete ON pipeline_standing;"
            " DROP TRIGGER pipeline_delta_update ON pipeline_standing; DROP FUNCTION pipeline_delta_added();"
            " DROP FUNCTION pipeline_delta_removed(); DROP FUNCTION pipeline_standing_is_derived();",
        ),
        migrations.RunSQL(EDGES, "DROP FUNCTION pipeline_edges(text, date, date)"),
        migrations.RunSQL(FOLD, "DROP FUNCTION pipeline_fold(integer)"),
        migrations.RunSQL(DIVIDE, "DROP FUNCTION pipeline_divide(integer)"),
        migrations.RunSQL(REBUILD, "DROP FUNCTION pipeline_rebuild_tallies()"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION pipeline_counts(text, date)"),
    ]
