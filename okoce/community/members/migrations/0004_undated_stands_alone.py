"""A period without days beside another one is refused by the database too.

Nearly everybody has one row without days. Such rows are kept out of the exclusion's index, which is three quarters of the
cost of writing them (measured); that nothing else stands beside one is asked once per statement.
"""

from django.db import migrations

# The names sort behind that of the trigger which holds the member's row: whoever waited there sees here what the other wrote.
ALONE = """
CREATE FUNCTION members_residence_stands_alone() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (
    SELECT FROM changed c
    JOIN members_residence undated ON undated.member_id = c.member_id AND undated.from_on IS NULL AND undated.until_on IS NULL
    JOIN members_residence other ON other.member_id = c.member_id AND other.id <> undated.id
  ) THEN
    RAISE EXCEPTION 'okoce: a period without days stands alone' USING ERRCODE = 'exclusion_violation',
      TABLE = 'members_residence', CONSTRAINT = 'members_residence_stands_alone';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER undated_stands_alone_insert AFTER INSERT ON members_residence
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION members_residence_stands_alone();
CREATE TRIGGER undated_stands_alone_update AFTER UPDATE ON members_residence
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION members_residence_stands_alone();
"""
NOT_ALONE = """
DROP TRIGGER undated_stands_alone_insert ON members_residence;
DROP TRIGGER undated_stands_alone_update ON members_residence;
DROP FUNCTION members_residence_stands_alone();
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0003_never_deleted")]
    operations = [migrations.RunSQL(ALONE, NOT_ALONE)]
