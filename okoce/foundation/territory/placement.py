"""One dot per kecamatan on a staggered grid: crowded Java swells a little instead of hiding dots."""

from collections.abc import Iterable, Iterator
from math import hypot
from typing import NamedTuple

CELLS_PER_DEGREE = 15.0
WEST, NORTH = 94.7, 6.3
# The drawing's size in half cells; a row of dots is shifted by one half cell against the next.
MAP_WIDTH, MAP_HEIGHT = 1398, 528
CROWD_CELLS = 6
FARTHEST = 40


class Point(NamedTuple):
    code: str
    lat: float
    lon: float


def place_on_map(points: Iterable[Point]) -> dict[str, tuple[int, int]]:
    """Code → (x, y) in half cells, unique, nearest free cell; crowded areas choose first."""
    wanted = {p.code: ((p.lon - WEST) * CELLS_PER_DEGREE, (NORTH - p.lat) * CELLS_PER_DEGREE) for p in points}
    crowd: dict[tuple[int, int], int] = {}
    for x, y in wanted.values():
        crowd[_block(x, y)] = crowd.get(_block(x, y), 0) + 1
    taken: set[tuple[int, int]] = set()
    placed: dict[str, tuple[int, int]] = {}
    for code in sorted(wanted, key=lambda c: (-crowd[_block(*wanted[c])], c)):
        column, row = _nearest_free(*wanted[code], taken)
        taken.add((column, row))
        placed[code] = (2 * column + (row & 1), 2 * row)
    return placed


def _block(x: float, y: float) -> tuple[int, int]:
    return int(x) // CROWD_CELLS, int(y) // CROWD_CELLS


def _nearest_free(x: float, y: float, taken: set[tuple[int, int]]) -> tuple[int, int]:
    best: tuple[float, int, int] | None = None
    for radius in range(FARTHEST):
        for column, row in _ring(x, y, radius):
            if (column, row) in taken:
                continue
            found = (hypot(column + (row & 1) / 2 - x, row - y), column, row)
            if best is None or found < best:
                best = found
        # A wider ring can hold nothing nearer than its own radius.
        if best is not None and best[0] <= radius:
            break
    if best is None:
        raise ValueError(f"no free cell within {FARTHEST} cells of {x:.1f}, {y:.1f}")
    return best[1], best[2]


def _ring(x: float, y: float, radius: int) -> Iterator[tuple[int, int]]:
    for down in range(-radius, radius + 1):
        row = round(y) + down
        across = range(-radius, radius + 1) if abs(down) == radius else (-radius, radius)
        for right in dict.fromkeys(across):
            yield round(x - (row & 1) / 2) + right, row
