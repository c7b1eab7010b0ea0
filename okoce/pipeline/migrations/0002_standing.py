"""Standings: the database derives, from the records, where each person counts from which day until which.

`pipeline_standing_truth(ids)` is the one definition; `pipeline_restate(ids)` brings the stored rows in line with it, and
statement triggers on every table that has a say call it. Two transactions that change one person's records queue up on the
member's row, so that the later one sees the earlier one's change.
"""

from django.db import migrations

TRUTH = """
CREATE FUNCTION pipeline_standing_truth(ids bigint[]) RETURNS TABLE (
  member_id bigint, stage smallint, reason text, region text, group_id bigint, since_on date, from_on date, until_on date,
  people smallint, women smallint, new_businesses smallint, existing_businesses smallint, continued smallint,
  jobs_claimed integer, jobs_verified integer, jobs_baseline integer
) LANGUAGE sql STABLE ROWS 1000 AS $$
WITH person AS (
  SELECT m.id, m.region,
    (m.sex = 'female')::int::smallint AS women,
    (coalesce(b.entry_state, 'none') = 'none')::int::smallint AS new_businesses,
    coalesce(b.workers, 0) AS baseline
  FROM members_member m LEFT JOIN members_business b ON b.member_id = m.id
  WHERE m.id = ANY(ids) AND m.merged_into_id IS NULL
), done AS MATERIALIZED (
  -- completed stages, each beside the day of the stage before and of the stage after
  SELECT r.member_id, r.stage, r.completed_on AS day,
    CASE WHEN lag(r.stage) OVER stages = r.stage - 1 THEN lag(r.completed_on) OVER stages END AS earlier,
    CASE WHEN lead(r.stage) OVER stages = r.stage + 1 THEN lead(r.completed_on) OVER stages END AS later
  FROM pipeline_stagerecord r WHERE r.member_id = ANY(ids) AND r.completed_on IS NOT NULL
  WINDOW stages AS (PARTITION BY r.member_id ORDER BY r.stage)
), fact AS (
  -- what counts: each completed stage for good …
  SELECT d.member_id, d.stage, '' AS reason, d.day AS since_on, d.day AS starts,
    CASE WHEN d.earlier > d.day THEN d.earlier ELSE 'infinity' END AS ends,
    (d.earlier IS NOT NULL AND d.earlier <= d.day)::int AS continued
  FROM done d
  UNION ALL
  -- … where the stage before is completed later (a free rule allows it), as one that went on from then …
  SELECT d.member_id, d.stage, '', d.day, d.earlier, 'infinity', 1 FROM done d WHERE d.earlier > d.day
  UNION ALL
  -- … and each known reason for standing still, while the stage before is completed and this one is not
  SELECT s.member_id, s.stage, s.reason, d.day, greatest(s.from_on, d.day),
    least(coalesce(s.until_on, 'infinity'), d.later), 0
  FROM pipeline_standstill s JOIN done d ON d.member_id = s.member_id AND d.stage = s.stage - 1
  WHERE s.member_id = ANY(ids)
), home AS (
  -- a person stays where she last was known to live; before the first known residence, there
  SELECT r.member_id, r.region,
    CASE WHEN lag(r.id) OVER known IS NULL THEN '-infinity' ELSE r.from_on END AS starts,
    lead(r.from_on, 1, 'infinity') OVER known AS ends
  FROM members_residence r WHERE r.member_id = ANY(ids)
  WINDOW known AS (PARTITION BY r.member_id ORDER BY r.from_on NULLS FIRST)
), club AS (
  -- memberships of those who have any, and their times without one
  SELECT edge.member_id, edge.group_id, edge.starts,
    lead(edge.starts, 1, 'infinity') OVER (PARTITION BY edge.member_id ORDER BY edge.starts) AS ends
  FROM (
    SELECT change.member_id, change.starts, max(change.group_id) AS group_id
    FROM groups_membership g
    CROSS JOIN LATERAL (VALUES
      (g.member_id, '-infinity'::date, NULL::bigint), (g.member_id, coalesce(g.from_on, '-infinity'), g.group_id),
      (g.member_id, g.until_on, NULL)
    ) AS change(member_id, starts, group_id)
    WHERE g.member_id = ANY(ids) AND change.starts IS NOT NULL
    GROUP BY change.member_id, change.starts
  ) AS edge
), stated AS (
  SELECT j.member_id, j.stated_on,
    (array_agg(j.workers ORDER BY CASE j.level WHEN 'documented' THEN 1 WHEN 'seen' THEN 2 ELSE 3 END))[1] AS claimed,
    (
      SELECT v.workers FROM pipeline_jobstatement v
      WHERE v.member_id = j.member_id AND v.stated_on <= j.stated_on AND v.level <> 'claimed'
      ORDER BY v.stated_on DESC, (v.level = 'documented') DESC LIMIT 1
    ) AS verified
  FROM pipeline_jobstatement j WHERE j.member_id = ANY(ids) GROUP BY j.member_id, j.stated_on
), jobs AS (
  -- the latest number stated (of several on one day the best known one), and the latest that somebody saw or that a
  -- document proves; of those who stated any
  SELECT s.member_id, s.claimed, s.verified, s.starts,
    lead(s.starts, 1, 'infinity') OVER (PARTITION BY s.member_id ORDER BY s.starts) AS ends
  FROM (
    SELECT member_id, stated_on AS starts, claimed, verified FROM stated
    UNION ALL SELECT DISTINCT member_id, '-infinity'::date, NULL::integer, NULL::integer FROM stated
  ) AS s
)
SELECT p.id, f.stage, f.reason, coalesce(home.region, p.region)::text, club.group_id,
  f.since_on, greatest(f.starts, home.starts, club.starts, jobs.starts),
  nullif(least(f.ends, home.ends, club.ends, jobs.ends), 'infinity'),
  1::smallint, p.women, p.new_businesses, (1 - p.new_businesses)::smallint, f.continued::smallint,
  coalesce(jobs.claimed, 0), least(coalesce(jobs.claimed, 0), coalesce(jobs.verified, 0)),
  CASE WHEN jobs.claimed IS NULL THEN 0 ELSE p.baseline END
FROM person p
JOIN fact f ON f.member_id = p.id
LEFT JOIN home ON home.member_id = p.id
LEFT JOIN club ON club.member_id = p.id
LEFT JOIN jobs ON jobs.member_id = p.id AND f.stage = 4 AND f.reason = ''
WHERE greatest(f.starts, home.starts, club.starts, jobs.starts) < least(f.ends, home.ends, club.ends, jobs.ends)
$$;
"""

COLUMNS = (
    "member_id, stage, reason, region, group_id, since_on, from_on, until_on, people, women, new_businesses,"
    " existing_businesses, continued, jobs_claimed, jobs_verified, jobs_baseline"
)
SAME = """
  a.member_id = b.member_id AND a.stage = b.stage AND a.reason = b.reason AND a.from_on = b.from_on AND a.region = b.region
  AND a.group_id IS NOT DISTINCT FROM b.group_id AND a.until_on IS NOT DISTINCT FROM b.until_on
  AND (a.since_on, a.people, a.women, a.new_businesses, a.existing_businesses, a.continued) =
      (b.since_on, b.people, b.women, b.new_businesses, b.existing_businesses, b.continued)
  AND (a.jobs_claimed, a.jobs_verified, a.jobs_baseline) = (b.jobs_claimed, b.jobs_verified, b.jobs_baseline)
"""

INSERT = f"INSERT INTO pipeline_standing ({COLUMNS}) SELECT * FROM pipeline_standing_truth(ids)"
REPLACE = f"""
  WITH b AS MATERIALIZED (SELECT * FROM pipeline_standing_truth(ids)),
  gone AS (
    DELETE FROM pipeline_standing a WHERE a.member_id = ANY(ids) AND NOT EXISTS (SELECT FROM b WHERE {SAME}) RETURNING 1
  )
  INSERT INTO pipeline_standing ({COLUMNS})
  SELECT b.* FROM b
  -- asking for `gone` makes the deletion come first: an old row and its successor may have the same key
  WHERE (SELECT count(*) FROM gone) >= 0 AND NOT EXISTS (SELECT FROM pipeline_standing a WHERE {SAME})
"""


def planned(statement: str) -> str:
    """For few people the plan that is kept is right; many get a plan made for their number."""
    dynamic = statement.replace("(ids)", "($1)").replace("= ANY(ids)", "= ANY($1)")
    return f"""
    IF cardinality(ids) <= 20 THEN
      {statement};
    ELSE
      -- statistics of a table that is just being filled are wrong by orders of magnitude: a nested loop then takes minutes
      SET LOCAL enable_nestloop = off;
      EXECUTE $statement$ {dynamic} $statement$ USING ids;
    END IF;
"""


RESTATE = f"""
-- planning anew for every person would cost more than all the rest (measured: 4.5 ms of 5)
CREATE FUNCTION pipeline_restate(ids bigint[]) RETURNS void LANGUAGE plpgsql
  -- and a plan kept from when a table was small would compare every row of it with every id (measured: 3.3 s for 10,000)
  SET jit = off SET plan_cache_mode = force_generic_plan SET enable_nestloop = on SET enable_seqscan = off AS $$
BEGIN
  IF ids IS NULL OR cardinality(ids) = 0 THEN
    RETURN;
  END IF;
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'okoce: records that count people are written in READ COMMITTED only'
      USING HINT = 'With a fixed snapshot the change of another transaction would be overlooked.';
  END IF;
  -- Whoever changes a person waits for whoever changed her before, and then sees that change. Rows that this transaction
  -- has itself written are its own already.
  PERFORM 1 FROM members_member WHERE id = ANY(ids) AND xmin <> pg_current_xact_id()::xid ORDER BY id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM pipeline_standing WHERE member_id = ANY(ids)) THEN
    {planned(REPLACE)}
  ELSIF EXISTS (SELECT FROM pipeline_stagerecord WHERE member_id = ANY(ids)) THEN
    {planned(INSERT)}
  END IF;
END $$;

CREATE FUNCTION pipeline_restate_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pipeline_restate(ARRAY(SELECT DISTINCT c.member_id FROM changed c));
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
    WHERE c.sex <> p.sex OR c.merged_into_id IS DISTINCT FROM p.merged_into_id OR c.region <> p.region
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
