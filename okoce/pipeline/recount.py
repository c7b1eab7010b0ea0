"""Recounting from the records: stored standings against what the records say, and every tally against the standings.

Everything is compared within one snapshot, so that people may go on working meanwhile; a difference is then a fault.
Tallies are compared level by level: the finest rows with the standings, every wider row with the finer rows it sums up.
So is where the list says that somebody stands (position_check.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from okoce.pipeline import position_check
from okoce.pipeline.position_check import nothing
from okoce.pipeline.tallies import MEASURES

BLOCK = 5_000
# More differences than this tell nothing new; a repair mends all of them.
MOST_TOLD = 1_000
Progress = Callable[[int, int], None]

LIST = ", ".join(MEASURES)
STAGES_ONLY = " FILTER (WHERE reason = '')"
NEGATED = ", ".join(f"-{name}" for name in MEASURES)
# of a reason only the people are kept
SUMS = ", ".join(f"sum({name}){'' if name == 'people' else STAGES_ONLY} AS {name}" for name in MEASURES)
DIFFER = " OR ".join(f"coalesce(stored.{name}, 0) <> coalesce(due.{name}, 0)" for name in MEASURES)
PLACED = "region, group_id, stage, reason"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is stored otherwise than the records say; `member_id` where it is about a person."""

    what: str
    stored: str
    true: str
    member_id: int | None = None

    @property
    def sentence(self) -> str:
        return _("%(what)s: tersimpan %(stored)s, menurut catatan %(true)s") % {
            "what": self.what,
            "stored": self.stored,
            "true": self.true,
        }


def recount(progress: Progress | None = None) -> list[Difference]:
    """Everything that differs, at most the first thousand of standings and of tallies; empty when all agree."""
    tell = progress or (lambda _done, _total: None)
    with _one_snapshot() as cursor:
        cursor.execute("SELECT count(*) FROM members_member")
        people = int(cursor.fetchone()[0])
        checks = list(_tally_checks())
        # the checks of the tallies take about as long as the people do
        weight = max(1, people // len(checks))
        total = people + weight * len(checks)
        found: list[Difference] = []
        for done in _standing_differences(cursor, found):
            tell(done, total)
        tallied: list[Difference] = []
        for number, (stored, true) in enumerate(checks, start=1):
            tallied += _tally_differences(cursor, stored, true)
            tell(people + weight * number, total)
        tallied += [Difference(*told) for told in position_check.wrong_sums(cursor, MOST_TOLD)]
    return found[:MOST_TOLD] + tallied[:MOST_TOLD]


def repair(differences: list[Difference]) -> None:
    """Restate and place the people that differ, and build the tallies anew. Readers see old or new counts, never half."""
    ids = sorted({difference.member_id for difference in differences if difference.member_id is not None})
    for start in range(0, len(ids), BLOCK):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pipeline_restate(%s)", [ids[start : start + BLOCK]])
            position_check.place_anew(ids[start : start + BLOCK])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pipeline_rebuild_tallies()")
    with transaction.atomic():
        position_check.rebuild_sums()


@contextmanager
def _one_snapshot() -> Iterator[CursorWrapper]:
    # Within somebody's transaction (a test) the snapshot is theirs: nobody else writes there.
    is_ours = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_ours:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL work_mem = '128MB'; SET LOCAL jit = off")
        # A database that has just been filled knows nothing of its sizes yet: a loop within a loop then takes minutes.
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield cursor
        cursor.execute("SET LOCAL enable_nestloop = on")


STANDINGS = f"""
SELECT coalesce(stored.member_id, due.member_id), coalesce(stored.stage, due.stage),
  coalesce(stored.reason, due.reason), coalesce(stored.from_on, due.from_on),
  CASE WHEN stored.member_id IS NOT NULL THEN to_jsonb(stored)::text END,
  CASE WHEN due.member_id IS NOT NULL THEN to_jsonb(due)::text END
FROM (
  SELECT member_id, stage, reason, from_on, until_on, region::text AS region, group_id, since_on, {LIST}
  FROM pipeline_standing WHERE member_id > %(after)s AND (%(last)s OR member_id <= %(until)s)
) AS stored
FULL JOIN (
  SELECT member_id, stage, reason COLLATE "C" AS reason, from_on, until_on, region COLLATE "C" AS region, group_id,
    since_on, {LIST}
  FROM pipeline_standing_truth(%(ids)s::bigint[])
) AS due USING (member_id, stage, reason, from_on)
WHERE (stored.*) IS DISTINCT FROM (due.*)
"""


def _standing_differences(cursor: CursorWrapper, found: list[Difference]) -> Iterator[int]:
    """Compare block by block; yields how many people are done."""
    after, done, is_last = -1, 0, False
    while not is_last:
        cursor.execute("SELECT id FROM members_member WHERE id > %s ORDER BY id LIMIT %s", [after, BLOCK])
        ids = [row[0] for row in cursor.fetchall()]
        is_last = len(ids) < BLOCK
        until = ids[-1] if ids else after
        cursor.execute(STANDINGS, {"after": after, "until": until, "last": is_last, "ids": ids})
        if len(found) <= MOST_TOLD:
            found += [_standing_difference(*row) for row in cursor.fetchall()]
            found += [
                Difference(*told, member_id=member_id)
                for member_id, told in position_check.misplaced(cursor, ids, after, until, is_last=is_last)
            ]
        after, done = until, done + len(ids)
        yield done


def _standing_difference(
    member_id: int, stage: int, reason: str, from_on: date, stored: str | None, true: str | None
) -> Difference:
    what = _("anggota %(member)s, %(place)s sejak %(day)s") % {
        "member": member_id,
        "place": _place(stage, reason),
        "day": from_on,
    }
    return Difference(what, stored or nothing(), true or nothing(), member_id)


def _edges(node: str, span: str, where: str = "true") -> str:
    """What the standings, less what is not folded yet, say about the finest rows."""
    return f"""
      SELECT {node} AS node, {span} AS start_on, stage, reason, {SUMS} FROM ({EDGES}) AS edge ({PLACED}, day, {LIST})
      WHERE {where} GROUP BY 1, 2, 3, 4
    """


EDGES = f"""
  SELECT {PLACED}, from_on AS day, {LIST} FROM pipeline_standing
  UNION ALL SELECT {PLACED}, until_on, {NEGATED} FROM pipeline_standing WHERE until_on IS NOT NULL
  UNION ALL SELECT {PLACED}, day, {NEGATED} FROM pipeline_tallydelta
"""


def _divided(nodes: str, wide: str, span: str, finer: str) -> str:
    """What the standings say about the finer rows of divided years or months."""
    return f"""
      SELECT span.node, {finer} AS start_on, stage, reason, {SUMS} FROM ({EDGES}) AS edge ({PLACED}, day, {LIST})
      CROSS JOIN LATERAL (VALUES {nodes}) AS place(node)
      JOIN pipeline_tallyspan span
        ON span.node = place.node AND span.grain = '{wide}' AND span.start_on = {span} AND span.is_divided
      GROUP BY 1, 2, 3, 4
    """


BEFORE = ", ".join(f"({stage}, p{stage})" for stage in range(2, 8))
TALLIES = f"""(
  SELECT node, grain, start_on, stage, '' AS reason, {LIST} FROM pipeline_tallysum
  UNION ALL
  SELECT node, grain, start_on, before.stage, reason, people, 0, 0, 0, 0, 0, 0, 0
  FROM pipeline_tallyreason CROSS JOIN LATERAL (VALUES {BEFORE}) AS before (stage, people) WHERE people <> 0
) AS tallies"""


def _wider(span: str, of: str) -> str:
    """What wider rows must be: the sums of finer ones."""
    return f"""
      SELECT node, {span} AS start_on, stage, reason, {SUMS}
      FROM {TALLIES} WHERE {of} GROUP BY 1, 2, 3, 4
    """


GROUPS = "node LIKE 'K:%'"
LEVEL = {
    "nation": "node = ''",
    "province": "length(node) = 2",
    "regency": f"length(node) = 5 AND NOT {GROUPS}",
    "district": f"length(node) = 8 AND NOT {GROUPS}",
    "group": GROUPS,
}
SMALL = f"(length(node) = 8 OR {GROUPS})"
MONTH, YEAR, ALL = "date_trunc('month', {day})::date", "date_trunc('year', {day})::date", "DATE '0001-01-01'"


def _tally_checks() -> Iterator[tuple[str, str]]:
    """Pairs of which rows are stored, and what they must be: each level from the standings, wider rows from finer ones."""
    yield _rows("nation", "d"), _edges("''", "day")
    yield _rows("province", "d"), _edges("left(region, 2)", "day")
    yield _rows("regency", "m"), _edges("left(region, 5)", MONTH.format(day="day"))
    yield _rows("district", "y"), _edges("region", YEAR.format(day="day"))
    yield _rows("group", "y"), _edges("'K:' || group_id", YEAR.format(day="day"), "group_id IS NOT NULL")
    yield (
        f"grain = 'm' AND {SMALL}",
        _divided("(region), ('K:' || group_id)", "y", YEAR.format(day="day"), MONTH.format(day="day")),
    )
    yield (
        "grain = 'd' AND length(node) > 2",
        _divided("(left(region, 5)), (region), ('K:' || group_id)", "m", MONTH.format(day="day"), "day"),
    )
    for level in ("nation", "province"):
        yield _rows(level, "m"), _wider(MONTH.format(day="start_on"), _rows(level, "d"))
    for level in ("nation", "province", "regency"):
        yield _rows(level, "y"), _wider(YEAR.format(day="start_on"), _rows(level, "m"))
    of_district, of_group = (f"{_rows(level, 'y')} AND reason = ''" for level in ("district", "group"))
    yield "grain = 'a'", _wider(ALL, f"({of_district} AND stage = 1 OR {of_group})")


def _rows(level: str, grain: str) -> str:
    return f"grain = '{grain}' AND {LEVEL[level]}"


def _tally_differences(cursor: CursorWrapper, stored: str, true: str) -> list[Difference]:
    cursor.execute(
        f"""
        SELECT coalesce(stored.node, due.node), coalesce(stored.start_on, due.start_on),
          coalesce(stored.stage, due.stage), coalesce(stored.reason, due.reason),
          {", ".join(f"coalesce(stored.{name}, 0)" for name in MEASURES)},
          {", ".join(f"coalesce(due.{name}, 0)" for name in MEASURES)}
        FROM (SELECT node, start_on, stage, reason, {LIST} FROM {TALLIES} WHERE {stored}) AS stored
        FULL JOIN ({true}) AS due
          ON stored.node = due.node AND stored.start_on = due.start_on AND stored.stage = due.stage
          AND stored.reason = due.reason
        WHERE {DIFFER} LIMIT {MOST_TOLD}
        """
    )
    return [_tally_difference(stored[9], row) for row in cursor.fetchall()]


def _place(stage: int, reason: str) -> str:
    return f"P{stage} ({reason})" if reason else f"P{stage}"


def _tally_difference(grain: str, row: tuple[Any, ...]) -> Difference:
    node, start_on, stage, reason, *numbers = row
    what = _("hitungan %(node)s, %(place)s, butir %(grain)s sejak %(day)s") % {
        "node": node or _("seluruh Indonesia"),
        "place": _place(stage, reason),
        "grain": grain,
        "day": start_on,
    }
    count = len(MEASURES)
    return Difference(what, _told(numbers[:count]), _told(numbers[count:]))


def _told(numbers: list[int]) -> str:
    return (
        ", ".join(f"{name} {number}" for name, number in zip(MEASURES, numbers, strict=True) if number)
        or nothing()
    )
