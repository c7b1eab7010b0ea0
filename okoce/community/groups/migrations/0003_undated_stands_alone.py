"""A period without days beside another one is refused by the database too.

Nearly everybody has one row without days. Such rows are kept out of the exclusion's index, which is three quarters of the
cost of writing them (measured); that nothing else stands beside one is asked once per statement.
"""

from django.db import migrations

# The names sort behind that of the trigger which holds the member's row: whoever waited there sees here what the other wrote.
ALONE = """
CREATE FUNCTION groups_membership_stands_alone() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (
    SELECT FROM changed c
    JOIN groups_membership undated ON undated.member_id = c.member_id AND undated.from_on IS NULL AND undated.until_on IS NULL
    JOIN groups_membership other ON other.member_id = c.member_id AND other.id <> undated.id
  ) THEN
    RAISE EXCEPTION 'okoce: a period without days stands alone' USING ERRCODE = 'exclusion_violation',
      TABLE = 'groups_membership', CONSTRAINT = 'groups_membership_stands_alone';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER undated_stands_alone_insert AFTER INSERT ON groups_membership
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION groups_membership_stands_alone();
CREATE TRIGGER undated_stands_alone_update AFTER UPDATE ON groups_membership
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION groups_membership_stands_alone();
"""
NOT_ALONE = """
DROP TRIGGER undated_stands_alone_insert ON groups_membership;
DROP TRIGGER undated_stands_alone_update ON groups_membership;
DROP FUNCTION groups_membership_stands_alone();
"""


class Migration(migrations.Migration):
    dependencies = [("groups", "0002_people_held_by_restating")]
    operations = [migrations.RunSQL(ALONE, NOT_ALONE)]
