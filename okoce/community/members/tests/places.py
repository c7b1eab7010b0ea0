"""The territory of the tests: the committed tree down to kecamatan, in memory, without loading a database."""

from functools import cache

import pytest

from okoce.foundation.territory import queries, reference
from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import Place, Tree


@cache
def whole_tree() -> Tree:
    rows = (row for row in reference.territory_rows() if row["level"] != Level.VILLAGE)
    return Tree(Place(row["code"], row["kind"], row["name"], row["zone"] or "WIB") for row in rows)


@pytest.fixture(autouse=True)
def territory_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "tree", whole_tree)
