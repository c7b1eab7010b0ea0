"""People whose name holds the words of a question further in than at its beginning (ADR 0045).

How common the words are, a walk along the names of the place tells: either it fills the page soon, or they are so rare that the
index of words is asked for all who bear them. Narrow places are read whole.
"""

from collections import Counter
from functools import reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Case, Exists, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.db.models.lookups import In

from okoce.community.members import words
from okoce.community.members.asking import Asked, beginning_with, in_order
from okoce.community.members.cursors import Position, behind
from okoce.community.members.models import Member
from okoce.community.members.reach import REGENCY, Way, reached_rule, regencies_of
from okoce.community.members.searching import HAS_WORD

# Names of a wide place that are passed over for each person wanted. A word that one in so many bears costs as much by the walk as
# by the index of words, whose people are read one by one and sorted (measured among a million).
WALKED_FOR_EACH = 400
INITIALS_FARTHER = 5

Statement = tuple[str, list[Any]]  # with its values


def found_further_in(asked: Asked, after: Position | None, room: int) -> list[Member]:
    """The next people whose name holds the words, but does not begin with the question."""
    walks = [
        asked.shown(_members_of(walk)).annotate(way=Value(number, output_field=IntegerField()))
        for number, (way, rows) in enumerate(asked.one_by_one())
        if (walk := _walk(asked, way, rows, after, room)) is not None
    ]
    found = _read(walks)
    filled = Counter(way for _member, way in found)
    people = [member for member, _way in found][:room]
    wanting = [way for number, way in enumerate(asked.ways) if not way.is_narrow and filled[number] < room]
    # where all the walks that are wanting came to the end of their place, they have found all that the index knows
    return (_read_from_index(asked, wanting, after, room) or people) if wanting else people


def _read(walks: list[Any]) -> list[tuple[Member, int]]:
    """Whom the walks of all ways find, in order of name, each with the number of her way."""
    if not walks:
        return []
    found = [(member, member.way) for member in walks[0].union(*walks[1:], all=True)]
    return sorted(found, key=lambda one: (one[0].name_key, one[0].pk))


# Names are read from the index of their place alone; whether a record stands for somebody is asked of those that fit.
_WALKED = """
SELECT walked.id FROM ({walk}) AS walked WHERE {holds} AND ({stands}) ORDER BY walked.name_key, walked.id LIMIT %s
"""


def _walk(
    asked: Asked, way: Way, rows: QuerySet[Member], after: Position | None, room: int
) -> Statement | None:
    """Ids of the first so many who hold the words among the names of one way, of a wide one among those that are passed over at
    most: a statement with its values; None where the way leads nowhere."""
    names = _names(asked, way, after)
    stands = rows.filter(pk=RawSQL("walked.id", [])).annotate(yes=Value(True)).values_list("yes")
    walking = _statement(names if way.is_narrow else in_order(names, _most_walked(asked, room)))
    standing = _statement(stands)
    if walking is None or standing is None:
        return None
    # all names of a narrow place: planned as what it is
    walk = f"{walking[0]} OFFSET 0" if way.is_narrow else walking[0]
    holds = " AND ".join(HAS_WORD.format("walked.name_key, %s") for _word in asked.words)
    statement = _WALKED.format(walk=walk, holds=holds, stands=standing[0])
    return statement, [*walking[1], *(f" {word}" for word in asked.words), *standing[1], room]


def _most_walked(asked: Asked, room: int) -> int:
    """Two whole words are seldom common together. Of initials the index of words has to gather half of all people."""
    whole = words.whole_words(asked.words)
    if not whole and len(asked.words) > 1:
        return WALKED_FOR_EACH * room * INITIALS_FARTHER
    return max(1, WALKED_FOR_EACH * room // max(1, whole) ** 2)


def _statement(rows: QuerySet[Any, Any]) -> Statement | None:
    """A question as a part of another; None where it finds nobody whatever there is."""
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return statement, list(values)


def _members_of(walk: Statement) -> QuerySet[Member]:
    statement, values = walk
    is_found = f"members_member.id = ANY(ARRAY({statement}))"
    return Member.objects.filter(RawSQL(is_found, values, output_field=BooleanField()))  # noqa: S611  (bound values)


def _names(asked: Asked, way: Way, after: Position | None) -> QuerySet[Any, Any]:
    """Whoever lives there, behind the last of the page before, and does not begin with the question; as an index tells it."""
    names = Member.objects.filter(way.rule, ~beginning_with(asked.name)).values("id", "name_key")
    return names.filter(behind(after)) if after else names


def _read_from_index(asked: Asked, wanting: list[Way], after: Position | None, room: int) -> list[Member]:
    """The same people as the index of words knows them; nobody where no place of these ways has more names than were passed
    over."""
    goes_on = (Q(Exists(_names(asked, way, after)[_most_walked(asked, room) :])) for way in wanting)
    rows = asked.shown(_known_to_index(asked).filter(reduce(or_, goes_on)))
    return list((rows.filter(behind(after, words.out_of_index_order())) if after else rows)[:room])


def _known_to_index(asked: Asked) -> QuerySet[Member]:
    """All who hold the words and do not begin with the question, in order of name, through the index of words. It begins with
    the kabupaten."""
    # whose first word begins with all of the question is found before these
    known = words.known_to_index(asked.words, inside_alone=asked.words == (asked.name,))
    holds = reduce(and_, (Q(words.has_word(word)) for word in asked.words))
    begins_otherwise = Q(words.not_beginning_with(asked.name))
    rows = asked.narrowed(Member.objects.counted()).filter(known, holds, begins_otherwise)
    regencies = regencies_of(asked.ways)
    rows = rows.filter(In(Left("region", REGENCY), regencies)) if regencies else rows
    # asked of each whom the words find: an index of a whole province is no help
    if rule := reached_rule(asked.ways):
        is_reached = Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = rows.filter(is_reached)
    return rows.order_by(words.out_of_index_order(), "id")
