"""Counting by hand: every record of every person is read, and each person is asked, one by one, where she stands on a day.

Written from the definitions, with nothing of the database's own derivation: this is what the tallies must equal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from okoce.community.groups.models import Membership
from okoce.community.members.models import Business, Member, Residence
from okoce.pipeline.models import JobStatement, StageRecord, Standstill
from okoce.pipeline.tallies import Count, Tally

Row = dict[str, Any]
BEST_KNOWN = {"documented": 2, "seen": 1, "claimed": 0}


def _of_member(model: Any) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in model.objects.order_by("pk").values():
        found.setdefault(row["member_id"], []).append(row)
    return found


@dataclass
class Records:
    """All that is stored about people, as lists of plain rows."""

    members: list[Row]
    businesses: dict[int, list[Row]]
    residences: dict[int, list[Row]]
    memberships: dict[int, list[Row]]
    stages: dict[int, list[Row]]
    standstills: dict[int, list[Row]]
    statements: dict[int, list[Row]]

    @classmethod
    def read(cls) -> "Records":
        return cls(
            list(Member.objects.order_by("pk").values()),
            *(
                _of_member(model)
                for model in (Business, Residence, Membership, StageRecord, Standstill, JobStatement)
            ),
        )


def holds_on(row: Row, day: date) -> bool:
    return (row["from_on"] is None or row["from_on"] <= day) and (
        row["until_on"] is None or row["until_on"] > day
    )


def count_by_hand(records: Records, node: str, day: date) -> Tally:
    stages = {stage: _Sum() for stage in range(1, 8)}
    reasons: dict[int, dict[str, int]] = {stage: {} for stage in range(1, 8)}
    for member in records.members:
        if member["merged_into_id"] is None and _lives_in(records, member, node, day):
            _count_person(records, member, day, stages, reasons)
    return Tally(node, day, {stage: Count(**vars(total)) for stage, total in stages.items()}, reasons)


class _Sum:
    def __init__(self) -> None:
        for name in Count.__slots__:
            setattr(self, name, 0)

    def add(self, **numbers: int) -> None:
        for name, number in numbers.items():
            setattr(self, name, getattr(self, name) + number)


def _count_person(
    records: Records, member: Row, day: date, stages: dict[int, _Sum], reasons: dict[int, dict[str, int]]
) -> None:
    business = (records.businesses.get(member["id"]) or [{"entry_state": "none", "workers": None}])[0]
    is_new = business["entry_state"] == "none"
    completed = {
        row["stage"]
        for row in records.stages.get(member["id"], [])
        if row["state"] == "completed" and row["completed_on"] <= day
    }
    for stage in completed:
        stages[stage].add(
            people=1,
            women=member["sex"] == "female",
            new_businesses=is_new,
            existing_businesses=not is_new,
            continued=stage - 1 in completed,
        )
    if 4 in completed:
        stages[4].add(**_jobs(records.statements.get(member["id"], []), day, business["workers"] or 0))
    for row in records.standstills.get(member["id"], []):
        if holds_on(row, day) and row["stage"] - 1 in completed and row["stage"] not in completed:
            reasons[row["stage"]][row["reason"]] = reasons[row["stage"]].get(row["reason"], 0) + 1


def _jobs(statements: Iterable[Row], day: date, baseline: int) -> dict[str, int]:
    said = sorted(
        (row["stated_on"], BEST_KNOWN[row["level"]], row["workers"])
        for row in statements
        if row["stated_on"] <= day
    )
    if not said:
        return {}
    claimed = said[-1][2]
    proven = [workers for _day, known, workers in said if known]
    return {
        "jobs_claimed": claimed,
        "jobs_verified": min(claimed, proven[-1]) if proven else 0,
        "jobs_baseline": baseline,
    }


def _lives_in(records: Records, member: Row, node: str, day: date) -> bool:
    if node.startswith("K:"):
        return any(
            holds_on(row, day) and row["group_id"] == int(node[2:])
            for row in records.memberships.get(member["id"], [])
        )
    region = _residence(records, member, day)
    return not node or region == node or region.startswith(node + ".")


def _residence(records: Records, member: Row, day: date) -> str:
    """Where she lived on the day: the last known residence that had begun; before any had, the first known one."""
    known = sorted(records.residences.get(member["id"], []), key=lambda row: row["from_on"] or date.min)
    begun = [row for row in known if (row["from_on"] or date.min) <= day]
    if begun:
        return str(begun[-1]["region"])
    return str(known[0]["region"] if known else member["region"])
