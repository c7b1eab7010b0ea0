"""Looking for members: by phone, number or NIK, by the words of a name, or all of a place; page by page in one order.

Of a question by name, those whose name begins with it come first, then those who hold its words further in; both in order of
name. Either part is walked in the index of its place, and where a bounded walk is not enough, the index of words knows everybody
(ADR 0045).
"""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from itertools import chain
from operator import and_, or_
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.core import signing
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    Func,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Left
from django.db.models.lookups import Exact, GreaterThan, In
from django.utils.translation import gettext as _

from okoce.community.members import words
from okoce.community.members.intake import survivors_of
from okoce.community.members.models import Member
from okoce.community.members.reach import (
    REGENCY,
    Way,
    asked_of,
    reached_by,
    reached_one_by_one,
    reached_rule,
    regencies_of,
    ways_to,
)
from okoce.community.members.searching import HAS_WORD, LOOSE, Question, one_slip, read_question
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.errors import FieldError, Invalid

MOST_ROWS = 100
FEW_ROWS = 50
# Names of a wide place that are passed over until a page is full. A word that fills none in so many is rare: the index of words
# has few who bear it, and they are sorted.
MOST_WALKED = 10_000
_LAST_LETTER = "\U0010ffff"

Statement = tuple[str, list[Any]]  # with its values


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and the cursor of the next one. `is_similar`: nobody has that name; these are the likest, and no more
    of them are shown."""

    members: list[Member]
    next: str | None
    is_similar: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for. `q`: phone, number, NIK or name; `scope`: a region's code, or `K:<id>` for a komunitas;
    `group_id`: of this komunitas alone; `among` narrows further by conditions of other layers (the pipeline's)."""

    q: str = ""
    scope: str = ""
    group_id: int | None = None
    among: tuple[Q | RawSQL, ...] = ()
    columns: tuple[str, ...] = ()  # a page that shows few reads no others; () all
    cursor: str = ""
    limit: int = FEW_ROWS


def search_members(actor: Actor, search: Search) -> Page:
    """Members in the actor's scope in the order of the question. Similar names are looked for only when nobody's fits."""
    limit = max(1, min(search.limit, MOST_ROWS))
    question = read_question(search.q)
    ways = _ways(actor, search)
    if question is not None and question.is_hopeless:
        return Page([], None)
    if question is not None and not question.name:
        rows = _columns(_among(reached_by(ways), search), search)
        return Page(list(_exactly(rows, question).order_by("name_key", "id")[:limit]), None)
    found = _named(ways, search, question or Question(), limit + 1)
    if found or search.cursor or question is None:
        return Page(found[:limit], cursor_at(found[limit - 1].pk) if len(found) > limit else None)
    return search_misspelt(actor, search)


def search_misspelt(actor: Actor, search: Search) -> Page:
    """Members whose name is like the one asked for, the likest first: for when nobody's has its words."""
    question = read_question(search.q)
    if question is None or not question.name:
        return Page([], None)
    limit = max(1, min(search.limit, MOST_ROWS))
    ways = _ways(actor, search)
    rows = _columns(_known(_among(reached_by(ways), search), question), search)
    found = _misspelt(rows, regencies_of(ways), question.name, limit)
    return Page(found, None, is_similar=bool(found))


def ids_named(actor: Actor, search: Search, most: int) -> list[int]:
    """Everybody whom the pages of a question by name show, in their order: ids, at most so many."""
    question = read_question(search.q)
    if question is None or not question.name:
        return []
    ways = _ways(actor, search)
    begins = _known(_among(reached_by(ways), search), question).filter(_begins(question.name))
    ids = list(_in_order(begins, most).values_list("pk", flat=True))
    if len(ids) < most:
        ids += _by_index(ways, search, question).values_list("pk", flat=True)[: most - len(ids)]
    return ids


def count_named(actor: Actor, search: Search, most: int) -> int:
    """How many they are, counted no further than `most`."""
    question = read_question(search.q)
    if question is None or not question.name:
        return 0
    ways = _ways(actor, search)
    begins: list[Statement | None] = []
    walks: list[Statement | None] = []
    for way, reached in reached_one_by_one(ways):
        rows = _known(_among(reached, search), question)
        begins.append(_statement(rows.filter(_beginning_with(question.name, way)).values("pk")[:most]))
        walks.append(_walk(way, rows, question, None, most))
    counts = [_counting(begins), _counting(walks)]
    if not all(way.is_narrow for way in ways):
        counts.append(
            _counting([_statement(_by_index(ways, search, question).order_by().values("pk")[:most])])
        )
    return min(most, _counted_in_steps(counts, most))


def _counting(parts: list[Statement | None]) -> Statement:
    """How many all of these find."""
    found = [part for part in parts if part is not None]
    if not found:
        return "SELECT 0", []
    people = " UNION ALL ".join(f"({part})" for part, _values in found)
    return f"SELECT count(*) FROM ({people}) AS people", [*chain(*(values for _part, values in found))]


def _counted_in_steps(counts: list[Statement], most: int) -> int:
    """Those who begin so, and the others: as the walk finds them, where that is not enough as the index knows them. What comes
    later is asked only where it is needed."""
    (begins, begins_values), *others = counts
    steps = "WHEN begins.people >= %s THEN begins.people "
    values: list[Any] = [most]
    for statement, bound in others[:-1]:
        steps += f"WHEN ({statement}) >= %s - begins.people THEN %s "
        values += [*bound, most, most]
    last, bound = others[-1]
    statement = f"SELECT CASE {steps} ELSE begins.people + ({last}) END FROM ({begins}) AS begins (people)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *bound, *begins_values])
        return int(cursor.fetchone()[0])


def _ways(actor: Actor, search: Search) -> list[Way]:
    return ways_to(actor, asked_of(search.scope, search.group_id))


def _among(rows: QuerySet[Member], search: Search) -> QuerySet[Member]:
    for condition in search.among:
        rows = rows.filter(condition)
    return rows


def _columns(rows: QuerySet[Member], search: Search) -> QuerySet[Member]:
    return rows.only("name_key", *search.columns) if search.columns else rows


def _known(rows: QuerySet[Member], question: Question) -> QuerySet[Member]:
    """Whose data was erased has no name to be found by."""
    return rows.filter(erased_at__isnull=True) if question.name else rows


def _exactly(rows: QuerySet[Member], question: Question) -> QuerySet[Member]:
    if question.phone is not None:
        return rows.filter(phone=question.phone)
    if question.record_id is not None:
        # the number of a record that was merged finds the one that speaks for its person today
        return rows.filter(pk__in=survivors_of([question.record_id]).values())
    return rows.filter(nik_hash=question.nik_hash)


def _named(ways: list[Way], search: Search, question: Question, room: int) -> list[Member]:
    """The next people of both parts. In which of them a page goes on, the name behind the cursor tells."""
    after = _position(search.cursor) if search.cursor else None
    is_inside = after is not None and not after[0].startswith(question.name)
    found = [] if is_inside else _beginning(ways, search, question, after, room)
    if question.name and len(found) < room:
        found += _inside(ways, search, question, after if is_inside else None, room - len(found))
    return found


def _begins(key: str) -> Q:
    return Q(name_key__gte=key, name_key__lt=key + _LAST_LETTER)


def _beginning_with(key: str, way: Way) -> Q:
    """Name keys from the letters on: a range, which the index of each place serves (its collation is C). Somebody's own
    people are so few that they are looked at one by one: said so that no index of names is taken instead, which costs as
    much as there are such names in the nation."""
    if not key:
        return Q()
    if way.place is None:
        return Q(Exact(Left("name_key", len(key)), Value(key)))
    return _begins(key)


def _beginning(
    ways: list[Way], search: Search, question: Question, after: tuple[str, int] | None, room: int
) -> list[Member]:
    """The next people whose name begins so, or all. Each way is walked in its own index, and only as far as the page goes."""
    following = (_behind(after),) if after else ()
    walks = [
        _in_order(
            _columns(_known(_among(rows, search), question), search).filter(
                _beginning_with(question.name, way), *following
            ),
            room,
        )
        for way, rows in reached_one_by_one(ways)
    ]
    return list(_in_order(walks[0].union(*walks[1:], all=True), room) if walks[1:] else chain(*walks))


def _inside(
    ways: list[Way], search: Search, question: Question, after: tuple[str, int] | None, room: int
) -> list[Member]:
    """The next people whose name holds the words, but does not begin with the question.

    How common the words are, the walk itself tells: either it fills the page in every wide place, or they are so rare that
    the index of words is asked for all of them. Narrow places are read whole.
    """
    walks = [
        _columns(_members_of(walk), search).annotate(way=Value(number, output_field=IntegerField()))
        for number, (way, rows) in enumerate(reached_one_by_one(ways))
        if (walk := _walk(way, _known(_among(rows, search), question), question, after, room)) is not None
    ]
    found = list(walks[0].union(*walks[1:], all=True) if walks[1:] else chain(*walks))
    found.sort(key=lambda member: (member.name_key, member.pk))
    filled = Counter(member.way for member in found)  # type: ignore[attr-defined]  # annotated just now
    wanting = [way for number, way in enumerate(ways) if not way.is_narrow and filled[number] < room]
    if not wanting:
        return found[:room]
    # where a walk came to the end of its place, it has found all that the index knows
    goes_on = reduce(or_, (Q(Exists(_names(way, question, after)[MOST_WALKED:])) for way in wanting))
    rows = _columns(_by_index(ways, search, question).filter(goes_on), search)
    return (
        list((rows.filter(_behind(after, words.out_of_index_order())) if after else rows)[:room])
        or found[:room]
    )


# Names are read from the index of their place alone; whether a record stands for somebody is asked of those that fit.
_WALKED = """
SELECT walked.id FROM ({walk}) AS walked WHERE {holds} AND ({stands}) ORDER BY walked.name_key, walked.id LIMIT %s
"""


def _walk(
    way: Way, rows: QuerySet[Member], question: Question, after: tuple[str, int] | None, room: int
) -> Statement | None:
    """Ids of the first so many who hold the words among the names of one way, of a wide one among so many: a statement with its
    values; None where the way leads nowhere."""
    names = _names(way, question, after)
    stands = rows.filter(pk=RawSQL("walked.id", [])).annotate(yes=Value(True)).values_list("yes")
    walking = _statement(names if way.is_narrow else _in_order(names, MOST_WALKED))
    standing = _statement(stands)
    if walking is None or standing is None:
        return None
    # all names of a narrow place: planned as what it is
    walk = f"{walking[0]} OFFSET 0" if way.is_narrow else walking[0]
    holds = " AND ".join(HAS_WORD.format("walked.name_key, %s") for _word in question.words)
    beginnings = [f" {word}" for word in question.words]
    statement = _WALKED.format(walk=walk, holds=holds, stands=standing[0])
    return statement, [*walking[1], *beginnings, *standing[1], room]


def _statement(rows: QuerySet[Member]) -> Statement | None:
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


def _names(way: Way, question: Question, after: tuple[str, int] | None) -> QuerySet[Member]:
    """Whoever lives there, behind the last of the page before, and does not begin with the question; as an index tells it."""
    names = Member.objects.filter(way.rule, ~_begins(question.name)).values("id", "name_key")
    return names.filter(_behind(after)) if after else names


def _by_index(ways: list[Way], search: Search, question: Question) -> QuerySet[Member]:
    """All who hold the words and do not begin with the question, in order of name, through the index of words. It begins with
    the kabupaten."""
    # a single word that the name begins with is the other part
    known = words.known_to_index(question.words, inside_alone=len(question.words) == 1)
    holds = reduce(and_, (Q(words.has_word(word)) for word in question.words))
    rows = _known(_among(Member.objects.counted(), search), question).filter(
        known, holds, ~_begins(question.name)
    )
    regencies = regencies_of(ways)
    rows = rows.filter(In(Left("region", REGENCY), regencies)) if regencies else rows
    # asked of each whom the words find: an index of a whole province is no help
    if rule := reached_rule(ways):
        is_reached = Case(When(rule, then=Value(True)), default=Value(False), output_field=BooleanField())
        rows = rows.filter(is_reached)
    return rows.order_by(words.out_of_index_order(), "id")


def _in_order(rows: QuerySet[Member], limit: int) -> QuerySet[Member]:
    return rows.order_by("name_key", "id")[:limit]


def _behind(position: tuple[str, int], name: str | Func = "name_key") -> GreaterThan:
    """Behind the last row of the page before; the cursor names the row by its id, so that no name stands in an address."""
    return GreaterThan(_Row(name, "id"), _Row(*map(Value, position)))


class _Row(Func):
    """Two columns compared as one, which an index in that order serves."""

    template = "ROW(%(expressions)s)"
    output_field = TextField()


def position_of(actor: Actor, cursor: str) -> tuple[str, int]:
    """Behind which name and record a list goes on; refuses anything that we did not write."""
    del actor  # whoever holds a cursor has seen the person whom it names
    return _position(cursor)


def _position(cursor: str) -> tuple[str, int]:
    last_id = _read_cursor(cursor)
    key = Member.objects.filter(pk=last_id).values_list("name_key", flat=True).first()
    if key is None:
        raise wrong_cursor()
    return key, last_id


def cursor_at(member_id: int) -> str:
    """Where a list goes on, signed: nobody can ask how a stranger's name sorts. Public: it says no more than the id."""
    return _signer().sign(str(member_id))


def _read_cursor(cursor: str) -> int:
    """The id in a cursor; refuses anything that we did not write."""
    try:
        return int(_signer().unsign(cursor))
    except (signing.BadSignature, ValueError, UnicodeError) as error:
        raise wrong_cursor() from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="members.cursor", sep=".")


def wrong_cursor() -> Invalid:
    """Public."""
    sentence = _("Penanda halaman ini tidak dikenal. Mulai lagi dari halaman pertama.")
    return Invalid([FieldError("cursor", sentence)])


def _misspelt(rows: QuerySet[Member], regencies: list[str], key: str, limit: int) -> list[Member]:
    """Names like this one, the likest first. Within a kabupaten, where one slip explains nothing, less like ones too: in a
    wider area that would cost more than it finds."""
    if not regencies:
        return _alike(rows, key, one_slip(key), limit)
    # the index of misspelt names begins with the kabupaten
    near = rows.filter(In(Left("region", REGENCY), regencies))
    return _alike(near, key, one_slip(key), limit) or _alike(near, key, LOOSE, limit)


def _alike(rows: QuerySet[Member], key: str, threshold: float, limit: int) -> list[Member]:
    likeness = TrigramSimilarity("name_key", key)
    found = rows.filter(name_key__trigram_similar=key).annotate(likeness=likeness)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [f"{threshold:.2f}"])
        return list(found.order_by("-likeness", "name_key", "id")[:limit])
