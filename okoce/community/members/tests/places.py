"""The territory of the tests: the committed tree down to kecamatan, in memory, without loading a database."""

from functools import cache

from okoce.foundation.territory import reference
from okoce.foundation.territory.states import Level
from okoce.foundation.territory.tree import Place, Tree

WIT_PROVINCES = ("81", "82", "91", "92", "93", "94", "95", "96")


@cache
def test_tree() -> Tree:
    rows = (row for row in reference.territory_rows() if row["level"] != Level.VILLAGE)
    return Tree(Place(row["code"], row["kind"], row["name"], row["zone"] or "WIB") for row in rows)
