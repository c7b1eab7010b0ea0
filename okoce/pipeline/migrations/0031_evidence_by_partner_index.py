"""What a mitra gave is found by its index, which is built beside those who write."""

from django.db import migrations, models

NAME = "pipeline_evidence_by_partner"
INDEX = models.Index(
    condition=models.Q(("partner__isnull", False)), fields=["partner", "stage", "happened_on"], name=NAME
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("pipeline", "0030_evidence_by_partner")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex(model_name="evidence", index=INDEX)],
            database_operations=[
                migrations.RunSQL(
                    # one that an interrupted build left behind is invalid for ever, so it goes first
                    [
                        f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}",
                        f"CREATE INDEX CONCURRENTLY {NAME} ON pipeline_evidence (partner_id, stage, happened_on)"
                        " WHERE partner_id IS NOT NULL",
                    ],
                    [f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}"],
                )
            ],
        ),
    ]
