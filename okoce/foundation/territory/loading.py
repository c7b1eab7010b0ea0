"""Brings the committed territory into the database: by COPY, at once, and only when it is another edition."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction

from okoce.foundation.territory import queries, reference
from okoce.foundation.territory.models import Edition, Region
from okoce.foundation.territory.states import Level, Zone

Progress = Callable[[int, int], None]
REPORT_EVERY = 10_000

_COLUMNS = (
    "code", "level", "kind", "parent", "name", "source_name", "zone", "capital", "lat", "lon",
    "map_x", "map_y", "population", "population_year", "area_km2",
)  # fmt: skip
_LISTED = ", ".join(_COLUMNS)
_CHANGED = ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS[1:])
_MERGE = f"""
    INSERT INTO territory_region AS old ({_LISTED})
    SELECT {_LISTED} FROM territory_arriving AS new ORDER BY code
    ON CONFLICT (code) DO UPDATE SET {_CHANGED}
    WHERE ({", ".join(f"old.{column}" for column in _COLUMNS)})
        IS DISTINCT FROM ({", ".join(f"excluded.{column}" for column in _COLUMNS)})
"""
_DROP_RETIRED = """
    DELETE FROM territory_region AS old
    WHERE NOT EXISTS (SELECT FROM territory_arriving AS new WHERE new.code = old.code)
"""


def is_loaded() -> bool:
    """Is the edition of this program in the database?"""
    newest = Edition.objects.order_by("-id").values_list("fingerprint", flat=True).first()
    return newest == reference.edition()


def load_territory(progress: Progress | None = None) -> int:
    """Load the committed edition unless it is there already; answers how many regions are in the table.

    `progress(done, total)` is called every ten thousand rows. Two starts at once load once.
    """
    if is_loaded():
        return Edition.objects.order_by("-id").values_list("region_count", flat=True)[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('okoce.territory', 0))")
        if not is_loaded():
            _load(cursor, progress)
    queries.forget()
    return Region.objects.count()


def _load(cursor: Any, progress: Progress | None) -> None:
    rows = list(_rows())
    cursor.execute("CREATE TEMP TABLE territory_arriving (LIKE territory_region) ON COMMIT DROP")
    with cursor.copy(f"COPY territory_arriving ({_LISTED}) FROM STDIN") as copy:
        for done, row in enumerate(rows, 1):
            copy.write_row(row)
            if progress and (done % REPORT_EVERY == 0 or done == len(rows)):
                progress(done, len(rows))
    cursor.execute(_MERGE)
    cursor.execute(_DROP_RETIRED)
    cursor.execute("DROP TABLE territory_arriving")
    Edition.objects.create(fingerprint=reference.edition(), region_count=len(rows))
    cursor.execute("ANALYZE territory_region")


def _rows() -> Iterator[tuple[Any, ...]]:
    source = list(reference.territory_rows())
    zones = _zones(source)
    points = reference.points()
    people = _people(source)
    for row in source:
        code = row["code"]
        point = points.get(code, row)
        yield (
            code, row["level"], row["kind"], row["parent"], row["name"], row["source_name"],
            zones[code[:5]], row["capital"], point["lat"] or None, point["lon"] or None,
            point.get("map_x"), point.get("map_y"),
            people.get(code), row["population_year"] or None, row["area_km2"] or None,
        )  # fmt: skip


def _zones(source: list[dict[str, str]]) -> dict[str, str]:
    """Zone of every regency, and of its province: every province lies in one zone."""
    zones = {row["code"]: Zone(row["zone"]).value for row in source if row["level"] == Level.REGENCY}
    return zones | {code[:2]: zone for code, zone in zones.items()}


def _people(source: list[dict[str, str]]) -> dict[str, int]:
    """Registered residents of the regencies, summed for the provinces."""
    people: dict[str, int] = {}
    for row in source:
        if row["level"] == Level.REGENCY:
            people[row["code"]] = int(row["population"])
            people[row["parent"]] = people.get(row["parent"], 0) + int(row["population"])
    return people
