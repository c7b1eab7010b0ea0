from django.db import migrations


class Migration(migrations.Migration):
    """What somebody agreed to stays word for word: other words are another version."""

    dependencies = [("members", "0013_one_helper_for_one_thing")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION members_consent_words_stay() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION 'words that people agreed to are never changed: write another version';
            END $$;
            CREATE TRIGGER members_consenttext_stays BEFORE UPDATE OR DELETE ON members_consenttext
              FOR EACH STATEMENT EXECUTE FUNCTION members_consent_words_stay();
            """,
            "DROP FUNCTION members_consent_words_stay() CASCADE;",
        ),
    ]
