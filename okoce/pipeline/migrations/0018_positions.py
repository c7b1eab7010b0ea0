"""Where each person stands today, one row a person, so that a list of people is read in its own order whatever it is
narrowed by (ADR 0020).

Derived from the standings by triggers. A deed about a few people places them at once, within its own transaction; a mass deed
only notes whom it touched, and the worker places them when the load pauses: six indexes would cost an import more than its own.

`cell` is furthest stage, business at entry and reason in one number, so that any choice of the three is a set of cells and
each cell lies in order of time in the index of every width of place. How long people wait is summed for nation and provinces:
triggers append changes, the worker folds them, a reader adds what is not folded yet.
"""

import django.contrib.postgres.fields
import django.db.models
from django.db import migrations, models

# Their places in these lists are what a cell is made of: new ones are added at the end.
REASONS = (
    "no_npwp", "zone", "documents_missing", "form_unclear", "never_applied", "waiting_for_class", "waiting_for_mentor",
    "waiting_for_office", "no_time", "not_interested", "stopped_business", "moved", "unreachable", "refused_slik",
    "refused_capacity", "other",
)  # fmt: skip
ENTRY_STATES = ("none", "trading", "licensed")
# A deed about more people than this is a mass deed.
FEW = 20
# Ids of one note of a mass deed: what the worker places in one short transaction.
AT_ONCE = 2000
COLUMNS = "region, province, regency, group_id, stage, since_on, reason, entry_state, cell, name_key"


def listed(values: tuple[str, ...]) -> str:
    quoted = ", ".join(f"'{value}'" for value in values)
    return f"ARRAY[{quoted}]"


CELL = f"""
CREATE FUNCTION pipeline_cell(stage smallint, entry_state text, reason text) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
  SELECT (stage * 100 + (coalesce(array_position({listed(ENTRY_STATES)}, entry_state), 1) - 1) * 30
    + coalesce(array_position({listed(REASONS)}, reason), 0))::smallint
$$;
"""
TRUTH = """
CREATE FUNCTION pipeline_position_truth(ids bigint[]) RETURNS TABLE (
  member_id bigint, region varchar, province text, regency text, group_id bigint, stage smallint, since_on date, reason text,
  entry_state text, cell smallint, name_key text
) LANGUAGE sql STABLE AS $$
  SELECT m.id, m.region, left(m.region, 2), left(m.region, 5), m.group_id, s.stage, s.since_on, coalesce(why.reason, ''),
    coalesce(b.entry_state, 'none'), pipeline_cell(s.stage, b.entry_state, why.reason), m.name_key
  FROM members_member m
  CROSS JOIN LATERAL (
    SELECT one.stage, one.since_on FROM pipeline_standing one
    WHERE one.member_id = m.id AND one.reason = '' AND one.until_on IS NULL ORDER BY one.stage DESC LIMIT 1
  ) s
  LEFT JOIN members_business b ON b.member_id = m.id
  -- of several steps at which a reason is open, the next one tells
  LEFT JOIN LATERAL (
    SELECT one.reason FROM pipeline_standing one
    WHERE one.member_id = m.id AND one.reason <> '' AND one.until_on IS NULL
    ORDER BY (one.stage = s.stage + 1) DESC, one.stage LIMIT 1
  ) why ON true
  WHERE m.id = ANY(ids) AND m.merged_into_id IS NULL
$$;
"""
SET = ", ".join(f"{name} = EXCLUDED.{name}" for name in COLUMNS.split(", "))
KEPT = ", ".join(f"p.{name}" for name in COLUMNS.split(", "))
NEW = ", ".join(f"EXCLUDED.{name}" for name in COLUMNS.split(", "))
PLACE = f"""
CREATE FUNCTION pipeline_place(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pipeline_position AS p (member_id, {COLUMNS}) SELECT member_id, {COLUMNS} FROM pipeline_position_truth(ids)
  ON CONFLICT (member_id) DO UPDATE SET {SET} WHERE ({KEPT}) IS DISTINCT FROM ({NEW});
  DELETE FROM pipeline_position p WHERE p.member_id = ANY(ids) AND (
    NOT EXISTS (
      SELECT FROM pipeline_standing s WHERE s.member_id = p.member_id AND s.reason = '' AND s.until_on IS NULL
    ) OR EXISTS (SELECT FROM members_member m WHERE m.id = p.member_id AND m.merged_into_id IS NOT NULL)
  );
END $$;
"""
TRIGGERS = f"""
CREATE FUNCTION pipeline_place_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids bigint[] := ARRAY(SELECT DISTINCT c.member_id FROM changed c);
BEGIN
  IF cardinality(ids) BETWEEN 1 AND {FEW} THEN
    PERFORM pipeline_place(ids);
  ELSIF cardinality(ids) > {FEW} THEN
    INSERT INTO pipeline_unplaced (ids) SELECT array_agg(id) FROM unnest(ids) AS one(id) GROUP BY id / {AT_ONCE};
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER pipeline_place_insert AFTER INSERT ON pipeline_standing
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_place_changed();
CREATE TRIGGER pipeline_place_delete AFTER DELETE ON pipeline_standing
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_place_changed();

-- what the standings do not hold
CREATE FUNCTION pipeline_place_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pipeline_place(ARRAY[NEW.id]); RETURN NULL; END $$;
CREATE TRIGGER pipeline_place_member AFTER UPDATE OF name_key, region, group_id, merged_into_id ON members_member FOR EACH ROW
  WHEN ((OLD.name_key, OLD.region, OLD.group_id, OLD.merged_into_id)
    IS DISTINCT FROM (NEW.name_key, NEW.region, NEW.group_id, NEW.merged_into_id))
  EXECUTE FUNCTION pipeline_place_member();
CREATE FUNCTION pipeline_place_business() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pipeline_place(ARRAY[NEW.member_id]); RETURN NULL; END $$;
CREATE TRIGGER pipeline_place_business AFTER UPDATE OF entry_state ON members_business FOR EACH ROW
  WHEN (OLD.entry_state <> NEW.entry_state) EXECUTE FUNCTION pipeline_place_business();
"""


def changes(*parts: tuple[str, str]) -> str:
    rows = " UNION ALL ".join(f"SELECT province, stage, since_on, {sign} AS people FROM {name}" for name, sign in parts)
    return f"""
BEGIN
  INSERT INTO pipeline_positiondelta (province, stage, since_on, people)
  SELECT province, stage, since_on, sum(people) FROM ({rows}) AS part GROUP BY 1, 2, 3 HAVING sum(people) <> 0;
  RETURN NULL;
END"""


SUMS = f"""
CREATE FUNCTION pipeline_position_came() RETURNS trigger LANGUAGE plpgsql AS $${changes(("came", "1"))} $$;
CREATE FUNCTION pipeline_position_went() RETURNS trigger LANGUAGE plpgsql AS $${changes(("went", "-1"))} $$;
CREATE FUNCTION pipeline_position_turned() RETURNS trigger LANGUAGE plpgsql AS $${changes(("came", "1"), ("went", "-1"))} $$;
CREATE TRIGGER pipeline_position_insert AFTER INSERT ON pipeline_position
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION pipeline_position_came();
CREATE TRIGGER pipeline_position_delete AFTER DELETE ON pipeline_position
  REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION pipeline_position_went();
CREATE TRIGGER pipeline_position_update AFTER UPDATE ON pipeline_position
  REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION pipeline_position_turned();

CREATE FUNCTION pipeline_fold_positions() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  folded integer;
BEGIN
  -- two folds would take the same changes one after the other
  IF NOT pg_try_advisory_xact_lock(hashtext('pipeline_fold_positions')) THEN
    RETURN 0;
  END IF;
  WITH taken AS (DELETE FROM pipeline_positiondelta RETURNING province, stage, since_on, people),
  added AS (
    INSERT INTO pipeline_positionsum AS s (node, stage, since_on, people)
    SELECT node, stage, since_on, sum(people) FROM taken CROSS JOIN LATERAL (VALUES (''), (taken.province)) AS place (node)
    GROUP BY 1, 2, 3 HAVING sum(people) <> 0
    ON CONFLICT (node, stage, since_on) DO UPDATE SET people = s.people + EXCLUDED.people
  )
  SELECT count(*) INTO folded FROM taken;
  RETURN folded;
END $$;
ALTER TABLE pipeline_positiondelta SET (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000);
-- its lists are read from the indexes alone as long as its pages are known to be visible
ALTER TABLE pipeline_position SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.02);
"""
# Whoever is here already is placed by the worker, like the people of a mass deed.
EVERYBODY = f"INSERT INTO pipeline_unplaced (ids) SELECT array_agg(id) FROM members_member GROUP BY id / {AT_ONCE};"
UNDO = """
DROP TRIGGER pipeline_place_insert ON pipeline_standing;
DROP TRIGGER pipeline_place_delete ON pipeline_standing;
DROP TRIGGER pipeline_place_member ON members_member;
DROP TRIGGER pipeline_place_business ON members_business;
DROP FUNCTION pipeline_place_changed, pipeline_place_member, pipeline_place_business, pipeline_fold_positions, pipeline_place,
  pipeline_position_truth, pipeline_cell;
DROP TRIGGER pipeline_position_insert ON pipeline_position;
DROP TRIGGER pipeline_position_delete ON pipeline_position;
DROP TRIGGER pipeline_position_update ON pipeline_position;
DROP FUNCTION pipeline_position_came, pipeline_position_went, pipeline_position_turned;
"""
ORDER = ["cell", "since_on", "member_id"]


def width(*fields: str) -> models.Index:
    name = f"pipeline_position_{fields[0] if fields else 'nation'}"
    condition = models.Q(group_id__isnull=False) if fields == ("group_id",) else None
    return models.Index(fields=[*fields, *ORDER], include=("name_key",), name=name, condition=condition)


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0017_merges_can_be_undone"), ("members", "0008_second_look")]
    operations = [
        migrations.CreateModel(
            name="Position",
            fields=[
                ("member_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("region", models.CharField(db_collation="C", max_length=8)),
                ("province", models.CharField(db_collation="C", max_length=2)),
                ("regency", models.CharField(db_collation="C", max_length=5)),
                ("group_id", models.BigIntegerField(null=True)),
                ("stage", models.SmallIntegerField()),
                ("since_on", models.DateField()),
                ("reason", models.TextField(blank=True, db_collation="C", default="")),
                ("entry_state", models.TextField(db_collation="C")),
                ("cell", models.SmallIntegerField()),
                ("name_key", models.TextField(db_collation="C")),
            ],
            options={
                "indexes": [width(), width("province"), width("regency"), width("region"), width("group_id")],
            },
        ),
        migrations.CreateModel(
            name="Unplaced",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ids", django.contrib.postgres.fields.ArrayField(models.BigIntegerField())),
            ],
        ),
        migrations.CreateModel(
            name="PositionDelta",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province", models.CharField(db_collation="C", max_length=2)),
                ("stage", models.SmallIntegerField()),
                ("since_on", models.DateField()),
                ("people", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="PositionSum",
            fields=[
                ("pk", models.CompositePrimaryKey("node", "stage", "since_on", blank=True, editable=False,
                 primary_key=True, serialize=False)),
                ("node", models.CharField(db_collation="C", max_length=2)),
                ("stage", models.SmallIntegerField()),
                ("since_on", models.DateField()),
                ("people", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(CELL + TRUTH + PLACE + TRIGGERS + SUMS, UNDO),
        migrations.RunSQL(EVERYBODY, migrations.RunSQL.noop),
    ]  # fmt: skip
