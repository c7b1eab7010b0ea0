"""Counting people: any node, any day, exact at the last commit. Nothing else counts people.

Nodes: "" the nation, "31" a province, "31.71" a kabupaten/kota, "31.71.04" a kecamatan, `K:12` a komunitas.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import NotFound, Refused
from okoce.pipeline.states import Stage

NATION = ""
_NODE = re.compile(r"|\d\d(\.\d\d){0,2}|K:[1-9]\d{0,18}")
_VILLAGE = re.compile(r"\d\d(\.\d\d){2}\.\d{4}")
_DISTRICT_LENGTH = 8
# Taken together, deltas of the same sums cost one write: two and a half million at once took 20 s of processor time, in three
# rounds 63 s (measured).
AT_ONCE = 3_000_000
SPANS_AT_ONCE = 10_000
# What two connections may fold beside each other (0033_halves_of_equal_weight.py).
HALVES = (0, 1)
# Reading a count beside so many deltas takes some five milliseconds (measured).
MOST_LEFT = 20_000
# After so many folded deltas the dead rows are worth sweeping at once: readers scan this table.
WORTH_SWEEPING = 5_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, and what is counted of them. `continued`: those of them who had completed the stage before."""

    people: int = 0
    women: int = 0
    new_businesses: int = 0
    existing_businesses: int = 0
    continued: int = 0
    jobs_claimed: int = 0
    jobs_verified: int = 0
    jobs_baseline: int = 0


MEASURES = tuple(field.name for field in fields(Count))
NOBODY = Count()


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one node at the end of one day."""

    node: str
    day: date
    stages: Mapping[int, Count]
    # stage that is not reached → reason → people who completed the stage before it
    reasons: Mapping[int, Mapping[str, int]]

    def lost_before(self, stage: int) -> int:
        """People who completed the stage before and not this one."""
        return self.stages[stage - 1].people - self.stages[stage].continued


def group_node(group_id: int) -> str:
    return f"K:{group_id}"


def counts(node: str, day: date) -> Tally:
    """What was valid in a node at the end of a day, as known now."""
    require_node(node)
    return counts_of([node], day)[node]


def counts_of(nodes: Sequence[str], day: date) -> dict[str, Tally]:
    """The counts of several nodes at the end of one day, in one query."""
    return {node: tally for (node, _day), tally in counts_at([(node, day) for node in nodes]).items()}


def counts_at(points: Collection[tuple[str, date]]) -> dict[tuple[str, date], Tally]:
    """The counts of nodes at the ends of days, all in one query."""
    stages = {point: dict.fromkeys(map(int, Stage), NOBODY) for point in points}
    reasons: dict[tuple[str, date], dict[int, dict[str, int]]] = {
        point: {int(stage): {} for stage in Stage} for point in points
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, at, c.stage, c.reason, {', '.join(MEASURES)}"
            " FROM unnest(%s::text[], %s::date[]) AS asked (place, at) CROSS JOIN LATERAL pipeline_counts(place, at) AS c",
            [[node for node, _day in points], [day for _node, day in points]],
        )
        for node, day, stage, reason, *measures in cursor.fetchall():
            if not reason:
                stages[node, day][stage] = Count(*measures)
            elif measures[0]:
                reasons[node, day][stage][reason] = measures[0]
    return {(node, day): Tally(node, day, stages[node, day], reasons[node, day]) for node, day in points}


def require_node(node: str) -> None:
    """Refuse what is no node: people are counted down to kecamatan."""
    if _NODE.fullmatch(node):
        return
    if _VILLAGE.fullmatch(node):
        raise Refused(
            _("Hitungan tersedia sampai tingkat kecamatan. Pakai kode kecamatannya: %(code)s.")
            % {"code": node[:_DISTRICT_LENGTH]},
            code="too_fine",
            field="scope",
        )
    raise NotFound(_("Wilayah dengan kode %(code)s tidak ada.") % {"code": node[:13]}, field="scope")


def current_by_district() -> dict[str, int]:
    """Members of every kecamatan that has any, as of now: one query for the map."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT code, sum(people) FROM (
              SELECT node AS code, people FROM pipeline_tallysum WHERE grain = 'a' AND stage = 1 AND node < 'K'
              UNION ALL SELECT region, people FROM pipeline_tallydelta WHERE reason = '' AND stage = 1
            ) AS part GROUP BY code HAVING sum(people) > 0
            """
        )
        return {code: int(people) for code, people in cursor.fetchall()}


def version() -> int:
    """A number that grows with every commit that changes a count, and with nothing else: the key of cached pictures."""
    return _answer(
        "SELECT (SELECT count(*) FROM pipeline_tallydelta) + coalesce((SELECT deltas FROM pipeline_tallyfold), 0)"
    )


def fold(most: int = AT_ONCE) -> int:
    """Take up to `most` deltas into the sums; returns how many. 0 also when somebody else is folding right now."""
    return _answer("SELECT pipeline_fold(%s)", most)


def fold_half(half: int, most: int = AT_ONCE) -> int:
    """The same for one of HALVES, which may go on beside the other; returns how many. 0 also when somebody else is at it."""
    return _answer("SELECT pipeline_fold_half(%s, %s)", half, most)


def backlog() -> int:
    """How many deltas wait for a fold: each makes reading a little slower."""
    return _answer("SELECT count(*) FROM pipeline_tallydelta")


def divide(most: int = SPANS_AT_ONCE) -> int:
    """Give finer sums to years and months of small nodes in which much has happened; returns how many."""
    return _answer("SELECT pipeline_divide(%s)", most)


def fold_if_many() -> None:
    """Fold where so much is left that reading would be slow. A little is left to the job that folds every few seconds, and so is
    dividing: a span that is not divided yet is read from its people, who are few more than in one that is not due."""
    if backlog() > MOST_LEFT:
        fold()
    sweep()


def fold_all(rounds: int = 100) -> int:
    """Fold until nothing is left, divide what has become dense, and sweep the table of deltas after much; returns how
    many deltas were folded."""
    folded = 0
    for _round in range(rounds):
        taken = fold()
        folded += taken
        if taken < AT_ONCE:
            break
    for _round in range(rounds):
        # months of a year that was divided just now may be dense too
        if divide() == 0:
            break
    if folded >= WORTH_SWEEPING:
        sweep()
    return folded


def sweep() -> None:
    """Clear away what folded deltas leave behind, which every reader passes over; not within a transaction."""
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM pipeline_tallydelta")


def _answer(statement: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0])


# Most days of each span but the last, which has no end.
SPANS = (30, 90, 180)
_COLUMN = {5: "regency", 8: "region"}
_SUMMED = """
SELECT stage, since_on, people FROM pipeline_positionsum WHERE node = %(node)s
UNION ALL SELECT stage, since_on, people FROM pipeline_positiondelta WHERE %(node)s IN ('', province)
"""
_PLACED = "SELECT stage, since_on, 1 FROM pipeline_position WHERE {column} = %(node)s"
_COUNTED = """
SELECT stage, width_bucket(%(today)s::date - since_on, ARRAY[{edges}]) AS span, sum(people)
FROM ({rows}) AS people (stage, since_on, people) GROUP BY 1, 2
"""


# How long people stand behind their furthest stage, as of now. Everybody who has not completed P7 stands behind exactly one
# stage. Nation and provinces are summed by the day since when (0018_positions.py), a smaller place is counted along its index.


@dataclass(frozen=True, slots=True)
class Waiting:
    """Of one node on one day: stage completed last → people in each span of days, the shortest first."""

    node: str
    day: date
    stages: Mapping[int, Sequence[int]]


def waiting_times(node: str, today: date) -> Waiting:
    """Who stands how long behind which stage, in one question; P7 is left out: nobody waits behind it."""
    require_node(node)
    counted = {int(stage): [0] * (len(SPANS) + 1) for stage in Stage if stage < Stage.P7_FINANCING}
    edges = ", ".join(str(days + 1) for days in SPANS)
    statement = _COUNTED.format(edges=edges, rows=_rows(node))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"node": _value(node), "today": today})
        for stage, span, people in cursor.fetchall():
            if stage in counted:
                counted[stage][span] = int(people)
    return Waiting(node, today, counted)


def _rows(node: str) -> str:
    if node.startswith("K:"):
        return _PLACED.format(column="group_id")
    column = _COLUMN.get(len(node))
    return _PLACED.format(column=column) if column else _SUMMED


def _value(node: str) -> str | int:
    return int(node[2:]) if node.startswith("K:") else node
