"""The numbers of many komunitas beside each other, in one query: as of today, from sums over all time.

What is dated after today is taken off again: rarely anything is, so it is asked for only where the nation has such a day.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add
from typing import Any

from django.db import connection

from okoce.pipeline.states import Stage
from okoce.pipeline.tallies import MEASURES, NOBODY, Count, group_node

LIST = ", ".join(MEASURES)
NOTHING = ", ".join("0" for _measure in MEASURES)
# Begun after today, and ended after today: what standings add, and what they take away.
_BEGUN = f"SELECT s.group_id, s.stage, s.from_on, {', '.join(f'-s.{name}' for name in MEASURES)} FROM pipeline_standing s"
_ENDED = f"SELECT s.group_id, s.stage, s.until_on, {', '.join(f's.{name}' for name in MEASURES)} FROM pipeline_standing s"
_LATER = f"""
  {_BEGUN} WHERE s.group_id = ANY(%(groups)s) AND s.since_on > %(today)s AND s.reason = '' AND s.from_on = s.since_on
  UNION ALL
  {_BEGUN} WHERE s.group_id = ANY(%(groups)s) AND s.from_on > %(today)s AND s.reason = '' AND s.from_on > s.since_on
  UNION ALL
  {_ENDED} WHERE s.group_id = ANY(%(groups)s) AND s.until_on > %(today)s AND s.reason = ''
"""
_IS_LATER = """
  EXISTS (SELECT FROM pipeline_tallysum WHERE node = '' AND grain = 'd' AND start_on > %(today)s)
  OR EXISTS (SELECT FROM pipeline_tallydelta WHERE day > %(today)s)
"""
# The latest beginning of anything: who registered, came on a stage, joined, stated jobs, or said what holds her back.
_LAST = """
  SELECT id, since_on FROM unnest(%(groups)s::bigint[]) AS asked (id) CROSS JOIN LATERAL (
    SELECT s.since_on FROM pipeline_standing s WHERE s.group_id = id AND s.since_on <= %(today)s
    ORDER BY s.since_on DESC LIMIT 1
  ) AS last
  UNION ALL
  SELECT id, from_on FROM unnest(%(groups)s::bigint[]) AS asked (id) CROSS JOIN LATERAL (
    SELECT s.from_on FROM pipeline_standing s
    WHERE s.group_id = id AND s.from_on <= %(today)s AND (s.reason <> '' OR s.from_on > s.since_on)
    ORDER BY s.from_on DESC LIMIT 1
  ) AS last
"""
_GAINED = "CASE WHEN stage = 1 AND day >= %(year)s AND day < %(next_year)s THEN people ELSE 0 END"
_GAINED_BEFORE = "CASE WHEN stage = 1 AND day >= %(last_year)s AND day < %(year)s THEN people ELSE 0 END"
# Not summed up here: of nearly every komunitas and stage there is one row with numbers, and grouping takes a third of the time.
BOARDS = f"""
  SELECT id, stage, {LIST}, 0 AS gained, 0 AS gained_before, NULL::date AS active_on
  FROM unnest(%(groups)s::bigint[], %(nodes)s::text[]) AS asked (id, place)
  JOIN pipeline_tallysum t ON t.node = place AND t.grain = 'a' AND t.start_on = DATE '0001-01-01'
  UNION ALL
  SELECT id, stage, {NOTHING}, CASE WHEN start_on = %(year)s THEN people ELSE 0 END,
    CASE WHEN start_on = %(year)s THEN 0 ELSE people END, NULL
  FROM unnest(%(groups)s::bigint[], %(nodes)s::text[]) AS asked (id, place) CROSS JOIN LATERAL (
    -- OFFSET: along the index komunitas by komunitas, whatever the planner expects of so many sums
    SELECT stage, start_on, people FROM pipeline_tallysum t
    WHERE t.node = place AND t.grain = 'y' AND t.start_on IN (%(last_year)s, %(year)s) AND t.stage = 1 OFFSET 0
  ) AS years
  UNION ALL
  SELECT group_id, stage, {LIST}, {_GAINED}, {_GAINED_BEFORE}, NULL
  FROM pipeline_tallydelta WHERE reason = '' AND group_id = ANY(%(groups)s)
  UNION ALL
  SELECT id, 1, {NOTHING}, 0, 0, day FROM ({_LAST}) AS last (id, day)
  UNION ALL
  SELECT NULL, 0, {NOTHING}, 0, 0, NULL WHERE {_IS_LATER}
"""
# Asked for by itself: to plan it takes as long as a tenth of all the rest.
LATER = f"""
  SELECT group_id, stage, {LIST}, {_GAINED}, 0, NULL FROM ({_LATER}) AS later (group_id, stage, day, {LIST})
"""


@dataclass(frozen=True, slots=True)
class Board:
    """What is counted of one komunitas today; members gained in this year so far and in the whole year before; the last day
    on which anything was noted of its people."""

    stages: Mapping[int, Count]
    gained: int = 0
    gained_before: int = 0
    active_on: date | None = None


# No number of any measure, none gained.
NOBODIES = (0,) * (len(MEASURES) + 2)
NO_BOARD = Board(dict.fromkeys(map(int, Stage), NOBODY))


def asked_of(group_ids: Collection[int], today: date) -> dict[str, Any]:
    """What the query takes. Public, as `boards_of` is."""
    groups = list(group_ids)
    return {
        "groups": groups,
        "nodes": [group_node(group) for group in groups],
        "today": today,
        "year": date(today.year, 1, 1),
        "last_year": date(today.year - 1, 1, 1),
        "next_year": date(today.year + 1, 1, 1),
    }


def boards_of(group_ids: Collection[int], today: date) -> dict[int, Board]:
    """The board of each komunitas. Public: whoever shows it asks which of them the reader may see."""
    sums: dict[tuple[int, int], list[int]] = {}
    active_on: dict[int, date] = {}
    for group, stage, *numbers, noted_on in _rows(asked_of(group_ids, today)):
        known = sums.get((group, stage))
        sums[group, stage] = numbers if known is None else list(map(add, known, numbers))
        if noted_on is not None:
            active_on[group] = max(noted_on, active_on.get(group, noted_on))
    return {group: _board(group, sums, active_on.get(group)) for group in group_ids}


def _rows(asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What adds up to the boards. One row without a komunitas says that something is dated after today, which comes off."""
    with connection.cursor() as cursor:
        cursor.execute(BOARDS, asked)
        rows = cursor.fetchall()
        told = [row for row in rows if row[0] is not None]
        if len(told) < len(rows):
            cursor.execute(LATER, asked)
            told += cursor.fetchall()
    return told


def last_noted(group_ids: Collection[int], today: date) -> dict[int, date]:
    """The last day on which anything was noted of the people of each komunitas; one of whom nothing ever was is missing. Public,
    as `boards_of` is."""
    found: dict[int, date] = {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST, {"groups": list(group_ids), "today": today})
        for group, noted_on in cursor.fetchall():
            found[group] = max(noted_on, found.get(group, noted_on))
    return found


def _board(group: int, sums: Mapping[tuple[int, int], Sequence[int]], active_on: date | None) -> Board:
    counted = {int(stage): sums.get((group, int(stage)), NOBODIES) for stage in Stage}
    gained, gained_before = counted[Stage.P1_REGISTRATION][len(MEASURES) :]
    stages = {stage: Count(*numbers[: len(MEASURES)]) for stage, numbers in counted.items()}
    return Board(stages, gained, gained_before, active_on)
