from django.db import migrations

TABLES = ("pipeline_evidence", "pipeline_stagerecord")


class Migration(migrations.Migration):
    """Evidence and stage records are decisions: the database refuses a write without an author."""

    dependencies = [("pipeline", "0003_tallies"), ("events", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            f"DROP TRIGGER {table}_author ON {table};",
        )
        for table in TABLES
    ]
