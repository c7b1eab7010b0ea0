"""Standings: the database derives, from the records, where each person counts from which day until which.

`pipeline_standing_truth(ids)` is the one definition; `pipeline_restate(ids)` brings the stored rows in line with it, and
statement triggers on every table that has a say call it. Two transactions that change one person's records queue up on the
member's row, so that the later one sees the earlier one's change.
"""

from django.db import migrations

TRUTH = """
CREATE FUNCTION pipeline_standing_truth(ids bigint[]) RETURNS TABLE (
  member_id bigint, stage smallint, reason text, region text, group_id bigint, from_on date, until_on date,
  people smallint, women smallint, new_businesses smallint, existing_businesses smallint, continued smallint,
  jobs_claimed integer, jobs_verified integer, jobs_baseline integer
) LANGUAGE sql STABLE ROWS 1000 AS $$
WITH person AS MATERIALIZED (
  SELECT m.id, m.region,
    (m.sex = 'female')::int::smallint AS women,
    (coalesce(b.entry_state, 'none') = 'none')::int::smallint AS new_businesses,
    coalesce(b.workers, 0) AS baseline
  FROM unnest(ids) AS wanted(id)
  JOIN members_member m ON m.id = wanted.id
  LEFT JOIN members_business b ON b.member_id = m.id
  WHERE m.merged_into_id IS NULL
), done AS MATERIALIZED (
  SELECT r.member_id, r.stage, r.completed_on
  FROM person JOIN pipeline_stagerecord r ON r.member_id = person.id
  WHERE r.state = 'completed'
), fact AS MATERIALIZED (
  -- a completed stage, for good
  SELECT d.member_id, d.stage, '' AS reason, d.completed_on AS starts, NULL::date AS ends FROM done d
  UNION ALL
  -- a known reason for standing still, as long as the stage before is completed and this one is not
  SELECT s.member_id, s.stage, s.reason, greatest(s.from_on, earlier.completed_on), least(s.until_on, here.completed_on)
  FROM person
  JOIN pipeline_standstill s ON s.member_id = person.id
  JOIN done earlier ON earlier.member_id = s.member_id AND earlier.stage = s.stage - 1
  LEFT JOIN done here ON here.member_id = s.member_id AND here.stage = s.stage
  WHERE coalesce(least(s.until_on, here.completed_on), 'infinity') > greatest(s.from_on, earlier.completed_on)
), cut AS (
  -- the days on which something about the fact changes
  SELECT f.*, f.starts AS day FROM fact f
  UNION
  SELECT f.*, r.from_on FROM fact f JOIN members_residence r ON r.member_id = f.member_id
  WHERE r.from_on > f.starts AND (f.ends IS NULL OR r.from_on < f.ends)
  UNION
  SELECT f.*, edge.day FROM fact f JOIN groups_membership g ON g.member_id = f.member_id
  CROSS JOIN LATERAL (VALUES (g.from_on), (g.until_on)) AS edge(day)
  WHERE edge.day > f.starts AND (f.ends IS NULL OR edge.day < f.ends)
  UNION
  SELECT f.*, d.completed_on FROM fact f JOIN done d ON d.member_id = f.member_id AND d.stage = f.stage - 1
  WHERE f.reason = '' AND d.completed_on > f.starts
  UNION
  SELECT f.*, j.stated_on FROM fact f JOIN pipeline_jobstatement j ON j.member_id = f.member_id
  WHERE f.stage = 4 AND f.reason = '' AND j.stated_on > f.starts
), segment AS (
  SELECT c.member_id, c.stage, c.reason, c.day,
    coalesce(lead(c.day) OVER (PARTITION BY c.member_id, c.stage, c.reason, c.starts ORDER BY c.day), c.ends) AS until_on
  FROM cut c
)
SELECT s.member_id, s.stage, s.reason, coalesce(r.region, person.region)::text, g.group_id, s.day, s.until_on,
  1::smallint, person.women, person.new_businesses, (1 - person.new_businesses)::smallint,
  (earlier.member_id IS NOT NULL AND s.reason = '')::int::smallint,
  CASE WHEN s.stage = 4 AND s.reason = '' THEN coalesce(jobs.claimed, 0) ELSE 0 END,
  CASE WHEN s.stage = 4 AND s.reason = '' THEN coalesce(least(jobs.claimed, jobs.verified), 0) ELSE 0 END,
  CASE WHEN s.stage = 4 AND s.reason = '' THEN person.baseline ELSE 0 END
FROM segment s
JOIN person ON person.id = s.member_id
LEFT JOIN members_residence r ON r.member_id = s.member_id
  AND (r.from_on IS NULL OR r.from_on <= s.day) AND (r.until_on IS NULL OR r.until_on > s.day)
LEFT JOIN groups_membership g ON g.member_id = s.member_id
  AND (g.from_on IS NULL OR g.from_on <= s.day) AND (g.until_on IS NULL OR g.until_on > s.day)
LEFT JOIN done earlier ON earlier.member_id = s.member_id AND earlier.stage = s.stage - 1 AND earlier.completed_on <= s.day
LEFT JOIN LATERAL (
  -- the latest number stated on or before the day; of several on one day the best known one
  SELECT
    (array_agg(j.workers ORDER BY j.stated_on DESC, (j.level <> 'claimed') DESC, (j.level = 'documented') DESC))[1] AS claimed,
    (array_agg(j.workers ORDER BY j.stated_on DESC, (j.level = 'documented') DESC) FILTER (WHERE j.level <> 'claimed'))[1]
      AS verified
  FROM pipeline_jobstatement j
  WHERE s.stage = 4 AND s.reason = '' AND j.member_id = s.member_id AND j.stated_on <= s.day
) jobs ON s.stage = 4 AND s.reason = ''
$$;
"""

COLUMNS = (
    "member_id, stage, reason, region, group_id, from_on, until_on, people, women, new_businesses, existing_businesses,"
    " continued, jobs_claimed, jobs_verified, jobs_baseline"
)
SAME = """
  a.member_id = b.member_id AND a.stage = b.stage AND a.reason = b.reason AND a.region = b.region AND a.from_on = b.from_on
  AND a.group_id IS NOT DISTINCT FROM b.group_id AND a.until_on IS NOT DISTINCT FROM b.until_on
  AND a.women = b.women AND a.new_businesses = b.new_businesses AND a.continued = b.continued
  AND a.jobs_claimed = b.jobs_claimed AND a.jobs_verified = b.jobs_verified AND a.jobs_baseline = b.jobs_baseline
"""

RESTATE = f"""
CREATE FUNCTION pipeline_restate(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF ids IS NULL OR cardinality(ids) = 0 THEN
    RETURN;
  END IF;
  -- rows that this transaction has just written are its own already
  PERFORM 1 FROM members_member WHERE id = ANY(ids) AND xmin <> pg_current_xact_id()::xid ORDER BY id FOR NO KEY UPDATE;
  IF NOT EXISTS (SELECT FROM pipeline_standing WHERE member_id = ANY(ids)) THEN
    INSERT INTO pipeline_standing ({COLUMNS}) SELECT * FROM pipeline_standing_truth(ids);
    RETURN;
  END IF;
  WITH b AS MATERIALIZED (SELECT * FROM pipeline_standing_truth(ids)),
  gone AS (
    DELETE FROM pipeline_standing a WHERE a.member_id = ANY(ids) AND NOT EXISTS (SELECT FROM b WHERE {SAME})
  )
  INSERT INTO pipeline_standing ({COLUMNS})
  SELECT b.* FROM b WHERE NOT EXISTS (SELECT FROM pipeline_standing a WHERE {SAME});
END $$;

CREATE FUNCTION pipeline_restate_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pipeline_restate(ARRAY(
    SELECT DISTINCT c.member_id FROM changed c
    WHERE EXISTS (SELECT FROM pipeline_stagerecord r WHERE r.member_id = c.member_id)
       OR EXISTS (SELECT FROM pipeline_standing s WHERE s.member_id = c.member_id)
  ));
  RETURN NULL;
END $$;

CREATE FUNCTION pipeline_restate_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pipeline_restate(ARRAY(SELECT c.member_id FROM changed c UNION SELECT p.member_id FROM previous p));
  RETURN NULL;
END $$;

CREATE FUNCTION pipeline_restate_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pipeline_restate(ARRAY(
    SELECT c.id FROM changed c JOIN previous p ON p.id = c.id
    WHERE c.sex <> p.sex OR c.merged_into_id IS DISTINCT FROM p.merged_into_id
  ));
  RETURN NULL;
END $$;

CREATE TRIGGER pipeline_restate_update AFTER UPDATE ON members_member
  REFERENCING NEW TABLE AS changed OLD TABLE AS previous FOR EACH STATEMENT EXECUTE FUNCTION pipeline_restate_members();
"""

TABLES = (
    "members_business",
    "members_residence",
    "groups_membership",
    "pipeline_stagerecord",
    "pipeline_standstill",
    "pipeline_jobstatement",
)


def triggers_of(table: str) -> str:
    return f"""
CREATE TRIGGER pipeline_restate_insert AFTER INSERT ON {table}
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_restate_changed();
CREATE TRIGGER pipeline_restate_update AFTER UPDATE ON {table}
  REFERENCING NEW TABLE AS changed OLD TABLE AS previous FOR EACH STATEMENT EXECUTE FUNCTION pipeline_restate_updated();
CREATE TRIGGER pipeline_restate_delete AFTER DELETE ON {table}
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_restate_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0001_initial"), ("members", "0001_initial"), ("groups", "0001_initial")]
    operations = [
        migrations.RunSQL(TRUTH, "DROP FUNCTION pipeline_standing_truth"),
        migrations.RunSQL(
            RESTATE,
            "DROP TRIGGER pipeline_restate_update ON members_member; DROP FUNCTION pipeline_restate_members();"
            " DROP FUNCTION pipeline_restate_updated(); DROP FUNCTION pipeline_restate_changed();"
            " DROP FUNCTION pipeline_restate(bigint[]);",
        ),
        *(
            migrations.RunSQL(
                triggers_of(table),
                "".join(f"DROP TRIGGER pipeline_restate_{deed} ON {table};" for deed in ("insert", "update", "delete")),
            )
            for table in TABLES
        ),
    ]
