"""The people behind a loss: who completed a stage and not the next one by a day, the longest waiting first."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from okoce.community.members.models import Member
from okoce.dashboards.asked import Asked
from okoce.dashboards.funnel import day_of, place_of, require_sight
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import region_within
from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.pipeline import tallies
from okoce.pipeline.queries.held_back import HeldBack, Loss, held_back
from okoce.pipeline.states import (
    REASON_FILTERS,
    UNKNOWN_REASON,
    UNKNOWN_REASON_LABEL,
    UNKNOWN_STORED,
    Stage,
    StandstillReason,
)

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonBehind:
    """One person who has not gone on: since when, how many days by the asked day, why."""

    number: str
    name: str
    region: str
    since: date
    days: int
    reason_label: str


@dataclass(frozen=True, slots=True)
class PageBehind:
    """One page of people, with what was asked in words."""

    place: str
    day: date
    after: str
    before: str
    reason_label: str
    people: list[PersonBehind]
    next: str | None
    counted: int  # how many the figure counts
    # how many of them are within the reader's own scope, where it is smaller and can be told; None else
    within_reach: int | None
    is_part: bool  # the reader's scope is smaller than the place


def people_behind(actor: Actor, asked: Asked) -> PageBehind:
    """The people of one loss whom the actor may read; NotFound where the place lies outside the actor's scope.

    The standings are read through their index, the members through their own rule: somebody outside the reader's
    grants stays out of the list even where the figure counts them.
    """
    place = place_of(asked.scope, asked.group_id)
    require_sight(actor, place, asked.group_id)
    day = day_of(asked.day)
    stage = asked.stage or Stage.P2_TRAINING.value
    loss = Loss(place.node, stage, day, asked.reason)
    rows = held_back(actor, loss, after=_position(asked.cursor), limit=PAGE + 1)
    is_part = not _reads_all_of(actor, place.node)
    own = own_node(actor, Permission.MEMBERS_READ)
    # how many of a komunitas live in one part of the nation is in no sum
    is_within = not place.node or (not own.startswith("K:") and region_within(own, place.node))
    has_own = is_part and bool(own) and is_within
    tallied = tallies.counts_of([place.node, *([own] if has_own else [])], day)
    members = Member.objects.visible_to(actor, Permission.MEMBERS_READ).in_bulk(
        [row.member_id for row in rows[:PAGE]]
    )
    return PageBehind(
        place=place.name,
        day=day,
        after=Stage(stage - 1).code,
        before=Stage(stage).code,
        reason_label=reason_label(asked.reason),
        people=[_person(members[row.member_id], row, day) for row in rows[:PAGE] if row.member_id in members],
        counted=_people_of(tallied[place.node], stage, asked.reason),
        within_reach=_people_of(tallied[own], stage, asked.reason) if has_own else None,
        is_part=is_part,
        next=f"{rows[PAGE - 1].since.isoformat()}~{rows[PAGE - 1].member_id}" if len(rows) > PAGE else None,
    )


def own_node(actor: Actor, right: Permission) -> str:
    """The one territory or komunitas in which the actor has the right, as the tallies name it; "" for the whole nation, for
    several, and for none."""
    nodes = own_nodes(actor, right)
    return nodes[0] if len(nodes) == 1 else ""


def own_nodes(actor: Actor, right: Permission) -> list[str]:
    """Every territory and komunitas in which the actor has the right, as the tallies name them, without those that lie in another
    of them; none for the whole nation, and for whoever has the right through a mitra."""
    scopes = set(actor.scopes_with(right))
    regions = {scope.region for scope in scopes if scope.group_id is None}
    groups = {scope.group_id for scope in scopes if scope.group_id is not None}
    if "" in regions or any(scope.partner_id is not None for scope in scopes):
        return []
    widest = [
        one for one in regions if not any(one != other and region_within(one, other) for other in regions)
    ]
    return [*sorted(widest), *(tallies.group_node(group) for group in sorted(groups))]


def _reads_all_of(actor: Actor, node: str) -> bool:
    """True where one grant reaches everybody of the node."""
    for scope in actor.scopes_with(Permission.MEMBERS_READ):
        if scope.everywhere or (scope.group_id is not None and tallies.group_node(scope.group_id) == node):
            return True
        is_territory = bool(scope.region) and scope.group_id is None and scope.partner_id is None
        if is_territory and region_within(node, scope.region):
            return True
    return False


def _people_of(tally: tallies.Tally, stage: int, reason: str) -> int:
    """How many of a loss the figures count, of one reason or of all."""
    known = tally.reasons[stage]
    asked = known.get(UNKNOWN_REASON, 0)
    if reason in UNKNOWN_STORED:
        unasked = tally.lost_before(stage) - sum(known.values())
        return {UNKNOWN_REASON: asked + unasked, "unknown_asked": asked}.get(reason, unasked)
    return known.get(reason, 0) if reason else tally.lost_before(stage)


def reason_label(code: str) -> str:
    """A reason that a list is narrowed by, in words; "" for all of them."""
    return str(dict(REASON_FILTERS)[code]) if code else ""


def noted_label(reason: str) -> str:
    """A reason as it stands in a record ("" none), in words: that nobody knows is another thing than that nobody asked."""
    return str(StandstillReason(reason).label if reason else UNKNOWN_REASON_LABEL)


def _person(member: Member, row: HeldBack, day: date) -> PersonBehind:
    return PersonBehind(
        number=member.number,
        name=member.name,
        region=row.region,
        since=row.since,
        days=(day - row.since).days,
        reason_label=noted_label(row.reason),
    )


def _position(cursor: str) -> tuple[date, int] | None:
    """The last person of the page before: since when, and the record."""
    if not cursor:
        return None
    since, _separator, record = cursor.partition("~")
    try:
        return date.fromisoformat(since), int(record)
    except ValueError as error:
        sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
        raise Invalid([FieldError("sesudah", sentence)]) from error
