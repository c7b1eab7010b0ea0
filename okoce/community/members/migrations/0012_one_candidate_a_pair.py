"""A pair of records is one candidate whatever it was found by, and knows the narrowest territory in which both live."""

from django.db import migrations, models
from django.db.models import F, Q

STATES = ["open", "merged", "different"]
REASONS = ["same_phone_similar_name", "same_name_and_birth_date", "contradiction", "nik_and_phone_disagree"]

# What was decided about a pair outweighs what still waits: "different" first, then "merged".
ONE_A_PAIR = """
DELETE FROM members_duplicatecandidate d USING (
  SELECT id, row_number() OVER (
    PARTITION BY first_id, second_id
    ORDER BY CASE state WHEN 'different' THEN 0 WHEN 'merged' THEN 1 ELSE 2 END, id
  ) AS place FROM members_duplicatecandidate WHERE second_id IS NOT NULL
) AS ranked WHERE ranked.id = d.id AND ranked.place > 1;
"""
PLACE = """
CREATE FUNCTION members_common_place(one text, other text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN other IS NULL OR one = other THEN one
    WHEN left(one, 5) = left(other, 5) THEN left(one, 5)
    WHEN left(one, 2) = left(other, 2) THEN left(one, 2)
    ELSE '' END
$$;
UPDATE members_duplicatecandidate d
SET place = members_common_place(f.region, (SELECT s.region FROM members_member s WHERE s.id = d.second_id))
FROM members_member f WHERE f.id = d.first_id;
CREATE FUNCTION members_duplicate_placed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.place := coalesce(members_common_place(
    (SELECT region FROM members_member WHERE id = NEW.first_id),
    (SELECT region FROM members_member WHERE id = NEW.second_id)), '');
  RETURN NEW;
END $$;
CREATE TRIGGER members_duplicate_placed BEFORE INSERT ON members_duplicatecandidate
  FOR EACH ROW EXECUTE FUNCTION members_duplicate_placed();
CREATE FUNCTION members_duplicate_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- held in one order, since the other halves of the pairs may be moving as well
  PERFORM FROM members_duplicatecandidate WHERE first_id = NEW.id OR second_id = NEW.id ORDER BY id FOR NO KEY UPDATE;
  UPDATE members_duplicatecandidate d
  SET place = members_common_place(f.region, (SELECT s.region FROM members_member s WHERE s.id = d.second_id))
  FROM members_member f WHERE f.id = d.first_id AND (d.first_id = NEW.id OR d.second_id = NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER members_duplicate_moved AFTER UPDATE OF region ON members_member
  FOR EACH ROW WHEN (OLD.region IS DISTINCT FROM NEW.region) EXECUTE FUNCTION members_duplicate_moved();
"""
NO_PLACE = """
DROP TRIGGER members_duplicate_moved ON members_member;
DROP FUNCTION members_duplicate_moved();
DROP TRIGGER members_duplicate_placed ON members_duplicatecandidate;
DROP FUNCTION members_duplicate_placed();
DROP FUNCTION members_common_place(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0011_card")]
    operations = [
        migrations.RunSQL(ONE_A_PAIR, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="duplicatecandidate", name="members_duplicate_once"),
        migrations.AddField(
            model_name="duplicatecandidate",
            name="place",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=8),
        ),
        migrations.RunSQL(PLACE, NO_PLACE),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.UniqueConstraint(
                condition=Q(second__isnull=False), fields=("first", "second"), name="members_duplicate_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.UniqueConstraint(
                condition=Q(second__isnull=True),
                fields=("first", "reason", "field"),
                name="members_duplicate_contradiction",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.CheckConstraint(
                condition=Q(("second__isnull", True), ("second_id__gt", F("first_id")), _connector="OR"),
                name="members_duplicate_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.CheckConstraint(condition=Q(state__in=STATES), name="members_duplicate_state"),
        ),
        migrations.AddConstraint(
            model_name="duplicatecandidate",
            constraint=models.CheckConstraint(condition=Q(reason__in=REASONS), name="members_duplicate_reason"),
        ),
        migrations.AddIndex(
            model_name="duplicatecandidate",
            index=models.Index(
                condition=Q(state="open"), fields=["place", "id"], name="members_duplicate_place"
            ),
        ),
    ]
