"""One chair, one secretary, one treasurer at a time. Where two were in office over the same days, the one who began earlier leaves on
the day on which the next began, and her grant ends with it: as in a hand-over. Of two who began on one day, the one written down
first is taken back, as the deed does it: her line stays, her grant goes."""

import django.contrib.postgres.constraints
from django.db import migrations, models

import okoce.foundation.shared.ranges

HANDED_OVER = """
SELECT set_config('okoce.author', 'system:migration', true);
CREATE TEMPORARY TABLE groups_crossing ON COMMIT DROP AS
  SELECT id, assignment_id, from_on, next_on FROM (
    SELECT id, assignment_id, from_on, until_on,
      lead(from_on) OVER (PARTITION BY group_id, role ORDER BY from_on, id) AS next_on
    FROM groups_officer
    WHERE role IN ('chair', 'secretary', 'treasurer') AND until_on IS DISTINCT FROM from_on) one
  WHERE next_on < coalesce(until_on, 'infinity');
UPDATE accounts_roleassignment held SET until_on = next_on, updated_at = now() FROM groups_crossing one
  WHERE held.id = one.assignment_id AND next_on > held.from_on AND next_on < coalesce(held.until_on, 'infinity');
DELETE FROM accounts_roleassignment held USING groups_crossing one
  WHERE held.id = one.assignment_id AND next_on <= held.from_on;
UPDATE groups_officer officer SET until_on = next_on, updated_at = now(),
    assignment_id = CASE WHEN next_on > one.from_on THEN officer.assignment_id END
  FROM groups_crossing one WHERE officer.id = one.id;
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE groups_crossing;
SELECT set_config('okoce.author', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0009_words_of_resting"),
        ("accounts", "0002_author_required"),
    ]

    operations = [
        migrations.RunSQL(HANDED_OVER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="officer",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role__in", ["chair", "secretary", "treasurer"])),
                expressions=[
                    ("group", "="),
                    ("role", "="),
                    (
                        okoce.foundation.shared.ranges.DateRange("from_on", "until_on", models.Value("[)")),
                        "&&",
                    ),
                ],
                name="groups_officer_one_at_a_time",
            ),
        ),
    ]
