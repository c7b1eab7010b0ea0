"""A hand rule that has not begun can be taken back, once and for good; its day is free again. Nothing else of one ever changes."""

from django.db import migrations, models

KEPT = """
CREATE OR REPLACE FUNCTION notifications_hand_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.taken_back_since IS NULL AND NEW.taken_back_since IS NOT NULL
    AND OLD.from_on > (now() AT TIME ZONE 'Asia/Jakarta')::date
    AND to_jsonb(OLD) - ARRAY['taken_back_since', 'back_reason'] = to_jsonb(NEW) - ARRAY['taken_back_since', 'back_reason']
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a hand rule is followed by another one, never changed or deleted';
END $$;
DROP TRIGGER notifications_handrule_author ON notifications_handrule;
CREATE TRIGGER notifications_handrule_author BEFORE INSERT OR UPDATE ON notifications_handrule
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""
BEFORE = """
CREATE OR REPLACE FUNCTION notifications_hand_rule_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a hand rule is followed by another one, never changed or deleted';
END $$;
DROP TRIGGER notifications_handrule_author ON notifications_handrule;
CREATE TRIGGER notifications_handrule_author BEFORE INSERT ON notifications_handrule
  FOR EACH STATEMENT EXECUTE FUNCTION okoce_require_author();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0016_words_of_referrals")]
    operations = [
        migrations.AddField("handrule", "taken_back_since", models.DateTimeField(null=True)),
        migrations.AddField("handrule", "back_reason", models.TextField(blank=True, default="", db_default="")),
        migrations.RemoveConstraint("handrule", "notifications_handrule_once"),
        migrations.AddConstraint(
            "handrule",
            models.UniqueConstraint(
                fields=["code", "from_on"],
                condition=models.Q(taken_back_since__isnull=True),
                name="notifications_handrule_once",
            ),
        ),
        migrations.AddConstraint(
            "handrule",
            models.CheckConstraint(
                condition=models.Q(taken_back_since__isnull=True, back_reason="")
                | models.Q(taken_back_since__isnull=False) & ~models.Q(back_reason=""),
                name="notifications_handrule_back_paired",
            ),
        ),
        migrations.RunSQL(KEPT, BEFORE),
    ]
