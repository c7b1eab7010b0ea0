"""The committed data as rows: territory, points, former codes, ways of writing. See data/LICENSE-ODbL.md."""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from okoce.foundation.territory.codes import OldCode
from okoce.foundation.territory.index import Alias

DATA = Path(__file__).parent / "data"
TERRITORY, POINTS, OLD_CODES, ALIASES = (
    DATA / name for name in ("territory.csv.gz", "points.csv", "old_codes.csv", "aliases.csv")
)


def territory_rows() -> Iterator[dict[str, str]]:
    with gzip.open(TERRITORY, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def points() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _csv_rows(POINTS)}


def old_codes() -> list[OldCode]:
    return [OldCode(**row) for row in _csv_rows(OLD_CODES)]


def aliases() -> list[Alias]:
    return [(row["alias"], row["codes"].split("|")) for row in _csv_rows(ALIASES)]


@cache
def edition() -> str:
    """Fingerprint of what is loaded into the database; another one makes `load_territory` load again."""
    content = hashlib.sha256()
    for path in (TERRITORY, POINTS):
        content.update(path.read_bytes())
    return content.hexdigest()


def _csv_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
