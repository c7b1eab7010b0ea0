"""The figures that the press published, by day, place and metric: what a replay must arrive at."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DATA = Path(__file__).parent / "data" / "published_figures.csv"


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """Published values by (day, region code, metric); the nation's code is ""."""

    values: dict[tuple[date, str, str], int]

    def value(self, day: date, region: str, metric: str) -> int:
        """One figure; raises KeyError where nobody published it."""
        return self.values[day, region, metric]


def read_published() -> PublishedFigures:
    """Read the committed file of figures."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return PublishedFigures(
            {
                (date.fromisoformat(row["as_of"]), row["scope_code"], row["metric"]): int(row["value"])
                for row in csv.DictReader(lines)
            }
        )
