"""Looking for members: by phone, number or NIK, by the words of a name, or all of a place; page by page in one order.

Of a question by name, those whose name begins with it come first, then those who hold its words further in; both in order of
name.
"""

from dataclasses import dataclass, replace
from itertools import chain

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from okoce.community.members.asking import Asked, Search, beginning_with, in_order, of_ids, statement_of
from okoce.community.members.cursors import Position, behind, cursor_at, position_of
from okoce.community.members.further_in import found_further_in
from okoce.community.members.intake import survivors_of
from okoce.community.members.likeness import alike
from okoce.community.members.models import Member
from okoce.community.members.reach import Way, regencies_of
from okoce.community.members.searching import Question
from okoce.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the cursor of the next one. `is_similar`: nobody has that name; these are the likest, and no more
    of them are shown."""

    members: list[Member]
    next: str | None
    is_similar: bool = False


def search_members(actor: Actor, search: Search) -> Page:
    """Members in the actor's scope in the order of the question. Similar names are looked for only when nobody's fits."""
    asked = Asked.by(actor, search)
    question, limit = asked.question, asked.limit
    if question is not None and question.is_hopeless:
        return Page([], None)
    if question is not None and not question.name:
        return Page(list(in_order(_exactly(asked.shown(asked.everybody()), question), limit)), None)
    after = position_of(actor, search.cursor) if search.cursor else None
    found = _named(asked, after, limit + 1)
    if found or search.cursor or question is None:
        return Page(found[:limit], cursor_at(found[limit - 1].pk) if len(found) > limit else None)
    return _likest(asked)


def search_misspelt(actor: Actor, search: Search) -> Page:
    """Members whose name is like the one asked for, the likest first: for when nobody's has its words."""
    return _likest(Asked.by(actor, search))


def ids_named(actor: Actor, search: Search, most: int) -> list[int]:
    """Everybody whom the pages of a question by name show, in their order: ids, at most so many."""
    asked = Asked.by(actor, replace(search, columns=("id",)))
    return [member.pk for member in _named(asked, None, most)] if asked.name else []


def _likest(asked: Asked) -> Page:
    if not asked.name:
        return Page([], None)
    rows = asked.shown(asked.everybody())
    found = alike(rows, regencies_of(asked.ways), asked.name, asked.words, asked.limit)
    return Page(found, None, is_similar=bool(found))


def _exactly(rows: QuerySet[Member], question: Question) -> QuerySet[Member]:
    if question.phone is not None:
        return rows.filter(phone=question.phone)
    if question.record_id is not None:
        # the number of a record that was merged finds the one that speaks for its person today
        return rows.filter(pk__in=survivors_of([question.record_id]).values())
    return rows.filter(nik_hash=question.nik_hash)


def _named(asked: Asked, after: Position | None, room: int) -> list[Member]:
    """The next people of both parts. In which of them a page goes on, the name behind the cursor tells."""
    is_further_in = after is not None and not after[0].startswith(asked.name)
    found = [] if is_further_in else _beginning_so(asked, after, room)
    if asked.name and len(found) < room:
        found += found_further_in(asked, after if is_further_in else None, room - len(found))
    return found


def _beginning_so(asked: Asked, after: Position | None, room: int) -> list[Member]:
    """The next people whose name begins so, or all. Each way is walked in its own index, and only as far as the page goes."""
    following = (behind(after),) if after else ()
    walks = [
        in_order(rows.filter(_begins_so(asked.name, way), *following), room)
        for way, rows in asked.one_by_one()
    ]
    return list(_of_all(asked, walks, room) if walks[1:] else chain(*map(asked.shown, walks)))


def _of_all(asked: Asked, walks: list[QuerySet[Member]], room: int) -> QuerySet[Member]:
    """The first of several walks: people are read when it is known who they are, for that their columns are asked for once."""
    parts = [part for walk in walks if (part := statement_of(walk.values("id", "name_key")))]
    if not parts:
        return Member.objects.none()
    walked = " UNION ALL ".join(f"({statement})" for statement, _values in parts)
    first = f"ARRAY(SELECT id FROM ({walked}) AS walked ORDER BY name_key, id LIMIT %s)"
    values = [value for _statement, held in parts for value in held]
    return in_order(asked.shown(of_ids(first, [*values, room])), room)


def _begins_so(key: str, way: Way) -> Q:
    """Somebody's own people are so few that they are looked at one by one: said so that no index of names is taken instead, which
    costs as much as there are such names in the nation."""
    if not key:
        return Q()
    if way.place is None:
        return Q(Exact(Left("name_key", len(key)), Value(key)))
    return beginning_with(key)
