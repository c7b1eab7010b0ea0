"""The whole country as the history needs it, from the committed files and without a database."""

from functools import cache

from okoce.demo.places import Places
from okoce.foundation.territory import reference
from okoce.foundation.territory.states import Level


@cache
def whole_country() -> Places:
    districts: dict[str, list[str]] = {}
    people: dict[str, int] = {}
    for row in reference.territory_rows():
        if row["level"] == Level.DISTRICT:
            districts.setdefault(row["code"][:5], []).append(row["code"])
        elif row["level"] == Level.REGENCY:
            people[row["code"]] = int(row["population"] or 1)
    return Places(districts, people)
