"""Evidence is held to existing people, and stage records to existing evidence, by the statement that writes them (ADR 0012).

Row by row the two foreign keys were a tenth of what the database works for an import (measured).
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

home = import_module("okoce.community.members.migrations.0006_home_is_the_members_row")

NEVER_DELETED = """
CREATE FUNCTION pipeline_evidence_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'okoce: evidence is never deleted and never gets another id'
    USING ERRCODE = 'restrict_violation', HINT = 'Withdraw it, with a reason.';
END $$;
CREATE TRIGGER pipeline_evidence_never_deleted BEFORE DELETE ON pipeline_evidence
  FOR EACH ROW EXECUTE FUNCTION pipeline_evidence_is_kept();
CREATE TRIGGER pipeline_evidence_keeps_its_id BEFORE UPDATE OF id ON pipeline_evidence
  FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION pipeline_evidence_is_kept();
"""
KNOWN = """
CREATE FUNCTION pipeline_require_evidence() RETURNS trigger LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  ids bigint[] := ARRAY(SELECT DISTINCT c.evidence_id FROM changed c WHERE c.evidence_id IS NOT NULL);
BEGIN
  -- the ids are distinct, and evidence is never deleted
  IF cardinality(ids) > 0 AND (SELECT count(*) FROM pipeline_evidence WHERE id = ANY(ids)) <> cardinality(ids) THEN
    RAISE EXCEPTION 'okoce: there is no such evidence' USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME,
      DETAIL = (SELECT format('id %s', min(id)) FROM unnest(ids) AS asked(id)
        WHERE NOT EXISTS (SELECT FROM pipeline_evidence e WHERE e.id = asked.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER pipeline_evidence_known_insert AFTER INSERT ON pipeline_stagerecord
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_require_evidence();
CREATE TRIGGER pipeline_evidence_known_update AFTER UPDATE ON pipeline_stagerecord
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION pipeline_require_evidence();
"""
UNDONE = """
DROP TRIGGER pipeline_evidence_known_insert ON pipeline_stagerecord;
DROP TRIGGER pipeline_evidence_known_update ON pipeline_stagerecord;
DROP FUNCTION pipeline_require_evidence();
DROP TRIGGER pipeline_evidence_never_deleted ON pipeline_evidence;
DROP TRIGGER pipeline_evidence_keeps_its_id ON pipeline_evidence;
DROP FUNCTION pipeline_evidence_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0006_home_is_the_members_row"), ("pipeline", "0011_reasons_apart")]
    operations = [
        migrations.AlterField(
            model_name="evidence",
            name="member",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="evidence",
                to="members.member",
            ),
        ),
        migrations.AlterField(
            model_name="stagerecord",
            name="evidence",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pipeline.evidence",
            ),
        ),
        migrations.RunSQL(
            home.held_to_members("pipeline_evidence") + NEVER_DELETED + KNOWN,
            home.let_go("pipeline_evidence") + UNDONE,
        ),
    ]
