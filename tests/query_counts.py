"""A list costs as many queries for thirty rows as for three."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

FEW, MANY = 3, 30
# Read again by the clock, whoever happens to come by then.
REMEMBERED_FOR_A_MOMENT = ("pipeline_programmerule", "pipeline_stageterm", "demo_syntheticdata")


def assert_constant_queries(visit: Callable[[], object], grow: Callable[[int], object]) -> None:
    """Visit with three rows and again with thirty; `grow(n)` adds n rows. The first visit warms what a process remembers."""
    grow(FEW)
    visit()
    few = statements(visit)
    grow(MANY - FEW)
    visit()
    many = statements(visit)
    assert len(few) == len(many), "\n".join(
        [f"{len(few)} queries for {FEW} rows, {len(many)} for {MANY}:", *many]
    )


def statements(visit: Callable[[], object]) -> list[str]:
    """What a visit asks of the database."""
    with CaptureQueriesContext(connection) as asked:
        visit()
    # a prepared statement is told without its text once the server knows it
    told = [query["sql"] or "(prepared)" for query in asked.captured_queries]
    return [text[:200] for text in told if not any(table in text for table in REMEMBERED_FOR_A_MOMENT)]
