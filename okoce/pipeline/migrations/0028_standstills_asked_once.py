"""Which standstill of a person was seen to stands beside where she stands, and an index leads to those that were not: the daily
look reads whom it has to ask, and no more everybody who stands still since the same days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0027_rules_begin_tomorrow")]
    operations = [
        migrations.AddField(model_name="position", name="asked_stage", field=models.SmallIntegerField(null=True)),
        migrations.AddField(model_name="position", name="asked_on", field=models.DateField(null=True)),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["since_on", "member_id"],
                name="pipeline_position_unasked",
                condition=models.Q(
                    ("stage__lt", 7),
                    models.Q(("asked_on", models.F("since_on")), ("asked_stage", models.F("stage")), _negated=True),
                ),
            ),
        ),
    ]
