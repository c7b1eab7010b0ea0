"""The day of consent on a record is the first day of the consent to the programme that stands: those that were withdrawn, or given
on paper later, are brought in line. Records that were merged keep what they had, to be parted as they were."""

from django.db import migrations

RESTATED = """
SELECT set_config('okoce.author', 'system:migration', true);
UPDATE members_member m SET consent_on = told.day
FROM (
  SELECT c.member_id, min(c.given_on) FILTER (WHERE c.withdrawn_on IS NULL) AS day
  FROM members_consent c
  WHERE c.purpose = 'programme' AND c.member_id IN (
    SELECT member_id FROM members_consent WHERE purpose = 'programme' AND withdrawn_on IS NOT NULL
    UNION
    SELECT id FROM members_member WHERE consent_on IS NULL
  )
  GROUP BY c.member_id
) AS told
WHERE m.id = told.member_id AND m.merged_into_id IS NULL AND m.consent_on IS DISTINCT FROM told.day;
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0017_first_purposes")]
    operations = [migrations.RunSQL(RESTATED, migrations.RunSQL.noop)]
