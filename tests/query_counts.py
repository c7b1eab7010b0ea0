"""A list costs as many queries for thirty rows as for three."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

FEW, MANY = 3, 30


def assert_constant_queries(visit: Callable[[], object], grow: Callable[[int], object]) -> None:
    """Visit with three rows and again with thirty; `grow(n)` adds n rows. The first visit warms what a process remembers."""
    grow(FEW)
    visit()
    few = _statements(visit)
    grow(MANY - FEW)
    visit()
    many = _statements(visit)
    assert len(few) == len(many), "\n".join(
        [f"{len(few)} queries for {FEW} rows, {len(many)} for {MANY}:", *many]
    )


def _statements(visit: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        visit()
    return [query["sql"][:200] for query in asked.captured_queries]
