"""Who stands still, day by day, and who of them was seen to: what the daily look reads (ADR 0037).

A mark beside the place where a person stands says which of her standstills was seen to. It stands for that stage and that day
alone, so whoever has moved on since, or was set back, is unmarked without anybody taking the mark away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

# Word for word the condition of the index `pipeline_position_unasked`, or it is not used.
_UNASKED = (
    "p.stage < 7 AND NOT (p.asked_on = p.since_on AND p.asked_on IS NOT NULL"
    " AND p.asked_stage = p.stage AND p.asked_stage IS NOT NULL)"
)
# Whom nobody asks anything who may yet come back stays unmarked; who is gone for good or was made up does not.
STANDSTILLS_UNSEEN = f"""
SELECT p.member_id, p.stage, p.since_on, m.is_synthetic OR m.erased_at IS NOT NULL
FROM pipeline_position p JOIN members_member m ON m.id = p.member_id
WHERE {_UNASKED} AND p.since_on BETWEEN %(first)s AND %(last)s AND (p.since_on, p.member_id) > (%(day)s, %(person)s)
  AND m.left_on IS NULL AND m.merged_into_id IS NULL
ORDER BY p.since_on, p.member_id LIMIT %(most)s
"""
_MARK = """
UPDATE pipeline_position p SET asked_stage = p.stage, asked_on = p.since_on
FROM unnest(%s::bigint[], %s::smallint[], %s::date[]) AS seen (member_id, stage, since_on)
WHERE p.member_id = seen.member_id AND p.stage = seen.stage AND p.since_on = seen.since_on
"""


@dataclass(frozen=True, slots=True)
class Standstill:
    """One person at one stage since a day; `is_nobody`: nobody will ever be asked."""

    member_id: int
    stage: int
    since_on: date
    is_nobody: bool = False


def standstills_unseen(first: date, last: date, after: Standstill | None, most: int) -> list[Standstill]:
    """Those since the days from first to last that were not seen to, in order of days, behind one of them."""
    asked: dict[str, date | int] = {
        "first": first,
        "last": last,
        "day": after.since_on if after else first,
        "person": after.member_id if after else 0,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDSTILLS_UNSEEN, asked)
        return [Standstill(*row) for row in cursor.fetchall()]


def mark_seen(standstills: Sequence[Standstill]) -> None:
    """These were seen to; whoever has moved on meanwhile is not marked."""
    columns = ([one.member_id for one in standstills], [one.stage for one in standstills])
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [*columns, [one.since_on for one in standstills]])
