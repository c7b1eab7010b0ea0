"""Merges and what undoes them. The first term is thirty days, as the programme asks for."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

AUTHOR = """
CREATE TRIGGER pipeline_merge_author BEFORE INSERT OR UPDATE OR DELETE ON pipeline_merge
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""


def load(apps, schema_editor):
    apps.get_model("pipeline", "MergeTerm").objects.create(
        from_on="2015-01-01", days=30, source="Permintaan program: penggabungan dapat dibatalkan selama 30 hari."
    )


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0016_stage_terms"), ("members", "0012_one_candidate_a_pair")]
    operations = [
        migrations.CreateModel(
            name="MergeTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_on", models.DateField()),
                ("days", models.SmallIntegerField()),
                ("source", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("from_on",), name="pipeline_mergeterm_once"),
                    models.CheckConstraint(condition=Q(days__gte=1), name="pipeline_mergeterm_days"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merged_at", models.DateTimeField()),
                ("merged_by", models.BigIntegerField()),
                ("undoable_until", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.BigIntegerField(null=True)),
                ("purged_at", models.DateTimeField(null=True)),
                ("journal", models.BinaryField(null=True)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="members.member"
                    ),
                ),
                (
                    "absorbed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="members.member"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(undone_at__isnull=True), fields=("absorbed",), name="pipeline_merge_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("kept", F("absorbed")), _negated=True), name="pipeline_merge_two"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(undone_at__isnull=True, undone_by__isnull=True),
                            Q(undone_at__isnull=False, undone_by__isnull=False),
                            _connector="OR",
                        ),
                        name="pipeline_merge_undone_paired",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(purged_at__isnull=True, journal__isnull=False),
                            Q(purged_at__isnull=False, journal__isnull=True),
                            _connector="OR",
                        ),
                        name="pipeline_merge_purged",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=Q(purged_at__isnull=True),
                        fields=["undoable_until"],
                        name="pipeline_merge_journals",
                    )
                ],
            },
        ),
        migrations.RunSQL(AUTHOR, "DROP TRIGGER pipeline_merge_author ON pipeline_merge;"),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
