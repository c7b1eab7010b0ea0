"""Close duplicates: two records that may be one person are queued for somebody to look at. Set-based, for one or a million."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, F, Func

from okoce.foundation.shared.statements import run_prepared

# Below this, two names on one telephone are two members of a family.
SIMILAR_NAME = 0.4

_QUEUE = """
WITH arrived AS MATERIALIZED (
  SELECT id, phone, name_key, birth_on FROM members_member WHERE {arrived} AND merged_into_id IS NULL
), pair AS (
  SELECT least(a.id, o.id) AS first_id, greatest(a.id, o.id) AS second_id, 'same_phone_similar_name' AS reason
  FROM arrived a JOIN members_member o
    ON o.phone = a.phone AND o.merged_into_id IS NULL AND o.id <> a.id AND o.name_key <> a.name_key
  WHERE similarity(a.name_key, o.name_key) >= {similar}
  UNION
  SELECT least(a.id, o.id), greatest(a.id, o.id), 'same_name_and_birth_date'
  FROM arrived a JOIN members_member o
    ON hashtextextended(o.name_key, (o.birth_on - DATE '2000-01-01')::bigint)
      = hashtextextended(a.name_key, (a.birth_on - DATE '2000-01-01')::bigint)
    AND o.birth_on IS NOT NULL AND o.merged_into_id IS NULL AND o.id <> a.id
  -- said so that no index of names alone seems to serve: a common name has hundreds
  WHERE o.birth_on IS NOT DISTINCT FROM a.birth_on AND o.name_key IS NOT DISTINCT FROM a.name_key
)
INSERT INTO members_duplicatecandidate (first_id, second_id, reason, field, state, found_at)
SELECT first_id, second_id, reason, '', 'open', now() FROM pair ORDER BY first_id, second_id
ON CONFLICT DO NOTHING
"""
# Whoever came in by a transaction that had begun before the last look, and ended after it, has not been looked at.
LONGEST_TRANSACTION = "15 minutes"
_NEWCOMERS = """
SELECT id FROM members_member
WHERE merged_into_id IS NULL
  AND created_at >= coalesce((SELECT max(looked_until) FROM members_secondlook) - %(longest)s::interval, '-infinity')
ORDER BY id
"""
_LOOKED = """
INSERT INTO members_secondlook AS look (id, looked_until) VALUES (1, %(now)s)
ON CONFLICT (id) DO UPDATE SET looked_until = greatest(look.looked_until, EXCLUDED.looked_until)
"""
AT_ONCE = 10_000


def namesake() -> Func:
    """One number for a name and a birth date: half the index that the two make. Strangers may share it, so both are compared
    as well."""
    day = Func(
        F("birth_on"),
        template="(%(expressions)s - DATE '2000-01-01')::bigint",
        output_field=BigIntegerField(),
    )
    return Func(F("name_key"), day, function="hashtextextended", output_field=BigIntegerField())


# For one, finding a plan costs ten times what the search does (measured), so the server keeps it. Not with a list of ids:
# it never believes that a plan for lists in general is as good as one for this list.
_QUEUE_ONE = _QUEUE.format(arrived="id = %(id)s", similar=SIMILAR_NAME) + "RETURNING id"
_QUEUE_MANY = _QUEUE.format(arrived="id = ANY(%(ids)s::bigint[])", similar=SIMILAR_NAME)


def queue_duplicates(member_ids: Sequence[int]) -> int:
    """Queue every close duplicate of these members that is not in the queue yet; answers how many are new."""
    if len(member_ids) == 1:
        return len(run_prepared(_QUEUE_ONE, {"id": member_ids[0]}))
    if not member_ids:
        return 0
    with connection.cursor() as cursor:
        # one text is quoted a hundred times as fast as a list of ten thousand
        cursor.execute(_QUEUE_MANY, {"ids": "{" + ",".join(map(str, member_ids)) + "}"})
        return int(cursor.rowcount)


def look_again(now: datetime) -> int:
    """Look again at everybody who came in since the last time that this was done; answers how many duplicates are new.

    Two transactions at once, each with one of a pair, see nothing of each other: neither queues the pair.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWCOMERS, {"longest": LONGEST_TRANSACTION})
        ids = [row[0] for row in cursor.fetchall()]
    found = sum(queue_duplicates(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"now": now})
    return found
