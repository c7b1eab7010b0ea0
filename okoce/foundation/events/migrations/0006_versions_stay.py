"""A table of versions can demand that what one says never changes: whoever means something else adds another, from a day on."""

from django.db import migrations

# The arguments of a trigger name the columns that may change all the same: the day on which a version ends.
KEEP_VERSION = """
CREATE FUNCTION okoce_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(OLD) - coalesce(TG_ARGV, '{}') <> to_jsonb(NEW) - coalesce(TG_ARGV, '{}') THEN
    RAISE EXCEPTION 'okoce: what a version in % says never changes', TG_TABLE_NAME USING ERRCODE = 'restrict_violation',
      HINT = 'Add another version, from a day on.';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0005_struck_out")]
    operations = [migrations.RunSQL(KEEP_VERSION, "DROP FUNCTION okoce_keep_version();")]
