"""A search of members: what is looked for, and among whom."""

from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from okoce.community.members.models import Member
from okoce.community.members.reach import Way, asked_of, reached_by, reached_one_by_one, ways_to
from okoce.community.members.searching import Question, read_question
from okoce.foundation.access.actor import Actor

MOST_ROWS = 100
FEW_ROWS = 50

Statement = tuple[str, list[Any]]  # with its values


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


@dataclass(frozen=True, slots=True)
class Asked:
    """A search that somebody asks: the question read (None where nothing was typed), and the ways to the people whom this
    person may read of what was asked."""

    search: Search
    question: Question | None
    ways: list[Way]

    @classmethod
    def by(cls, actor: Actor, search: Search) -> Self:
        ways = ways_to(actor, asked_of(search.scope, search.group_id))
        return cls(search, read_question(search.q), ways)

    @property
    def name(self) -> str:
        """The name key that is asked for; "" where it is another question or none."""
        return self.question.name if self.question else ""

    @property
    def words(self) -> tuple[str, ...]:
        return self.question.words if self.question else ()

    @property
    def limit(self) -> int:
        return max(1, min(self.search.limit, MOST_ROWS))

    def everybody(self) -> QuerySet[Member]:
        """All ways as one condition: for a question that few answer."""
        return self.narrowed(reached_by(self.ways))

    def one_by_one(self) -> list[tuple[Way, QuerySet[Member]]]:
        """The same people, each behind one of the ways: for lists in order."""
        return reached_one_by_one(self.ways, self.narrowed(Member.objects.counted()))

    def narrowed(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        """Those of them who answer whatever is asked beside the name."""
        for condition in self.search.among:
            rows = rows.filter(condition)
        # whose data was erased has no name to be found by
        return rows.filter(erased_at__isnull=True) if self.name else rows

    def shown(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        """With the columns that the page shows."""
        return rows.only("name_key", *self.search.columns) if self.search.columns else rows


def beginning_with(key: str) -> Q:
    """Name keys from the letters on: a range, which the index of each place serves (its collation is C)."""
    return Q(name_key__gte=key, name_key__lt=key + "\U0010ffff")


def in_order(rows: QuerySet[Member], limit: int) -> QuerySet[Member]:
    return rows.order_by("name_key", "id")[:limit]


def statement_of(rows: QuerySet[Any, Any]) -> Statement | None:
    """A question as a part of another; None where it finds nobody whatever there is."""
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return statement, list(values)


def of_ids(array: str, values: list[Any]) -> QuerySet[Member]:
    """Members of a list of ids that the database makes out itself; `array` is ours, `values` are bound."""
    is_one = RawSQL(f"members_member.id = ANY({array})", values, output_field=BooleanField())  # noqa: S611  (bound values)
    return Member.objects.filter(is_one)
