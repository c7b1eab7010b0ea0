"""The trail is append-only, and a table of decisions can demand that somebody has said who writes."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION okoce_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'okoce: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER events_event_append_only BEFORE UPDATE OR DELETE ON events_event
  FOR EACH ROW EXECUTE FUNCTION okoce_refuse_change();
CREATE TRIGGER events_event_never_emptied BEFORE TRUNCATE ON events_event
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_refuse_change();
"""

REQUIRE_AUTHOR = """
CREATE FUNCTION okoce_require_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('okoce.author', true), '') = '' THEN
    RAISE EXCEPTION 'okoce: nobody has said who writes to %', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege',
      HINT = 'Write through an @action, which tells the database its author.';
  END IF;
  RETURN NULL;
END $$;
"""

DROP = """
DROP TRIGGER events_event_append_only ON events_event;
DROP TRIGGER events_event_never_emptied ON events_event;
DROP FUNCTION okoce_refuse_change();
DROP FUNCTION okoce_require_author();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY + REQUIRE_AUTHOR, DROP)]
