"""People whose name holds the words of a question further in than at its beginning (ADR 0045).

How common the words are, a walk along the names of the place tells: either it fills the page soon, or they are so rare that the
index of words is asked for all who bear them. Narrow places are read whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.db.models.lookups import In

from okoce.community.members import words
from okoce.community.members.asking import Asked, Statement, beginning_with, in_order, of_ids, statement_of
from okoce.community.members.cursors import Position, behind
from okoce.community.members.models import Member
from okoce.community.members.reach import REGENCY, Way, provinces_of, reached_rule, regencies_of
from okoce.community.members.searching import HAS_WORD

# Names of a place, by the letters of its code, that are passed over for each person wanted. Where one in so many bears a word, the
# walk costs as much as the index of words, whose people are read one by one and sorted (measured among a million).
WALKED_FOR_EACH = {0: 400, 2: 160, 5: 80, 8: 40}
INITIALS_FARTHER = 5


@dataclass(frozen=True, slots=True)
class Walked:
    """What the walk of one way came upon. `is_wanting`: it neither filled the page nor came to the end of its place."""

    way: Way
    ids: list[int]
    is_wanting: bool


def found_further_in(asked: Asked, after: Position | None, room: int) -> list[Member]:
    """The next people whose name holds the words, but does not begin with the question."""
    walks = list(_walks(asked, after, room))
    ids = [one for walk in walks for one in walk.ids]
    wanting = [walk.way for walk in walks if walk.is_wanting]
    if not (ids or wanting):
        return []
    return list(in_order(asked.shown(_these_and_of_index(asked, ids, wanting, after, room)), room))


# Names are read from the index of their place alone; whether a record stands for somebody is asked of those that fit.
_WALKED = """
(WITH names AS MATERIALIZED ({names})
SELECT {number}, (SELECT count(*) FROM names), ARRAY(
  SELECT walked.id FROM names AS walked WHERE {holds} AND ({stands}) ORDER BY walked.name_key, walked.id LIMIT %s
))
"""


def _walks(asked: Asked, after: Position | None, room: int) -> Iterator[Walked]:
    """Each way is walked along its names, a wide one as far as one walks at most."""
    stands = statement_of(_standing(asked))
    if stands is None:
        return
    holds = " AND ".join(HAS_WORD.format("walked.name_key, %s") for _word in asked.words)
    held = [f" {word}" for word in asked.words]
    parts: list[Statement] = []
    for number, way in enumerate(asked.ways):
        if names := statement_of(_walk(asked, way, after, room)):
            part = _WALKED.format(names=names[0], number=number, holds=holds, stands=stands[0])
            parts.append((part, [*names[1], *held, *stands[1], room]))
    for number, passed, ids in _rows_of(parts):
        way = asked.ways[number]
        is_wanting = not way.is_narrow and len(ids) < room and passed >= _most_walked(asked, way, room)
        yield Walked(way, ids, is_wanting)


def _rows_of(parts: list[Statement]) -> list[tuple[int, int, list[int]]]:
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(statement for statement, _values in parts),
            [value for _statement, values in parts for value in values],
        )
        return cursor.fetchall()


def _standing(asked: Asked) -> QuerySet[Any, Any]:
    """Whether somebody who was walked upon counts, and answers what is asked beside the name."""
    rows = asked.narrowed(Member.objects.counted().filter(pk=RawSQL("walked.id", [])))
    return rows.annotate(yes=Value(True)).values_list("yes")


def _walk(asked: Asked, way: Way, after: Position | None, room: int) -> QuerySet[Any, Any]:
    """Names and ids along which a way leads: all of a narrow one, in their order of a wide one."""
    names = _names(asked, way, after)
    return names if way.is_narrow else in_order(names, _most_walked(asked, way, room))


def _names(asked: Asked, way: Way, after: Position | None) -> QuerySet[Any, Any]:
    """Whoever lives there, behind the last of the page before, and does not begin with the question; as an index tells it."""
    names = Member.objects.filter(way.rule, ~beginning_with(asked.name)).values("id", "name_key")
    return names.filter(behind(after)) if after else names


def _most_walked(asked: Asked, way: Way, room: int) -> int:
    """Two whole words are seldom common together. Of initials the index of words has to gather half of all people."""
    for_each = WALKED_FOR_EACH.get(len(way.place.region) if way.place else 0, 0)
    whole = words.whole_words(asked.words)
    if not whole and len(asked.words) > 1:
        return for_each * room * INITIALS_FARTHER
    return max(1, for_each * room // max(1, whole) ** 2)


def _these_and_of_index(
    asked: Asked, ids: list[int], wanting: list[Way], after: Position | None, room: int
) -> QuerySet[Member]:
    """Whom the walks found, and whom the index of words knows where they stopped before the end."""
    known = statement_of(_known_to_index(asked, wanting, after)[:room]) if wanting else None
    return of_ids(f"ARRAY({known[0]}) || %s::bigint[]", [*known[1], ids]) if known else of_ids("%s", [ids])


def _known_to_index(asked: Asked, ways: list[Way], after: Position | None) -> QuerySet[Any, Any]:
    """All to whom these ways lead who hold the words and do not begin with the question, in order of name: their ids, through
    the index of words. It begins with the kabupaten."""
    # whose first word begins with all of the question is found before these
    known = words.known_to_index(asked.words, provinces_of(ways), inside_alone=asked.words == (asked.name,))
    holds = reduce(and_, (Q(words.has_word(word)) for word in asked.words))
    begins_otherwise = Q(words.not_beginning_with(asked.name))
    rows = asked.narrowed(Member.objects.counted()).filter(known, holds, begins_otherwise)
    regencies = regencies_of(ways)
    rows = rows.filter(In(Left("region", REGENCY), regencies)) if regencies else rows
    # asked of each whom the words find: an index of a whole province is no help
    if rule := reached_rule(ways):
        is_reached = Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = rows.filter(is_reached)
    rows = rows.filter(behind(after, words.out_of_index_order())) if after else rows
    return rows.order_by(words.out_of_index_order(), "id").values_list("id")
