"""Whether the list of people stands where the standings say: positions, and the sums of how long people wait (ADR 0018)."""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

# Ids that a note of a mass deed spans at most; 0018_positions.py writes them so.
A_NOTE = 2_000
# Both sides as the same types, or they could not be compared whole.
COLUMNS = ", ".join(
    [
        *(
            f'{name}::text COLLATE "C" AS {name}'
            for name in ("region", "province", "regency", "reason", "entry_state", "name_key")
        ),
        "group_id, stage, since_on, cell",
    ]
)

# Whom a mass deed touched is left out: the worker will place them from the standings. A note is of neighbours by id, so those
# of one block are found without unfolding all of them.
POSITIONS = f"""
SELECT member_id, to_jsonb(stored)::text, to_jsonb(due)::text
FROM (
  SELECT member_id, {COLUMNS} FROM pipeline_position WHERE member_id > %(after)s AND (%(last)s OR member_id <= %(until)s)
) AS stored
FULL JOIN (SELECT member_id, {COLUMNS} FROM pipeline_position_truth(%(ids)s::bigint[])) AS due USING (member_id)
WHERE (stored.*) IS DISTINCT FROM (due.*) AND member_id NOT IN (
  SELECT unnest(note.ids) FROM pipeline_unplaced note
  WHERE note.ids[1] > %(after)s - {A_NOTE} AND (%(last)s OR note.ids[1] <= %(until)s + {A_NOTE})
)
"""
SUMS = """
SELECT node, stage, since_on, sum(stored), sum(due) FROM (
  SELECT node, stage, since_on, people AS stored, 0 AS due FROM pipeline_positionsum
  UNION ALL
  SELECT node, stage, since_on, people, 0 FROM pipeline_positiondelta CROSS JOIN LATERAL (VALUES (''), (province)) AS p (node)
  UNION ALL
  SELECT node, stage, since_on, 0, 1 FROM pipeline_position CROSS JOIN LATERAL (VALUES (''), (province)) AS p (node)
) AS part GROUP BY 1, 2, 3 HAVING sum(stored) <> sum(due) LIMIT %s
"""
REBUILT = """
DELETE FROM pipeline_positionsum;
DELETE FROM pipeline_positiondelta;
INSERT INTO pipeline_positionsum (node, stage, since_on, people)
SELECT node, stage, since_on, count(*) FROM pipeline_position CROSS JOIN LATERAL (VALUES (''), (province)) AS p (node)
GROUP BY 1, 2, 3;
"""

Told = tuple[str, str, str]


def misplaced(
    cursor: CursorWrapper, ids: Sequence[int], after: int, until: int, *, is_last: bool
) -> list[tuple[int, Told]]:
    """People of one block who are not placed where they stand: id, and what, stored, true."""
    cursor.execute(POSITIONS, {"ids": list(ids), "after": after, "until": until, "last": is_last})
    return [
        (member_id, (_("anggota %s, tempat di daftar") % member_id, stored or nothing(), due or nothing()))
        for member_id, stored, due in cursor.fetchall()
    ]


def wrong_sums(cursor: CursorWrapper, most: int) -> list[Told]:
    """Sums of who has stood where since when that the places in the list do not add up to."""
    cursor.execute(SUMS, [most])
    return [
        (
            _("menunggu di %(node)s sesudah P%(stage)s sejak %(day)s")
            % {"node": node or _("seluruh Indonesia"), "stage": stage, "day": since},
            str(stored),
            str(due),
        )
        for node, stage, since, stored, due in cursor.fetchall()
    ]


def nothing() -> str:
    """In the language of whoever reads it."""
    return _("tidak ada")


def place_anew(ids: Sequence[int]) -> None:
    """Place these people where the standings say. Within the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pipeline_place(%s)", [list(ids)])


def rebuild_sums() -> None:
    """Count anew who has stood where since when. Within the caller's transaction; nobody is placed meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE pipeline_position IN SHARE ROW EXCLUSIVE MODE")
        # a fold that is at work ends first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pipeline_fold_positions'))")
        cursor.execute(REBUILT)
