"""Whom an actor may read of what was asked, told grant by grant: each way to people has an index in order of name."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from okoce.community.members.models import Member
from okoce.community.members.policies import member_rows
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.policies import nothing
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.shared.typed_numbers import number_typed
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.states import LENGTH_OF, Level

PROVINCE, REGENCY = LENGTH_OF[Level.PROVINCE], LENGTH_OF[Level.REGENCY]  # letters of their codes


@dataclass(frozen=True, slots=True)
class Way:
    """What one grant reaches of what was asked. `place` is None where it goes by other things than region and komunitas."""

    rule: Q
    place: Scope | None

    @property
    def rank(self) -> int:
        """How dear it is to ask of somebody whether this way leads to her too: a region, a komunitas, a list of people."""
        if self.place is None:
            return 2
        return 0 if self.place.group_id is None else 1

    @property
    def is_narrow(self) -> bool:
        """Whether they are so few that all their names can be read: of a komunitas, or one's own."""
        return self.place is None or self.place.group_id is not None


def ways_to(actor: Actor, asked: Scope | None) -> list[Way]:
    """One way for each grant that reaches anybody; none where another way leads to all its people anyhow."""
    ways: list[Way] = []
    for held in actor.scopes_with(Permission.MEMBERS_READ):
        way = _way(held, asked)
        if way is None or any(_covers(other, way) for other in ways):
            continue
        ways = [other for other in ways if not _covers(way, other)] + [way]
    return sorted(ways, key=lambda way: way.rank)


def _way(held: Scope, asked: Scope | None) -> Way | None:
    both = narrowed(held, asked) if asked is not None else held
    if both is None and asked is not None:
        return Way(member_rows(held) & member_rows(asked), None)
    if both is None or both.is_empty:
        return None
    rule = Q() if both.everywhere else member_rows(both)
    return Way(rule, both if goes_by_place(both) else None)


def _covers(wider: Way, narrower: Way) -> bool:
    if wider.place is None:
        return False
    if wider.place.everywhere or narrower.place is None:
        return wider.place.everywhere
    return narrowed(wider.place, narrower.place) == narrower.place


def _may_meet(one: Way, other: Way) -> bool:
    if one.place is None or other.place is None:
        return True
    both = narrowed(one.place, other.place)
    return both is None or not both.is_empty


def reached_rule(ways: list[Way]) -> Q:
    """Everybody whom any of the ways leads to, as one condition."""
    return reduce(or_, (way.rule for way in ways)) if ways else nothing()


def reached_by(ways: list[Way]) -> QuerySet[Member]:
    """The same, as people: for a question that few answer."""
    return Member.objects.counted().filter(reached_rule(ways))


def reached_one_by_one(ways: list[Way], people: QuerySet[Member]) -> list[tuple[Way, QuerySet[Member]]]:
    """Those of these people, each behind one of the ways: for lists in order. One condition for all ways has no index in order
    of name, so that either everybody of those places would be sorted or the whole nation passed over."""
    answers: list[tuple[Way, QuerySet[Member]]] = []
    for number, way in enumerate(ways):
        rows = people.filter(way.rule)
        for earlier in ways[:number]:
            rows = rows.exclude(earlier.rule) if _may_meet(earlier, way) else rows
        answers.append((way, rows))
    return answers


def regencies_of(ways: list[Way]) -> list[str]:
    """The kabupaten and kota in which all ways lie; none where one is wider than that."""
    regions = {way.place.region if way.place else "" for way in ways}
    if any(len(region) < REGENCY for region in regions):
        return []
    return sorted({region[:REGENCY] for region in regions})


def provinces_of(ways: list[Way]) -> list[str]:
    """The provinces in which all ways lie; all there are where one is wider than that."""
    regions = {way.place.region if way.place else "" for way in ways}
    if any(len(region) < PROVINCE for region in regions):
        return [place.code for place in territory.children()]
    return sorted({region[:PROVINCE] for region in regions})


def goes_by_place(scope: Scope) -> bool:
    """Whether a grant reaches people by territory and komunitas alone. Public: it names nobody."""
    return scope.partner_id is None and scope.helper_user_id is None and scope.member_id is None


def asked_of(scope: str, group_id: int | None = None) -> Scope | None:
    """A region's code or `K:<id>`, and a komunitas, as one scope; an empty one where it is neither, None where nothing was
    asked. Public: it names nobody."""
    if not scope:
        return None if group_id is None else Scope(group_id=group_id)
    if not scope.startswith("K:"):
        return Scope(region=scope, group_id=group_id) if "\x00" not in scope else Scope()
    asked = number_typed(scope[2:])
    return Scope(group_id=asked) if asked is not None and group_id in (None, asked) else Scope()


def narrowed(held: Scope, asked: Scope) -> Scope | None:
    """The narrower of two, so that one region stands in the question; empty where they do not meet, None where the grant goes
    by other things than place. Public: it names nobody."""
    if held.everywhere or asked.is_empty:
        return asked
    if not goes_by_place(held):
        return None
    regions = {held.region, asked.region} - {""}
    region = max(regions, key=len, default="")
    groups = {held.group_id, asked.group_id} - {None}
    if len(groups) > 1 or any(not region_within(region, wider) for wider in regions):
        return Scope()
    return replace(held, region=region, group_id=next(iter(groups), None))
