"""Several counts in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Counting:
    """One statement for several counts: making it takes longer than asking it, so whoever counts the same rows at every page
    keeps it. `places`: which of them it answers; no row can be meant by the others."""

    size: int
    statement: str
    values: tuple[Any, ...]
    places: tuple[int, ...]

    @classmethod
    def of(cls, many: Sequence[QuerySet[Any]], most: int) -> "Counting":
        """Counts of these rows, none further than `most`."""
        parts: list[str] = []
        values: list[Any] = []
        places: list[int] = []
        for place, rows in enumerate(many):
            try:
                sql, given = rows.order_by().values("pk")[:most].query.sql_with_params()
            except EmptyResultSet:
                continue
            parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")
            values += given
            places.append(place)
        return cls(len(many), f"SELECT {', '.join(parts)}", tuple(values), tuple(places))

    def answer(self) -> list[int]:
        """The counts as of now; asks nothing where no row can be meant."""
        counts = [0] * self.size
        if self.places:
            with connection.cursor() as cursor:
                cursor.execute(self.statement, self.values)
                for place, count in zip(self.places, cursor.fetchone(), strict=True):
                    counts[place] = count
        return counts
