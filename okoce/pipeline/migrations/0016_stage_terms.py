"""By when a stage is expected. The days are this installation's first guess, to be bettered by whoever runs the programme."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.models import F, Q, Value

import okoce.foundation.shared.ranges

DAYS = {1: 14, 2: 60, 3: 90, 4: 60, 5: 90, 6: 120, 7: 90}
CHECK_DAYS = 14
CHECK_IN_MONTHS = 3


def load(apps, schema_editor):
    term = apps.get_model("pipeline", "StageTerm")
    term.objects.bulk_create(
        term(rule_code=code, stage=stage, days=days, check_days=CHECK_DAYS, check_in_months=CHECK_IN_MONTHS)
        for code in ("", "7pas-2018", "jaringan")
        for stage, days in DAYS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0015_sums_found_once")]
    operations = [
        migrations.CreateModel(
            name="StageTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_code", models.TextField(blank=True, default="")),
                ("stage", models.SmallIntegerField()),
                ("from_on", models.DateField(null=True)),
                ("until_on", models.DateField(null=True)),
                ("days", models.SmallIntegerField()),
                ("check_days", models.SmallIntegerField()),
                ("check_in_months", models.SmallIntegerField()),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("rule_code", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                            ("stage", django.contrib.postgres.fields.ranges.RangeOperators.EQUAL),
                            (
                                okoce.foundation.shared.ranges.DateRange("from_on", "until_on", Value("[)")),
                                django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS,
                            ),
                        ],
                        name="pipeline_stageterm_one_at_a_time",
                    ),
                    models.CheckConstraint(condition=Q(stage__gte=1, stage__lte=7), name="pipeline_stageterm_stage"),
                    models.CheckConstraint(
                        condition=Q(days__gt=0, check_days__gt=0, check_in_months__in=(1, 2, 3, 4, 6, 12)),
                        name="pipeline_stageterm_positive",
                    ),
                    models.CheckConstraint(
                        condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gt=F("from_on")),
                        name="pipeline_stageterm_period",
                    ),
                ]
            },
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
