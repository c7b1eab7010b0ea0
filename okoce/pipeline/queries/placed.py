"""People by where they stand, read from the positions: any choice of stage, reason and business is a set of cells, and each
cell lies in order of time in the index of the place (ADR 0018). Members themselves are read by their own rule afterwards."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME, name_key
from okoce.community.members.policies import member_rows
from okoce.community.members.queries import goes_by_place, narrowed
from okoce.community.members.searching import HAS_WORD, Question
from okoce.community.members.states import EntryState
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.positions import cell
from okoce.pipeline.states import Stage, StandstillReason

RIGHT = Permission.MEMBERS_READ
_WIDTHS = {2: "province", 5: "regency", 8: "region"}
_INSIDE = "NOT starts_with({}, %(name)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """Which people: furthest completed stages, open reasons ("" none), businesses at entry; since when; whose names have words
    that begin so, those first that begin with `name`."""

    stages: tuple[int, ...] = tuple(Stage.values)
    reasons: tuple[str, ...] = ("", *StandstillReason.values)
    entries: tuple[str, ...] = tuple(EntryState.values)
    least_days: int | None = None  # have stood there for so many days at least
    most_days: int | None = None
    name: str = ""
    words: tuple[str, ...] = ()

    def answering(self, question: Question) -> "Placing":
        """Those of them whose name answers the question."""
        return replace(self, name=question.name, words=question.words)

    @property
    def cells(self) -> list[int]:
        return _cells(self.stages, self.entries, self.reasons)

    @property
    def first(self) -> date:
        """The earliest day since when they stand there."""
        return today_wib() - timedelta(self.most_days) if self.most_days is not None else date.min

    @property
    def last(self) -> date:
        return today_wib() - timedelta(self.least_days) if self.least_days else date.max


@cache
def _cells(stages: tuple[int, ...], entries: tuple[str, ...], reasons: tuple[str, ...]) -> list[int]:
    """Asked for several times a page, and always one of some hundred choices."""
    return [cell(*choice) for choice in product(stages, entries, reasons)]


@dataclass(frozen=True, slots=True)
class _Area:
    """A part of the people that one grant reaches. One that is no place is a list of people, looked up one by one."""

    condition: str
    values: dict[str, Any] = field(default_factory=dict)
    is_place: bool = True


def count_at_most(actor: Actor, scope: Scope | None, placing: Placing, most: int) -> int:
    """How many people there are, counted no further than `most`."""
    found = _found(actor, scope, _Read(placing, "member_id", "", "", most, is_counted=True))
    return int(found[0][0]) if found else 0


def oldest_first(
    actor: Actor, scope: Scope | None, placing: Placing, after: tuple[date, int] | None, limit: int
) -> list[tuple[int, date]]:
    """The next people, the longest waiting first: id and since when."""
    read = _Read(placing, "since_on, member_id", "since_on, member_id", "", limit)
    if after is not None:
        values = {"after_on": after[0], "after_id": after[1]}
        read = replace(
            read, after="AND (p.since_on, p.member_id) > (%(after_on)s, %(after_id)s)", more=values
        )
    return [(member_id, since) for since, member_id in _found(actor, scope, read)]


def by_name(
    actor: Actor, scope: Scope | None, placing: Placing, after: tuple[str, int] | None, limit: int
) -> list[int]:
    """The next people in order of name, out of so few that all of them can be looked at; of a question by name those first whose
    name begins with it."""
    read = _Read(placing, "name_key, member_id", "name_key, member_id", "", limit, is_sorted=True)
    if placing.name:
        inside = f"{_INSIDE.format('name_key')} AS is_inside"
        read = replace(read, select=f"{inside}, {read.select}", order=f"is_inside, {read.order}")
    if after is not None:
        values = {"after_name": after[0], "after_id": after[1]}
        behind = "(p.name_key, p.member_id) > (%(after_name)s, %(after_id)s)"
        if placing.name:
            values["after_inside"] = not after[0].startswith(placing.name)
            inside = _INSIDE.format("p.name_key")
            behind = f"({inside}, p.name_key, p.member_id) > (%(after_inside)s, %(after_name)s, %(after_id)s)"
        read = replace(read, after=f"AND {behind}", more=values)
    return [row[-1] for row in _found(actor, scope, read)]


def stands_there(placing: Placing) -> RawSQL:
    """The same as a condition on members that are walked in another order. A value, not a join: nothing else could be made
    of it than one look for each member. Public: it narrows what somebody else has narrowed by scope."""
    return RawSQL(
        "(SELECT p.cell = ANY(%s::smallint[]) AND p.since_on BETWEEN %s AND %s FROM pipeline_position p"
        " WHERE p.member_id = members_member.id)",
        (placing.cells, placing.first, placing.last),
        output_field=BooleanField(),
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """One question: what to select of the people found, in which order, from where on, how many."""

    placing: Placing
    select: str
    order: str
    after: str
    limit: int
    is_sorted: bool = False  # not the order of the index: everybody is looked at
    is_counted: bool = False
    more: dict[str, Any] = field(default_factory=dict)


# Each cell is a stretch of the index in order of time, so the first few of all are among the first few of each.
_BY_CELLS = """SELECT found.* FROM unnest(%(cells)s::smallint[]) AS one (cell) CROSS JOIN LATERAL (
  SELECT p.member_id, p.since_on, p.name_key FROM pipeline_position p
  WHERE p.cell = one.cell AND {where} {order} {limit}
) AS found {limit_all}"""
_BY_PEOPLE = """SELECT p.member_id, p.since_on, p.name_key FROM pipeline_position p
  WHERE p.cell = ANY(%(cells)s::smallint[]) AND {where}"""


def _found(actor: Actor, scope: Scope | None, read: _Read) -> list[tuple[Any, ...]]:
    areas = _areas(actor, scope)
    if not areas:
        return []
    parts = " UNION ALL ".join(f"({_part(area, read)})" for area in areas)
    order = f"ORDER BY {read.order}" if read.order else ""
    # somebody whom two grants reach comes once
    select = f"SELECT {'DISTINCT ' if len(areas) > 1 else ''}{read.select}"
    statement = f"{select} FROM ({parts}) AS people {order} LIMIT %(limit)s"
    if read.is_counted:
        statement = f"SELECT count(*) FROM ({statement}) AS counted"
    values = {"cells": read.placing.cells, "limit": read.limit, **_limits(read.placing), **read.more}
    for area in areas:
        values |= area.values
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _part(area: _Area, read: _Read) -> str:
    where = f"{area.condition} AND {_bounds(read.placing)} {read.after}"
    if not area.is_place:
        return _BY_PEOPLE.format(where=where)
    limit = "OFFSET 0" if read.is_sorted else "LIMIT %(limit)s"
    order = f"ORDER BY {read.order}" if read.order and not read.is_sorted else ""
    # for a count any of them will do
    limit_all = "" if read.order else "LIMIT %(limit)s"
    return _BY_CELLS.format(where=where, order=order, limit=limit, limit_all=limit_all)


def _bounds(placing: Placing) -> str:
    conditions = ["true"]
    if placing.most_days is not None:
        conditions.append("p.since_on >= %(first)s")
    if placing.least_days:
        conditions.append("p.since_on <= %(last)s")
    if placing.words:
        conditions.append("p.name_key <> %(erased)s")  # who was erased has no name to be found by
        words = range(len(placing.words))
        conditions += [HAS_WORD.format(f"p.name_key, %(word_{number})s") for number in words]
    return " AND ".join(conditions)


def _limits(placing: Placing) -> dict[str, Any]:
    limits = {
        "first": placing.first,
        "last": placing.last,
        "name": placing.name,
        "erased": name_key(ERASED_NAME),
    }
    return limits | {f"word_{number}": f" {word}" for number, word in enumerate(placing.words)}


def _areas(actor: Actor, asked: Scope | None) -> list[_Area]:
    """What each of the actor's grants reaches of what was asked."""
    if asked is not None and asked.is_empty:
        return []
    areas = []
    for number, held in enumerate(actor.scopes_with(RIGHT)):
        if goes_by_place(held):
            both = narrowed(held, asked) if asked is not None else held
            if both is not None and both.everywhere:
                return [_Area("true")]
            areas += [] if both is None or both.is_empty else [_place(both, f"a{number}")]
        else:
            areas.append(_list_of(held, asked, f"a{number}"))
    return areas


def _place(scope: Scope, name: str) -> _Area:
    """A komunitas, a territory, or the people of one in the other."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if scope.group_id is not None:
        conditions.append(f"p.group_id = %({name}_group)s")
        values[f"{name}_group"] = scope.group_id
    if scope.region:
        column = _WIDTHS.get(len(scope.region))
        conditions.append(f"p.{column} = %({name}_region)s" if column else "false")
        values[f"{name}_region"] = scope.region
    return _Area(" AND ".join(conditions) or "true", values)


def _list_of(held: Scope, asked: Scope | None, name: str) -> _Area:
    """The people whom somebody helps, or the member herself: by the members' own rule."""
    people = Member.objects.filter(member_rows(held)).order_by().values("pk")
    rule, given = people.query.sql_with_params()
    named = {f"{name}_{number}": value for number, value in enumerate(given)}
    within = _place(asked, f"{name}_asked") if asked is not None else _Area("true")
    condition = f"p.member_id IN ({rule % tuple(f'%({key})s' for key in named)}) AND {within.condition}"
    return _Area(condition, named | within.values, is_place=False)
