"""The sealed words of the trail may lose the name of somebody who is erased, and nothing else of it may change (ADR 0038)."""

from django.db import migrations

LET_STRIKE_OUT = """
CREATE FUNCTION okoce_refuse_change_of_trail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND coalesce(current_setting('okoce.striking_out', true), '') = 'on' THEN
    IF OLD.changes IS NOT NULL AND NEW.changes IS NOT NULL AND to_jsonb(OLD) - 'changes' = to_jsonb(NEW) - 'changes' THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'okoce: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER events_event_append_only ON events_event;
CREATE TRIGGER events_event_append_only BEFORE UPDATE OR DELETE ON events_event
  FOR EACH ROW EXECUTE FUNCTION okoce_refuse_change_of_trail();
"""

BACK = """
DROP TRIGGER events_event_append_only ON events_event;
CREATE TRIGGER events_event_append_only BEFORE UPDATE OR DELETE ON events_event
  FOR EACH ROW EXECUTE FUNCTION okoce_refuse_change();
DROP FUNCTION okoce_refuse_change_of_trail();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0004_gathered_facts")]
    operations = [migrations.RunSQL(LET_STRIKE_OUT, BACK)]
