"""The people behind a loss, the longest waiting first: pages walked along the index of the standings.

The index begins with the kecamatan, so a wider place is walked kecamatan by kecamatan and merged: up to a day by which a
few hundred people had come as far, and further only when the page is not full.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.territory import queries as territory
from okoce.pipeline.states import UNKNOWN_REASON, UNKNOWN_STORED

RIGHT = Permission.MEMBERS_READ
# So many people per page are looked at first; most of them may have gone on. Then ever more.
LOOKED_AT = (10, 100, 1000)
_DISTRICT_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Loss:
    """Which people: of a node, who by the end of a day had completed the stage before this one and not this one.

    `reason` narrows to one reason, `unknown` to those of whom none is known, whether somebody asked or not.
    """

    node: str
    stage: int
    day: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One person: where she lived on the day, since when the stage before is completed, and the reason ("" none)."""

    member_id: int
    region: str
    since: date
    reason: str


@dataclass(frozen=True, slots=True)
class _Area:
    """A condition on the standings and its values; `place.code` in it stands for each of `places`."""

    condition: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From the position after a person until a day, at most so many people."""

    after: tuple[date, int]
    until: date
    limit: int


def held_back(actor: Actor, loss: Loss, *, after: tuple[date, int] | None, limit: int) -> list[HeldBack]:
    """The next people of the loss whom the actor may read, from the position after a person of the page before."""
    stretch = _Stretch(after or (date.min, 0), loss.day, limit)
    found: list[HeldBack] = []
    for until in _windows(loss, stretch):
        found = _people(actor, loss, _area(actor, loss.node), replace(stretch, until=until))
        if len(found) >= limit:
            break
    return found


def _area(actor: Actor, node: str) -> _Area:
    if node.startswith("K:"):
        return _Area("s.group_id = place.code::bigint", {"places": [node[2:]]})
    if not _reads_all_of(actor, node):
        return _within(node)
    if len(node) == _DISTRICT_LENGTH:
        return _Area("s.region = place.code", {"places": [node]})
    return _Area("s.region = place.code", {"places": [place.code for place in territory.districts(node)]})


def _reads_all_of(actor: Actor, node: str) -> bool:
    """True when one grant for a territory covers the node: the walk then meets few people whom the actor may not read."""
    for scope in actor.scopes_with(RIGHT):
        is_territory = scope.group_id is None and scope.partner_id is None
        if scope.everywhere or (is_territory and region_within(node, scope.region)):
            return True
    return False


def _within(node: str) -> _Area:
    if not node:
        return _Area("true", {})
    condition = "(s.region = %(node)s OR (s.region >= %(first)s AND s.region < %(last)s))"
    return _Area(condition, {"node": node, "first": node + ".", "last": node + "/"})


def _windows(loss: Loss, stretch: _Stretch) -> Iterator[date]:
    """Days up to which to look: by which ever more people had completed the stage before; the day of the loss at last."""
    with connection.cursor() as cursor:
        cursor.execute(
            ARRIVALS, [loss.node, GRAIN.get(len(loss.node), "y"), loss.stage - 1, stretch.after[0]]
        )
        arrivals = cursor.fetchall()
    for many in LOOKED_AT:
        until = next((day for day, people in arrivals if people >= many * stretch.limit), loss.day)
        if until >= loss.day:
            break
        yield until
    yield loss.day


# By the end of each span of time so many people had completed the stage, of those who had not at the position.
ARRIVALS = """
    SELECT (start_on + CASE grain WHEN 'd' THEN interval '0' WHEN 'm' THEN interval '1 month' ELSE interval '1 year' END)::date,
      sum(people) OVER (ORDER BY start_on)
    FROM pipeline_tallysum
    WHERE node = %s AND grain = %s AND stage = %s AND start_on >= %s ORDER BY start_on
"""
GRAIN = {0: "d", 2: "d", 5: "m"}

# Who completed the stage before and not this one; why, where a reason is known on that day.
EVERYBODY = """
    SELECT s.member_id, s.region, s.since_on, coalesce(why.reason, '') AS reason
    FROM pipeline_standing s
    LEFT JOIN pipeline_standing why ON why.member_id = s.member_id AND why.stage = %(stage)s AND why.reason <> ''
      AND why.from_on <= %(day)s AND (why.until_on IS NULL OR why.until_on > %(day)s)
    WHERE {place} AND s.stage = %(before)s AND s.reason = ''
      AND NOT EXISTS (
        SELECT FROM pipeline_stagerecord later
        WHERE later.member_id = s.member_id AND later.stage = %(stage)s AND later.completed_on <= %(day)s
      )
"""
WITHOUT_REASON = EVERYBODY + " AND why.reason IS NULL"
NOT_KNOWN = EVERYBODY + " AND (why.reason IS NULL OR why.reason = 'unknown')"
WITH_REASON = """
    SELECT s.member_id, s.region, s.since_on, s.reason FROM pipeline_standing s
    WHERE {place} AND s.stage = %(stage)s AND s.reason = %(reason)s
"""
PAGE = """
      AND s.from_on <= %(day)s AND (s.until_on IS NULL OR s.until_on > %(day)s)
      AND s.since_on <= %(until)s AND (s.since_on, s.member_id) > (%(since)s, %(member)s) {readable}
    ORDER BY s.since_on, s.member_id LIMIT %(limit)s
"""


def _people(actor: Actor, loss: Loss, area: _Area, stretch: _Stretch) -> list[HeldBack]:
    people = {"": EVERYBODY, UNKNOWN_REASON: NOT_KNOWN, "unknown_unasked": WITHOUT_REASON}.get(
        loss.reason, WITH_REASON
    )
    try:
        readable, rule = _readable(actor)
    except EmptyResultSet:  # no grant reaches anybody
        return []
    statement = (people + PAGE).format(place=area.condition, readable=readable)
    if "places" in area.values:
        statement = (
            f"SELECT found.* FROM unnest(%(places)s::text[]) AS place(code) CROSS JOIN LATERAL ({statement}) AS found"
            " ORDER BY found.since_on, found.member_id LIMIT %(limit)s"
        )
    asked: dict[str, Any] = {
        "stage": loss.stage,
        "before": loss.stage - 1,
        "day": loss.day,
        "reason": UNKNOWN_STORED.get(loss.reason, (loss.reason,))[-1],
        "until": stretch.until,
        "since": stretch.after[0],
        "member": stretch.after[1],
        "limit": stretch.limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked | area.values | rule)
        return [HeldBack(*row) for row in cursor.fetchall()]


def _readable(actor: Actor) -> tuple[str, dict[str, Any]]:
    """The members' own rule as a condition; nothing for those who read everybody."""
    if any(scope.everywhere for scope in actor.scopes_with(RIGHT)):
        return "", {}
    rule, values = Member.objects.visible_to(actor, RIGHT).order_by().values("pk").query.sql_with_params()
    named = {f"rule{number}": value for number, value in enumerate(values)}
    return f"AND s.member_id IN ({rule % tuple(f'%({name})s' for name in named)})", named
