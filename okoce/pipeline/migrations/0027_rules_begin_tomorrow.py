"""The database itself refuses a version of the programme's rule that begins on a day that has begun, whoever inserts it.

What the programme has had so far stands there from the first migrations on; nothing that is loaded later needs an exception. A
later migration that has to write down a rule of the past says so by disabling this trigger for itself.
"""

from django.db import migrations

# A beginning is judged where the day comes first, as by the deed.
LATER = """
CREATE FUNCTION pipeline_begin_rule_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.from_on IS NULL OR NEW.from_on <= (now() AT TIME ZONE 'Asia/Jayapura')::date THEN
    RAISE EXCEPTION 'a rule of the programme begins on a day to come: what has been judged is never judged anew';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pipeline_programmerule_later BEFORE INSERT ON pipeline_programmerule
  FOR EACH ROW EXECUTE FUNCTION pipeline_begin_rule_later();
"""
UNDO = "DROP TRIGGER pipeline_programmerule_later ON pipeline_programmerule; DROP FUNCTION pipeline_begin_rule_later;"


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0026_targets_of_programmes")]
    operations = [migrations.RunSQL(LATER, UNDO)]
