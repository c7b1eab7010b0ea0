"""Lists in order of name, a page at a time: of rows with `name_key`."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q

from okoce.foundation.shared.models import ScopedQuerySet

PER_PAGE = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class NamePage(Generic[Row]):
    """One page of a list, and after which row the next one begins."""

    rows: list[Row]
    next_after: int | None


def page_by_name(asked: ScopedQuerySet[Row], seen: ScopedQuerySet[Row], after: int) -> NamePage[Row]:
    """What was asked, by name: the page after one of the rows that the reader sees, which need not be among those asked."""
    rows = asked.order_by("name_key", "id")
    last = seen.filter(pk=after).values_list("name_key", "pk").first() if after else None
    if last is not None:
        rows = rows.filter(Q(name_key__gt=last[0]) | Q(name_key=last[0], pk__gt=last[1]))
    found = list(rows[: PER_PAGE + 1])
    return NamePage(found[:PER_PAGE], found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None)
