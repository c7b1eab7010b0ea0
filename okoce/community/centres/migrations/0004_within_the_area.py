from django.db import migrations

# A komunitas that leaves a kecamatan leaves no centre there, and takes on none where it does not work. Taking one on holds the
# komunitas in share, so that it cannot leave the kecamatan meanwhile; whoever lets it leave sees every centre taken on before. One
# whose area was never written by kecamatan is held to that by the deeds alone.
HELD = """
CREATE FUNCTION centres_none_outside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM centres_centre WHERE group_id = NEW.group_id AND region = NEW.region AND state <> 'closed')
    AND NOT EXISTS (
      SELECT FROM groups_grouparea WHERE group_id = NEW.group_id AND region = NEW.region AND until_on IS NULL
    ) THEN
    RAISE EXCEPTION 'okoce: a komunitas that leaves a kecamatan leaves no centre there' USING ERRCODE = 'check_violation',
      HINT = 'Hand its centres there over or close them first.';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER centres_none_outside AFTER UPDATE OF until_on ON groups_grouparea
  FOR EACH ROW WHEN (OLD.until_on IS NULL AND NEW.until_on IS NOT NULL) EXECUTE FUNCTION centres_none_outside();

CREATE FUNCTION centres_within_the_area() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM groups_group WHERE id = NEW.group_id FOR SHARE;
  IF EXISTS (SELECT FROM groups_grouparea WHERE group_id = NEW.group_id AND until_on IS NULL)
    AND NOT EXISTS (
      SELECT FROM groups_grouparea WHERE group_id = NEW.group_id AND region = NEW.region AND until_on IS NULL
    ) THEN
    RAISE EXCEPTION 'okoce: a centre lies where its komunitas works' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER centres_begun_within_the_area AFTER INSERT ON centres_centre
  FOR EACH ROW WHEN (NEW.state <> 'closed') EXECUTE FUNCTION centres_within_the_area();
CREATE TRIGGER centres_taken_within_the_area AFTER UPDATE OF group_id ON centres_centre
  FOR EACH ROW WHEN (NEW.state <> 'closed' AND NEW.group_id <> OLD.group_id) EXECUTE FUNCTION centres_within_the_area();
"""
FREE = """
DROP TRIGGER centres_taken_within_the_area ON centres_centre; DROP TRIGGER centres_begun_within_the_area ON centres_centre;
DROP FUNCTION centres_within_the_area();
DROP TRIGGER centres_none_outside ON groups_grouparea; DROP FUNCTION centres_none_outside();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0003_open_of_an_active_group"),
        ("groups", "0011_silences"),
    ]

    operations = [migrations.RunSQL(HELD, FREE)]
