"""The same look outside and inside of an emergency is two. Every page of a person writes into this table, so its indexes are built
beside those who write, and what held a look to once goes only when the new one stands."""

from django.db import migrations, models

ONCE = models.UniqueConstraint(
    condition=models.Q(("span__isnull", False)),
    fields=("member", "user_id", "page", "span", "emergency_id"),
    name="privacy_look_once_each",
    nulls_distinct=False,
)
OF_EMERGENCY = models.Index(
    condition=models.Q(("emergency_id__isnull", False)),
    fields=["emergency_id"],
    name="privacy_look_of_emergency",
)


def built(name: str, definition: str) -> migrations.RunSQL:
    """One that an interrupted build left behind is invalid for ever, so it goes first."""
    return migrations.RunSQL(
        [f"DROP INDEX CONCURRENTLY IF EXISTS {name}", definition], [f"DROP INDEX CONCURRENTLY IF EXISTS {name}"]
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("privacy", "0009_looks_in_an_emergency"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex(model_name="look", index=OF_EMERGENCY)],
            database_operations=[
                built(
                    "privacy_look_of_emergency",
                    "CREATE INDEX CONCURRENTLY privacy_look_of_emergency ON privacy_look (emergency_id)"
                    " WHERE emergency_id IS NOT NULL",
                )
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddConstraint(model_name="look", constraint=ONCE)],
            database_operations=[
                built(
                    "privacy_look_once_each",
                    "CREATE UNIQUE INDEX CONCURRENTLY privacy_look_once_each ON privacy_look"
                    " (member_id, user_id, page, span, emergency_id) NULLS NOT DISTINCT WHERE span IS NOT NULL",
                )
            ],
        ),
        migrations.RemoveConstraint(model_name="look", name="privacy_look_once"),
    ]
