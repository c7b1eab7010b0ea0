"""Rules that the secretariat adds to: the programme that a version belongs to, why it was made, and what it ended."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

PROGRAMMES = {"7pas-2018": "7-pas", "jaringan": "jaringan"}
# Like evidence and stage records, rules are decisions.
AUTHORED = """
CREATE TRIGGER pipeline_programmerule_author BEFORE INSERT OR UPDATE OR DELETE ON pipeline_programmerule
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
# What a version says never changes, and neither does a day that has been: a version that was asked may only be given an end to come.
# A day is over everywhere when it is over in the west; a beginning is judged where the day comes first.
KEPT = """
CREATE FUNCTION pipeline_keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  today date := (now() AT TIME ZONE 'Asia/Jayapura')::date;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a rule of the programme is never deleted';
  END IF;
  IF to_jsonb(OLD) - 'until_on' <> to_jsonb(NEW) - 'until_on' THEN
    RAISE EXCEPTION 'what a rule of the programme says never changes: add a version';
  END IF;
  IF OLD.until_on IS DISTINCT FROM NEW.until_on AND (OLD.until_on <= today OR NEW.until_on <= today) THEN
    RAISE EXCEPTION 'what held on a day that has begun never changes';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pipeline_programmerule_kept BEFORE UPDATE OR DELETE ON pipeline_programmerule
  FOR EACH ROW EXECUTE FUNCTION pipeline_keep_rule();
"""
UNDO = "DROP TRIGGER pipeline_programmerule_kept ON pipeline_programmerule; DROP FUNCTION pipeline_keep_rule;"


def name_programmes(apps, schema_editor):
    rules = apps.get_model("pipeline", "ProgrammeRule").objects
    for rule in rules.all():
        rules.filter(pk=rule.pk).update(programme=PROGRAMMES.get(rule.code, rule.code))


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0023_fewer_rows_told"), ("events", "0002_append_only")]
    operations = [
        migrations.AddField("programmerule", "programme", models.TextField(default=""), preserve_default=False),
        migrations.AddField("programmerule", "reason", models.TextField(blank=True, default="")),
        migrations.AddField(
            "programmerule",
            "ends",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ended_by",
                to="pipeline.programmerule",
            ),
        ),
        migrations.AddField("programmerule", "ended_until", models.DateField(null=True)),
        migrations.RunPython(name_programmes, migrations.RunPython.noop),
        # what was written above is checked before the table is altered
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "programmerule",
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="pipeline_rule_period",
            ),
        ),
        migrations.AddConstraint(
            "programmerule", models.CheckConstraint(condition=~Q(programme=""), name="pipeline_rule_programme")
        ),
        migrations.AddConstraint(
            "programmerule",
            models.CheckConstraint(
                condition=Q(offered__contains=[1], binding__contains=["registration.consent"]),
                name="pipeline_rule_registration",
            ),
        ),
        migrations.RunSQL(AUTHORED, "DROP TRIGGER pipeline_programmerule_author ON pipeline_programmerule;"),
        migrations.RunSQL(KEPT, UNDO),
    ]
