from django.db import migrations

TABLES = ("accounts_roleassignment", "accounts_apitoken")


class Migration(migrations.Migration):
    """Grants and tokens are decisions: the database refuses a write without an author."""

    dependencies = [("accounts", "0001_initial"), ("events", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER {table}_author BEFORE INSERT OR UPDATE OR DELETE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();",
            f"DROP TRIGGER {table}_author ON {table};",
        )
        for table in TABLES
    ]
