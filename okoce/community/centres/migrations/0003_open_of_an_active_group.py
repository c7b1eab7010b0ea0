from django.db import migrations

# Opening holds the komunitas in share, so that it cannot rest or end meanwhile; whoever lets it rest or end sees every centre that
# was opened before.
HELD = """
CREATE FUNCTION centres_open_of_an_active_group() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE stands text;
BEGIN
  SELECT state INTO stands FROM groups_group WHERE id = NEW.group_id FOR SHARE;
  IF stands <> 'active' THEN
    RAISE EXCEPTION 'okoce: an open centre belongs to an active komunitas' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER centres_open_of_an_active_group AFTER INSERT OR UPDATE OF state, group_id ON centres_centre
  FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION centres_open_of_an_active_group();

CREATE FUNCTION centres_none_left_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM centres_centre WHERE group_id = NEW.id AND state = 'open') THEN
    RAISE EXCEPTION 'okoce: a komunitas that rests or ends leaves no centre open' USING ERRCODE = 'check_violation',
      HINT = 'Hand its centres over, pause or close them first.';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER centres_none_left_open AFTER UPDATE OF state ON groups_group
  FOR EACH ROW WHEN (NEW.state <> 'active' AND NEW.state <> OLD.state) EXECUTE FUNCTION centres_none_left_open();
"""
FREE = """
DROP TRIGGER centres_none_left_open ON groups_group; DROP FUNCTION centres_none_left_open();
DROP TRIGGER centres_open_of_an_active_group ON centres_centre; DROP FUNCTION centres_open_of_an_active_group();
"""

# Whose komunitas rests or has ended already: shut for a time, with the reason that everybody reads, until it is handed over.
LEFT_OPEN = """
SELECT set_config('okoce.author', 'system:migration', true);
CREATE TEMPORARY TABLE centres_left_open ON COMMIT DROP AS
  SELECT one.id, greatest(one.state_on, (now() AT TIME ZONE 'Asia/Jakarta')::date) AS since
  FROM centres_centre one JOIN groups_group ON groups_group.id = one.group_id
  WHERE one.state = 'open' AND groups_group.state <> 'active';
UPDATE centres_centreperiod period SET until_on = since FROM centres_left_open left_open
  WHERE period.centre_id = left_open.id AND period.until_on IS NULL;
INSERT INTO centres_centreperiod (centre_id, state, from_on, reason)
  SELECT id, 'paused', since, 'Komunitas yang mengurusnya sedang tidak aktif.' FROM centres_left_open;
UPDATE centres_centre one SET state = 'paused', state_on = since, updated_at = now(),
    state_reason = 'Komunitas yang mengurusnya sedang tidak aktif.'
  FROM centres_left_open left_open WHERE left_open.id = one.id;
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE centres_left_open;
SELECT set_config('okoce.author', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_photos"),
        ("groups", "0008_others_and_answers"),
    ]

    operations = [
        migrations.RunSQL(LEFT_OPEN, migrations.RunSQL.noop),
        migrations.RunSQL(HELD, FREE),
    ]
