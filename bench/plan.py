"""What one run of the benchmarks does: sizes, folders, how often. Handed to each part as JSON, because each is a process."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Plan:
    """Sizes of the full run; `small()` tests the benchmarks themselves."""

    folder: str
    many: int = 1_000_000
    few: int = 10_000
    rows: int = 100_000
    rows_large: int = 0
    rounds: int = 30
    searches: int = 200
    seconds: float = 30.0
    warm_up_seconds: float = 5.0
    connections: int = 8
    starts: int = 3
    loads: int = 3

    @classmethod
    def small(cls, folder: str) -> Self:
        return cls(
            folder, many=3000, few=500, rows=800, rounds=3, searches=8, seconds=4.0, warm_up_seconds=2.0, connections=2,
            starts=1, loads=1,
        )  # fmt: skip

    def place(self, name: str) -> Path:
        """A folder of this run."""
        return Path(self.folder) / name

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(**json.loads(text))
