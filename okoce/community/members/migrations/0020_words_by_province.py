"""Words of names stand in their index with the province (ADR 0045): whoever asks in one place does not read the nation's.

The new index is built beside those who read and write; the old one serves until it stands.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Left

# Words cannot hold what stands between them. None is longer than the index takes, whatever a name is made of. The cost tells the
# planner that reading the words of everybody anew is the dearest way; and because the function is not called parallel, no helpers
# are started to share it.
FUNCTION = """
CREATE OR REPLACE FUNCTION members_words(name_key text, region text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE COST 200 AS $$
DECLARE
  place text := left(region, 2) || ' ';
BEGIN
  IF octet_length(name_key) > 2000 THEN
    RETURN array_to_tsvector(ARRAY(
      SELECT place || left(word, 401) FROM unnest(string_to_array('^' || name_key, ' ')) AS word
    ));
  END IF;
  RETURN array_to_tsvector(string_to_array(place || '^' || replace(name_key, ' ', chr(1) || place), chr(1)));
END $$;
"""
NAME = "members_member_words"
WORDS = models.Func(
    models.F("name_key"),
    models.F("region"),
    function="members_words",
    output_field=django.contrib.postgres.search.SearchVectorField(),
)
INDEX = django.contrib.postgres.indexes.GinIndex(
    django.contrib.postgres.indexes.OpClass(Left("region", 5), name="text_ops"),
    django.contrib.postgres.indexes.OpClass(WORDS, name="tsvector_ops"),
    name=NAME,
)


def replaced(words: str) -> list[str]:
    """The index with these words in place of the one that stands."""
    return [
        # one that an interrupted build left behind is invalid for ever, so it goes first
        f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}_new",
        f"CREATE INDEX CONCURRENTLY {NAME}_new ON members_member "
        f"USING gin ((left(region, 5)) text_ops, ({words}) tsvector_ops)",
        f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}",
        f"ALTER INDEX {NAME}_new RENAME TO {NAME}",
    ]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("members", "0019_words_of_names")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION members_words(text, text)"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex(model_name="member", name=NAME),
                migrations.AddIndex(model_name="member", index=INDEX),
            ],
            database_operations=[
                migrations.RunSQL(replaced("members_words(name_key, region)"), replaced("members_words(name_key)"))
            ],
        ),
    ]
