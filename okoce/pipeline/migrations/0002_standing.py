"""Standings: the database derives, from the records, where each person counts from which day until which.

`pipeline_standing_truth(ids)` is the one definition; `pipeline_restate(ids)` brings the stored rows in line with it, and
statement triggers on every table that has a say call it. Two transactions that change one person's records queue up on the
member's row, so that the later one sees the earlier one's change.
"""

from django.db import migrations

# Everything is looked up person by person through indexes: one plan that is right for one id and for ten thousand,
# with and without statistics. A list of pieces covers all time without gaps; a standing is where the pieces overlap.
TRUTH = """
CREATE FUNCTION pipeline_standing_truth(ids bigint[]) RETURNS TABLE (
  member_id bigint, stage smallint, reason text, region text, group_id bigint, since_on date, from_on date, until_on date,
  people smallint, women smallint, new_businesses smallint, existing_businesses smallint, continued smallint,
  jobs_claimed integer, jobs_verified integer, jobs_baseline integer
) LANGUAGE sql STABLE ROWS 1000 AS $$
SELECT p.id, f.stage::smallint, f.reason, coalesce(home.region, p.region)::text, club.group_id,
  f.since_on, piece.starts, nullif(piece.ends, 'infinity'),
  1::smallint, p.women, p.new_businesses, (1 - p.new_businesses)::smallint, f.continued::smallint,
  coalesce(jobs.claimed, 0), least(coalesce(jobs.claimed, 0), coalesce(jobs.verified, 0)),
  CASE WHEN jobs.claimed IS NULL THEN 0 ELSE p.baseline END
FROM (
  SELECT m.id, m.region,
    (m.sex = 'female')::int::smallint AS women,
    (coalesce(b.entry_state, 'none') = 'none')::int::smallint AS new_businesses,
    coalesce(b.workers, 0) AS baseline,
    done.days
  FROM unnest(ids) AS wanted(id)
  JOIN members_member m ON m.id = wanted.id AND m.merged_into_id IS NULL
  LEFT JOIN members_business b ON b.member_id = m.id
  CROSS JOIN LATERAL (
    SELECT ARRAY[
      max(r.completed_on) FILTER (WHERE r.stage = 1), max(r.completed_on) FILTER (WHERE r.stage = 2),
      max(r.completed_on) FILTER (WHERE r.stage = 3), max(r.completed_on) FILTER (WHERE r.stage = 4),
      max(r.completed_on) FILTER (WHERE r.stage = 5), max(r.completed_on) FILTER (WHERE r.stage = 6),
      max(r.completed_on) FILTER (WHERE r.stage = 7)] AS days, count(*) AS stages
    FROM pipeline_stagerecord r WHERE r.member_id = m.id AND r.state = 'completed'
  ) AS done
  WHERE done.stages > 0
) AS p
-- residence: a person stays where she last was known to live; before the first known residence, there
LEFT JOIN LATERAL (
  SELECT r.region,
    CASE WHEN lag(r.id) OVER known IS NULL THEN '-infinity' ELSE r.from_on END AS starts,
    lead(r.from_on, 1, 'infinity') OVER known AS ends
  FROM members_residence r WHERE r.member_id = p.id
  WINDOW known AS (ORDER BY r.from_on NULLS FIRST)
) AS home ON true
-- komunitas: memberships, and the times without one
CROSS JOIN LATERAL (
  SELECT edge.group_id, edge.starts, lead(edge.starts, 1, 'infinity') OVER (ORDER BY edge.starts) AS ends
  FROM (
    SELECT change.starts, max(change.group_id) AS group_id
    FROM (
      SELECT '-infinity'::date AS starts, NULL::bigint AS group_id
      UNION ALL
      SELECT coalesce(g.from_on, '-infinity'), g.group_id FROM groups_membership g WHERE g.member_id = p.id
      UNION ALL
      SELECT g.until_on, NULL FROM groups_membership g WHERE g.member_id = p.id AND g.until_on IS NOT NULL
    ) AS change GROUP BY change.starts
  ) AS edge
) AS club
-- what counts: each completed stage for good, and each known reason while the stage before is completed and this one is not
CROSS JOIN LATERAL (
  SELECT n.stage, '' AS reason, n.day AS since_on, n.day AS starts,
    CASE WHEN n.earlier > n.day THEN n.earlier ELSE 'infinity' END AS ends,
    (n.earlier IS NOT NULL AND n.earlier <= n.day)::int AS continued
  FROM (VALUES (1, p.days[1], NULL::date), (2, p.days[2], p.days[1]), (3, p.days[3], p.days[2]), (4, p.days[4], p.days[3]),
    (5, p.days[5], p.days[4]), (6, p.days[6], p.days[5]), (7, p.days[7], p.days[6])) AS n(stage, day, earlier)
  WHERE n.day IS NOT NULL
  UNION ALL
  -- under a free rule the stage before may be completed later: from then on the person counts as having gone on
  SELECT n.stage, '', p.days[n.stage], p.days[n.stage - 1], 'infinity', 1
  FROM generate_series(2, 7) AS n(stage)
  WHERE p.days[n.stage - 1] > p.days[n.stage]
  UNION ALL
  SELECT s.stage, s.reason, p.days[s.stage - 1], greatest(s.from_on, p.days[s.stage - 1]),
    least(coalesce(s.until_on, 'infinity'), p.days[s.stage]), 0
  FROM pipeline_standstill s
  WHERE s.member_id = p.id AND p.days[s.stage - 1] IS NOT NULL
) AS f
-- jobs of those with a permit: the latest number stated (of several on one day the best known one), and the latest that
-- somebody saw or that a document proves
LEFT JOIN LATERAL (
  SELECT said.claimed, said.verified, said.starts, lead(said.starts, 1, 'infinity') OVER (ORDER BY said.starts) AS ends
  FROM (
    SELECT '-infinity'::date AS starts, NULL::integer AS claimed, NULL::integer AS verified
    WHERE f.stage = 4 AND f.reason = ''
    UNION ALL
    SELECT j.stated_on,
      (array_agg(j.workers ORDER BY CASE j.level WHEN 'documented' THEN 1 WHEN 'seen' THEN 2 ELSE 3 END))[1],
      (
        SELECT v.workers FROM pipeline_jobstatement v
        WHERE v.member_id = p.id AND v.stated_on <= j.stated_on AND v.level <> 'claimed'
        ORDER BY v.stated_on DESC, (v.level = 'documented') DESC LIMIT 1
      )
    FROM pipeline_jobstatement j
    WHERE j.member_id = p.id AND f.stage = 4 AND f.reason = '' GROUP BY j.stated_on
  ) AS said
) AS jobs ON true
CROSS JOIN LATERAL (
  SELECT greatest(f.starts, home.starts, club.starts, jobs.starts) AS starts,
    least(f.ends, home.ends, club.ends, jobs.ends) AS ends
) AS piece
WHERE piece.starts < piece.ends
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

RESTATE = f"""
CREATE FUNCTION pipeline_restate(ids bigint[]) RETURNS void LANGUAGE plpgsql SET jit = off AS $$
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
  IF NOT EXISTS (SELECT FROM pipeline_standing WHERE member_id = ANY(ids)) THEN
    INSERT INTO pipeline_standing ({COLUMNS}) SELECT * FROM pipeline_standing_truth(ids);
    RETURN;
  END IF;
  WITH b AS MATERIALIZED (SELECT * FROM pipeline_standing_truth(ids)),
  gone AS (
    DELETE FROM pipeline_standing a WHERE a.member_id = ANY(ids) AND NOT EXISTS (SELECT FROM b WHERE {SAME})
    RETURNING 1
  )
  INSERT INTO pipeline_standing ({COLUMNS})
  SELECT b.* FROM b
  -- asking for `gone` makes the deletion come first: an old row and its successor may have the same key
  WHERE (SELECT count(*) FROM gone) >= 0 AND NOT EXISTS (SELECT FROM pipeline_standing a WHERE {SAME});
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
