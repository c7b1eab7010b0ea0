from django.db import migrations

# Django adds an index for LIKE beside every textual key, at the very end of the migration that makes the table.
# Under collation C the key's own index serves LIKE, so these would only cost space and time.
DROP_LIKE_INDEXES = """
    DO $$
    DECLARE useless text;
    BEGIN
        FOR useless IN SELECT indexname FROM pg_indexes
            WHERE schemaname = current_schema() AND tablename = 'territory_region' AND indexname LIKE '%\\_like'
        LOOP
            EXECUTE format('DROP INDEX %I', useless);
        END LOOP;
    END $$
"""


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]

    operations = [migrations.RunSQL(DROP_LIKE_INDEXES, migrations.RunSQL.noop)]
