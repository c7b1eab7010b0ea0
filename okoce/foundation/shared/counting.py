"""Several counts in one query."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(many: Sequence[QuerySet[Any]], most: int) -> list[int]:
    """How many rows each has, none counted further than `most`; one query for all, none where no row can be meant."""
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
    counts = [0] * len(many)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", values)
            for place, count in zip(places, cursor.fetchone(), strict=True):
                counts[place] = count
    return counts
