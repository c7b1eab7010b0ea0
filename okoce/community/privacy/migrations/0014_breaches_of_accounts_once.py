"""Once a breach each account; built, and what stands checked, beside those who write."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations, models

ONCE = models.UniqueConstraint(
    condition=models.Q(("user_id__isnull", False)),
    fields=("breach", "user_id"),
    name="privacy_breachperson_account",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("privacy", "0013_breaches_and_looks_of_accounts")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddConstraint("breachperson", ONCE)],
            database_operations=[
                migrations.RunSQL(
                    [
                        # one that an interrupted build left behind is invalid for ever
                        "DROP INDEX CONCURRENTLY IF EXISTS privacy_breachperson_account",
                        "CREATE UNIQUE INDEX CONCURRENTLY privacy_breachperson_account"
                        " ON privacy_breachperson (breach_id, user_id) WHERE user_id IS NOT NULL",
                    ],
                    ["DROP INDEX CONCURRENTLY IF EXISTS privacy_breachperson_account"],
                )
            ],
        ),
        ValidateConstraint("breachperson", "privacy_breachperson_about"),
    ]
