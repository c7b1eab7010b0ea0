"""The words for a promise of the movement were written when its first ones had long been read, with the same first day. No version is
changed in place: the first words stand again for the days that were theirs, and the later ones begin on a day of their own. From now
on each version of a definition begins on a later day than those before it.
"""

from datetime import date

from django.db import migrations

CODE = "agreement_promise_of_movement"
FIRST_DAY, ITS_OWN_DAY = date(2018, 1, 1), date(2026, 11, 24)
# Which version says it again, which one it repeats, and from which day on.
AGAIN = ((3, 1, FIRST_DAY), (4, 2, ITS_OWN_DAY))

LATER = """
CREATE FUNCTION okoce_later_definition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pipeline_definition WHERE code = NEW.code AND from_on >= NEW.from_on) THEN
    RAISE EXCEPTION 'okoce: another version of % begins on % or later', NEW.code, NEW.from_on USING ERRCODE = 'restrict_violation',
      HINT = 'Let this one begin on a later day.';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pipeline_definition_later BEFORE INSERT ON pipeline_definition
  FOR EACH ROW EXECUTE FUNCTION okoce_later_definition();
"""
AS_BEFORE = """
DROP TRIGGER pipeline_definition_later ON pipeline_definition;
DROP FUNCTION okoce_later_definition();
"""


def load(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.author', 'system:migration', true)")
    definition = apps.get_model("pipeline", "Definition")
    said = {one.version: one for one in definition.objects.filter(code=CODE)}
    definition.objects.bulk_create(
        definition(code=CODE, version=version, from_on=day, text=said[old].text, text_en=said[old].text_en)
        for version, old, day in AGAIN
    )


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0010_what_is_not_counted")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(LATER, AS_BEFORE),
    ]
