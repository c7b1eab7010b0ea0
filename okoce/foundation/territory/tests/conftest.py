"""The resolver over the committed files, without a database."""

from collections.abc import Callable

import pytest

from okoce.foundation.territory import reference
from okoce.foundation.territory.gazetteer import Gazetteer
from okoce.foundation.territory.resolution import Resolution
from okoce.foundation.territory.resolver import Resolver
from okoce.foundation.territory.tree import Place, Tree


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    rows = list(reference.territory_rows())
    zones = {row["code"]: row["zone"] for row in rows if row["level"] == "regency"}
    villages: dict[str, list[tuple[str, str, str]]] = {}
    places = []
    for row in rows:
        code = row["code"]
        if row["level"] == "village":
            villages.setdefault(code[:5], []).append((code, row["kind"], row["name"]))
        else:
            places.append(Place(code, row["kind"], row["name"], zones.get(code[:5], "")))
    return Resolver(
        Gazetteer(
            Tree(places), reference.aliases(), reference.old_codes(), lambda code: villages.get(code, [])
        )
    )


@pytest.fixture
def code_of(resolver: Resolver) -> Callable[..., str]:
    """The code of the one region, or the reason why there is none."""

    def resolved(**address: str) -> str:
        found: Resolution = resolver.resolve(**address)
        assert bool(found.region) != bool(found.sentence)
        return found.region.code if found.region else found.reason.value

    return resolved
