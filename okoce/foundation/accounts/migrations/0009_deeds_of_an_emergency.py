"""What was done within an emergency is found without reading the trail; built beside those who write."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0008_first_emergency_terms"), ("events", "0003_database_defaults")]
    operations = [
        migrations.RunSQL(
            [
                # one that an interrupted build left behind is invalid for ever
                "DROP INDEX CONCURRENTLY IF EXISTS events_event_emergency",
                "CREATE INDEX CONCURRENTLY events_event_emergency ON events_event (author)"
                " WHERE author LIKE '%/darurat:%'",
            ],
            "DROP INDEX IF EXISTS events_event_emergency",
        )
    ]
