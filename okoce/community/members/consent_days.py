"""`Member.consent_on` is the first day of the consent to the programme that stands, and none where it was withdrawn: whoever writes
consents of people who are in the records already says so here. Who has none on record stays as she is."""

from collections.abc import Iterable

from django.db import connection

_RESTATE = """
UPDATE members_member m SET consent_on = told.day, updated_at = now()
FROM (
  SELECT member_id, min(given_on) FILTER (WHERE withdrawn_on IS NULL) AS day
  FROM members_consent WHERE purpose = 'programme' AND member_id = ANY(%s) GROUP BY member_id
) AS told
WHERE m.id = told.member_id AND m.consent_on IS DISTINCT FROM told.day
"""


def restate_consent_days(member_ids: Iterable[int]) -> None:
    """For deeds that hold these people."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTATE, [list(member_ids)])
