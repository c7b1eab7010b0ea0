"""Whoever came in from a file stands in the lists at once, or, of a very large one, as soon as the worker has placed them."""

import pytest

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.pipeline import positions
from okoce.pipeline.queries.people import Wanted, list_people
from okoce.pipeline.recount import recount
from okoce.stages.p1_registration.imports.tests.members_files import SENEN, SYSTEM, import_rows

pytestmark = pytest.mark.django_db
A_CROWD = 3 * positions.FEW


def test_whoever_came_in_is_found_in_lists_by_stage_at_once() -> None:
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(A_CROWD)]
    import_rows(*rows, chunk_rows=A_CROWD)
    assert positions.waiting_notes() == 0
    assert len(list_people(SYSTEM, Wanted(stage=1, limit=100)).members) == A_CROWD


def test_a_crowd_is_left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "FEW_ENOUGH", positions.FEW)
    rows = [{"nama": f"Siti {n}", "telepon": f"08120000{n:04d}", **SENEN} for n in range(A_CROWD)]
    import_rows(*rows, chunk_rows=A_CROWD)
    assert positions.waiting_notes() > 0
    assert recount() == []
