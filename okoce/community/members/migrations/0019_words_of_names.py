"""Names are found by any of their words (ADR 0045): an index that holds each, the first behind a mark.

The names of a province or kabupaten are read in order from their index alone, which therefore carries the whole code: rare words
are passed over without a look at the people.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models
from django.db.models.functions import Left

# No word is empty or longer than the index takes, whatever a name is made of. The cost tells the planner that reading the words of
# everybody anew is the dearest way; and because the function is not called parallel, no helpers are started to share it.
FUNCTION = """
CREATE FUNCTION members_words(name_key text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE COST 200 AS $$
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


class Migration(migrations.Migration):
    dependencies = [("members", "0018_consent_days_of_what_stands")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION members_words(text)"),
        migrations.AddIndex(
            model_name="member",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(Left("region", 5), name="text_ops"),
                django.contrib.postgres.indexes.OpClass(WORDS, name="tsvector_ops"),
                name="members_member_words",
            ),
        ),
        migrations.RemoveIndex(model_name="member", name="members_member_province_name"),
        migrations.RemoveIndex(model_name="member", name="members_member_regency_name"),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                Left("region", 2), "name_key", "id", name="members_member_province_name", include=["region"]
            ),
        ),
        migrations.AddIndex(
            model_name="member",
            index=models.Index(
                Left("region", 5), "name_key", "id", name="members_member_regency_name", include=["region"]
            ),
        ),
    ]
