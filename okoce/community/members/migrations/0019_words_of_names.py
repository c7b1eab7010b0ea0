"""Names are found by any of their words (ADR 0045): an index that holds each, the first behind a mark.

The names of a province or kabupaten are read in order from their index alone, which therefore carries the whole code: rare words
are passed over without a look at the people. All three are built beside those who read and write.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Left

# No word is empty or longer than the index takes, whatever a name is made of. The cost tells the planner that reading the words of
# everybody anew is the dearest way; and because the function is not called parallel, no helpers are started to share it.
FUNCTION = """
CREATE OR REPLACE FUNCTION members_words(name_key text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE COST 200 AS $$
DECLARE
  words text[] := string_to_array('^' || name_key, ' ');
BEGIN
  IF octet_length(name_key) > 2000 THEN
    words := ARRAY(SELECT left(word, 401) FROM unnest(words) AS word);
  END IF;
  RETURN array_to_tsvector(array_remove(words, ''));
END $$;
"""
WORDS = models.Func(
    models.F("name_key"), function="members_words", output_field=django.contrib.postgres.search.SearchVectorField()
)


TABLE = "members_member"


def built_beside(index: models.Index, holds: str) -> migrations.SeparateDatabaseAndState:
    """A new index."""
    statements = [
        # one that an interrupted build left behind is invalid for ever, so it goes first
        f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}",
        f"CREATE INDEX CONCURRENTLY {index.name} ON {TABLE} {holds}",
    ]
    return migrations.SeparateDatabaseAndState(
        state_operations=[migrations.AddIndex(model_name="member", index=index)],
        database_operations=[migrations.RunSQL(statements, [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}"])],
    )


def wider(name: str, letters: int) -> migrations.SeparateDatabaseAndState:
    """The names of a place with the whole code instead of without; the old index serves until the new one stands."""
    keys = f"(left(region, {letters})), name_key, id"
    index = models.Index(Left("region", letters), "name_key", "id", name=name, include=["region"])

    def replaced(holds: str) -> list[str]:
        return [
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}_new",
            f"CREATE INDEX CONCURRENTLY {name}_new ON {TABLE} {holds}",
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
            f"ALTER INDEX {name}_new RENAME TO {name}",
        ]

    return migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.RemoveIndex(model_name="member", name=name),
            migrations.AddIndex(model_name="member", index=index),
        ],
        database_operations=[
            migrations.RunSQL(replaced(f"({keys}) INCLUDE (region)"), replaced(f"({keys})"))
        ],
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("members", "0018_consent_days_of_what_stands")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION members_words(text)"),
        built_beside(
            django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(Left("region", 5), name="text_ops"),
                django.contrib.postgres.indexes.OpClass(WORDS, name="tsvector_ops"),
                name="members_member_words",
            ),
            "USING gin ((left(region, 5)) text_ops, (members_words(name_key)) tsvector_ops)",
        ),
        wider("members_member_province_name", 2),
        wider("members_member_regency_name", 5),
    ]
