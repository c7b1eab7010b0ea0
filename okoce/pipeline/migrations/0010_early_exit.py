"""Records of people who have only just come in restate nobody: most statements of a registration end here.

One look at the member's row answers three questions at once: is there such a person, has somebody else a say in her, and
has she completed anything.
"""

from importlib import import_module

from django.db import migrations

standing = import_module("okoce.pipeline.migrations.0002_standing")
known = import_module("okoce.pipeline.migrations.0009_people_held_by_restating")

# Naming the persons again spares many at once a walk through everybody's standings (measured: a fifth of restating 10,000).
UNNAMED = f"NOT EXISTS (SELECT FROM pipeline_standing a WHERE {standing.SAME})"
NAMED = UNNAMED.replace(" WHERE ", " WHERE a.member_id = ANY(ids) AND ", 1)


def restate(replace: str) -> str:
    """The function as it is, with one way or another to replace standings."""
    start = standing.RESTATE.index("CREATE FUNCTION pipeline_restate(")
    text = standing.RESTATE[start : standing.RESTATE.index("END $$;", start)] + "END $$;"
    text = text.replace(standing.planned(standing.REPLACE), standing.planned(replace))
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


assert standing.REPLACE.count(UNNAMED) == 1
FASTER = standing.REPLACE.replace(UNNAMED, NAMED)

MUST = """
CREATE FUNCTION pipeline_must_restate(ids bigint[]) RETURNS boolean LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  known integer;
  own integer;
BEGIN
  IF cardinality(ids) = 0 THEN
    RETURN false;
  END IF;
  SELECT count(*), count(*) FILTER (WHERE xmin = pg_current_xact_id()::xid) INTO known, own
  FROM members_member WHERE id = ANY(ids);
  -- the ids are distinct, and a person that exists is never deleted
  IF known <> cardinality(ids) THEN
    RAISE EXCEPTION 'okoce: there is no such member' USING ERRCODE = 'foreign_key_violation',
      DETAIL = (SELECT format('id %s', min(id)) FROM unnest(ids) AS asked(id)
        WHERE NOT EXISTS (SELECT FROM members_member m WHERE m.id = asked.id));
  END IF;
  -- Nobody else can have written about people whom this transaction has just brought in; whom it has changed it holds locked,
  -- and what was on record of them before is found by the two questions.
  RETURN own < known
    OR EXISTS (SELECT FROM pipeline_stagerecord WHERE member_id = ANY(ids))
    OR EXISTS (SELECT FROM pipeline_standing WHERE member_id = ANY(ids));
END $$;
"""
TRIGGERS = """
CREATE OR REPLACE FUNCTION pipeline_restate_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[] := ARRAY(SELECT DISTINCT c.member_id FROM changed c);
BEGIN
  IF pipeline_must_restate(ids) THEN
    PERFORM pipeline_restate(ids);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION pipeline_restate_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[] := ARRAY(SELECT c.member_id FROM changed c UNION SELECT p.member_id FROM previous p);
BEGIN
  IF pipeline_must_restate(ids) THEN
    PERFORM pipeline_restate(ids);
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0009_people_held_by_restating")]
    operations = [
        migrations.RunSQL(restate(FASTER), restate(standing.REPLACE)),
        migrations.RunSQL(MUST, "DROP FUNCTION pipeline_must_restate(bigint[])"),
        migrations.RunSQL(TRIGGERS, known.INSERTED),
        migrations.RunSQL("DROP FUNCTION pipeline_require_members(bigint[])", known.KNOWN),
    ]
