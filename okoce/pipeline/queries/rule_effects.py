"""Whom a change of the rule touches: counted by the database over the people of its territory, or over every so-manieth of them
where they are many; nothing is locked and nothing written."""

import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from okoce.community.groups.queries import active_groups_since
from okoce.community.members.models import Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.access.scope import region_within
from okoce.foundation.accounts.queries import officers_around
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.models import Evidence
from okoce.pipeline.rule_changes import Kept, Turn, turn_of
from okoce.pipeline.rule_plans import Plan
from okoce.pipeline.states import EvidenceState

# All are looked at up to here; of more people about as many as `SAMPLED`, every so-manieth by number.
WHOLE = 100_000
SAMPLED = 20_000
EXAMPLES = 10
# So many of each kind are asked for, since not everybody is the reader's to see.
CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Example:
    """One person whom it touches."""

    member: Member
    turn: Turn


@dataclass(frozen=True, slots=True)
class Serving:
    """Officers of one role who serve there, and the stages they check of which the lists change."""

    role: str
    people: int
    stages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """Whom a change touches. Counts are of all people; where `looked_at` is less than `people` they are reckoned from every
    `step`-th. `before` and `after`: how many stand before each stage, 0 at the end of the way."""

    people: int
    looked_at: int
    step: int
    before: dict[int, int]
    after: dict[int, int]
    changed: dict[int, int]  # for how many what a stage asks for changes
    touched: int
    moved: int
    moves: list[tuple[int, int, int]]
    waiting: dict[int, int]  # evidence that waits to be checked, of stages that are offered no more
    officers: list[Serving]
    examples: list[Example]
    mark: str

    @property
    def is_sample(self) -> bool:
        return self.step > 1


@dataclass(frozen=True, slots=True)
class _Kind:
    """Some people who have the same, and a few of them by id."""

    kept: Kept
    people: int
    ids: list[int]


def effects_of(actor: Actor, plan: Plan) -> Effects:
    """Whom the change touches, of those who are in its territory now. Examples are people whom the actor may see."""
    where, told = _places(plan)
    people = _count(where, told)
    step = 1 if people <= WHOLE else people // SAMPLED
    kinds = _kinds(where, told, step)
    return _reckoned(actor, plan, people, step, kinds)


def mark_of(plan: Plan) -> str:
    """The same people in a few letters: another mark means that their records have moved meanwhile. Public: it tells nothing."""
    where, told = _places(plan)
    people = _count(where, told)
    step = 1 if people <= WHOLE else people // SAMPLED
    return _mark(people, _kinds(where, told, step))


def _mark(people: int, kinds: list[_Kind]) -> str:
    rows = sorted((sorted(one.kept.done), sorted(one.kept.begun), one.people) for one in kinds)
    return hashlib.sha256(repr((people, rows)).encode()).hexdigest()[:16]


def _reckoned(actor: Actor, plan: Plan, people: int, step: int, kinds: list[_Kind]) -> Effects:
    turns = [(one, turn_of(one.kept, plan.before, plan.after)) for one in kinds]
    looked_at = sum(one.people for one in kinds)

    def of_all(number: int) -> int:
        return round(number * people / looked_at) if step > 1 and looked_at else number

    before, after, changed, moves = Counter[int](), Counter[int](), Counter[int](), Counter[tuple[int, int]]()
    for one, turn in turns:
        before[turn.current] += one.people
        after[turn.current_after] += one.people
        changed.update(dict.fromkeys(turn.changed, one.people))
        if turn.is_moved:
            moves[turn.current, turn.current_after] += one.people
    moved = [(*way, of_all(number)) for way, number in sorted(moves.items())]
    stages = _stages_touched(plan, changed, before, after)
    return Effects(
        people=people,
        looked_at=looked_at,
        step=step,
        before={stage: of_all(number) for stage, number in before.items()},
        after={stage: of_all(number) for stage, number in after.items()},
        changed={stage: of_all(number) for stage, number in changed.items()},
        touched=of_all(sum(one.people for one, turn in turns if turn.changed)),
        moved=of_all(sum(moves.values())),
        moves=moved,
        waiting=_waiting(plan),
        officers=_officers(plan.region, stages),
        examples=_examples(actor, turns),
        mark=_mark(people, kinds),
    )


def _stages_touched(
    plan: Plan, changed: Counter[int], before: Counter[int], after: Counter[int]
) -> frozenset[int]:
    moved = {stage for stage in before | after if stage and before[stage] != after[stage]}
    return frozenset(changed) | moved | (plan.before.offered ^ plan.after.offered)


def _places(plan: Plan) -> tuple[str, dict[str, str | int]]:
    """Everybody who lives there and goes on, without those of territories that have rules of their own."""
    where = ["m.merged_into_id IS NULL", "m.erased_at IS NULL", "m.left_on IS NULL"]
    told: dict[str, str | int] = {}
    if plan.region:
        where.append(_within("place"))
        told |= _range("place", plan.region)
    for number, rule in enumerate(plan.exceptions):
        where.append(f"NOT {_within(f'except{number}')}")
        told |= _range(f"except{number}", rule.region)
    return " AND ".join(where), told


def _within(name: str) -> str:
    return f"(m.region = %({name})s OR (m.region >= %({name}_first)s AND m.region < %({name}_last)s))"


def _range(name: str, region: str) -> dict[str, str | int]:
    return {name: region, f"{name}_first": region + ".", f"{name}_last": region + "/"}


def _count(where: str, told: dict[str, str | int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM members_member m WHERE {where}", told)
        return int(cursor.fetchone()[0])


def _kinds(where: str, told: dict[str, str | int], step: int) -> list[_Kind]:
    if step > 1:
        where, told = f"{where} AND m.id %% %(step)s = 0", {**told, "step": step}
    statement = f"""
        SELECT done, begun, count(*), (array_agg(id ORDER BY id) FILTER (WHERE NOT is_restricted))[1:{CANDIDATES}] FROM (
          SELECT m.id, m.is_restricted, coalesce(bit_or(1 << r.stage) FILTER (WHERE r.completed_on IS NOT NULL), 0) AS done,
            coalesce(bit_or(1 << r.stage) FILTER (WHERE r.completed_on IS NULL AND r.id IS NOT NULL), 0) AS begun
          FROM members_member m LEFT JOIN pipeline_stagerecord r ON r.member_id = m.id
          WHERE {where} GROUP BY m.id
        ) AS person GROUP BY 1, 2 ORDER BY 1, 2"""
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        rows = cursor.fetchall()
    return [_Kind(Kept.of(done, begun), people, ids or []) for done, begun, people, ids in rows]


def _waiting(plan: Plan) -> dict[int, int]:
    """What waits to be checked for stages that will be offered no more: it can be found true for days before only."""
    gone = plan.before.offered - plan.after.offered
    if not gone:
        return {}
    rows = Evidence.objects.filter(
        _lives_in("member__region", plan.region), state=EvidenceState.CLAIMED, stage__in=gone
    )
    for rule in plan.exceptions:
        rows = rows.exclude(_lives_in("member__region", rule.region))
    counted = rows.values_list("stage").annotate(number=Count("pk")).order_by("stage")
    return dict(counted)


def _lives_in(field: str, region: str) -> Q:
    if not region:
        return Q()
    return Q(**{field: region}) | Q(**{f"{field}__gte": region + ".", f"{field}__lt": region + "/"})


def _officers(region: str, stages: frozenset[int]) -> list[Serving]:
    """Who serves there, by role, with the stages that each checks among those that change."""
    if not stages:
        return []
    serving = [
        name
        for name, role in ROLES.items()
        if role.breadth in (Breadth.NATION, Breadth.TERRITORY, Breadth.GROUP)
        and Permission.PIPELINE_GIVE_EVIDENCE in role.permissions
    ]
    groups = [
        pk
        for pk, (home, _since) in active_groups_since().items()
        if not region or region_within(home, region) or region_within(region, home)
    ]
    counted = officers_around(serving, region, groups, today_wib())
    return [Serving(name, counted[name], _checked_by(name, stages)) for name in serving if counted.get(name)]


def _checked_by(role: str, stages: frozenset[int]) -> tuple[int, ...]:
    rights = ROLES[role].permissions
    return tuple(stage for stage in sorted(stages) if VERIFY_STAGE.get(stage) in rights)


def _examples(actor: Actor, turns: list[tuple[_Kind, Turn]]) -> list[Example]:
    """A few people, of every kind that it touches in turn, those whose next stage changes first; nobody who restricted what
    her data is used for, and nobody out of the reader's sight."""
    touched = sorted(
        ((one, turn) for one, turn in turns if turn.changed), key=lambda told: not told[1].is_moved
    )
    turn_by_id = {member_id: turn for one, turn in touched for member_id in one.ids}
    seen = Member.objects.visible_to(actor, Permission.MEMBERS_READ).filter(pk__in=list(turn_by_id))
    known = {member.pk: member for member in seen.order_by("pk")}
    chosen: list[int] = []
    for place in range(CANDIDATES):
        chosen += [
            one.ids[place] for one, _turn in touched if place < len(one.ids) and one.ids[place] in known
        ]
        if len(chosen) >= EXAMPLES:
            break
    return [Example(known[member_id], turn_by_id[member_id]) for member_id in chosen[:EXAMPLES]]
