"""Which messages volunteers are asked to send is decided by somebody named, and no such decision is changed or deleted."""

from django.db import migrations

GUARDED = """
CREATE FUNCTION notifications_hand_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a hand rule is followed by another one, never changed or deleted';
END $$;
CREATE TRIGGER notifications_handrule_stays BEFORE UPDATE OR DELETE ON notifications_handrule
  FOR EACH ROW EXECUTE FUNCTION notifications_hand_rule_stays();
CREATE TRIGGER notifications_handrule_author BEFORE INSERT ON notifications_handrule
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
DROPPED = """
DROP TRIGGER notifications_handrule_author ON notifications_handrule;
DROP TRIGGER notifications_handrule_stays ON notifications_handrule;
DROP FUNCTION notifications_hand_rule_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0010_words_of_groups"), ("events", "0002_append_only")]
    operations = [migrations.RunSQL(GUARDED, DROPPED)]
