"""The archipelago from one dot per kecamatan: a static base, and a lit layer of those that have members, centres or services.

Every kecamatan owns one cell of a staggered grid: crowded Java swells a little instead of hiding dots.
Build after a change of the list of kecamatan: `python -m okoce.foundation.web.constellation kecamatan.csv`.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
CELLS_FILE = HERE / "data" / "constellation_cells.csv"
BASE_FILE = HERE / "static" / "web" / "constellation.svg"

CELLS_PER_DEGREE = 15
WEST, NORTH = 94.7, 6.3  # the corner of the picture, in degrees
WIDTH, HEIGHT = 699, 264  # of the picture, in cells
CROWD = 6  # a crowd is counted in squares of this many cells
REACH = 40  # rings to search for a free cell; the worst case in Indonesia needs 8

# Share of lit kecamatan up to which the lit layer lies over the base, which browsers keep for a year and paint quickly.
# Both together then weigh at most 8.2 KB; everything inline 8.4 KB (a fifth of all in each class, at random: measured).
BASE_UP_TO = 0.15

# What lights a kecamatan, and the class of light from how many on. Members: 200 is the target of a komunitas.
MEMBERS, CENTRES, SERVICES = "members", "centres", "services"
Classes = tuple[tuple[str, int], ...]
CLASSES: dict[str, Classes] = {
    MEMBERS: (("n1", 1), ("n2", 50), ("n3", 200), ("n4", 500)),
    CENTRES: (("n3", 1), ("n4", 2)),
    SERVICES: (("n3", 1), ("n4", 2)),
}


class Point(NamedTuple):
    code: str
    lat: float
    lon: float


class Cell(NamedTuple):
    """A place in the picture, in half cells (odd rows are shifted by one)."""

    x: int
    y: int


class _Spot(NamedTuple):
    """Where a point lies on the grid, in cells."""

    x: float
    y: float


def place(points: Iterable[Point]) -> dict[str, Cell]:
    """A cell of its own for each point, the nearest free one, crowded areas first."""
    spots = {
        point.code: _Spot((point.lon - WEST) * CELLS_PER_DEGREE, (NORTH - point.lat) * CELLS_PER_DEGREE)
        for point in points
    }
    crowds = Counter(_square(spot) for spot in spots.values())
    taken: set[tuple[int, int]] = set()
    placed: dict[str, Cell] = {}
    for code in sorted(spots, key=lambda code: (-crowds[_square(spots[code])], code)):
        column, row = _nearest_free(spots[code], taken)
        taken.add((column, row))
        placed[code] = Cell(2 * column + (row & 1), 2 * row)
    return placed


def _square(spot: _Spot) -> tuple[int, int]:
    return int(spot.x) // CROWD, int(spot.y) // CROWD


def _nearest_free(spot: _Spot, taken: set[tuple[int, int]]) -> tuple[int, int]:
    """Search ring by ring; a ring further out than the best find cannot hold a better one."""
    best: tuple[float, int, int] | None = None
    for radius in range(REACH):
        for column, row in _ring(spot, radius):
            if (column, row) not in taken:
                distance = (column + (row & 1) / 2 - spot.x) ** 2 + (row - spot.y) ** 2
                best = min(best, (distance, column, row)) if best else (distance, column, row)
        if best and best[0] <= radius * radius:
            break
    if best is None:
        raise ValueError("no free cell within reach: the grid is too small for so many points in one place")
    return best[1], best[2]


def _ring(spot: _Spot, radius: int) -> Iterator[tuple[int, int]]:
    """The cells whose larger offset from the spot's own cell is the radius."""
    middle = round(spot.y)
    for down in range(-radius, radius + 1):
        row = middle + down
        column = round(spot.x - (row & 1) / 2)
        offsets = range(-radius, radius + 1) if abs(down) == radius else (-radius, radius)
        for across in offsets:
            yield column + across, row


def strokes(cells: Iterable[Cell]) -> str:
    """Zero-length strokes, row by row, with relative moves in half cells: quick to paint."""
    parts: list[str] = []
    before = Cell(0, 0)
    for cell in sorted(cells, key=lambda cell: (cell.y, cell.x)):
        right, down = cell.x - before.x, cell.y - before.y
        parts.append(f"m{right}{'' if down < 0 else ' '}{down}h0")
        before = cell
    return "".join(parts)


def base_svg(cells: Iterable[Cell]) -> str:
    """All dots, dim. Dots grow on small screens by the picture's own media query."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}"><style>path{{fill:none;'
        "stroke:#8794e0;stroke-width:1.9;stroke-linecap:round}@media(max-width:600px){path{stroke-width:2.6}}</style>"
        f'<path d="{strokes(cells)}"/></svg>\n'
    )


def corners(cells: Iterable[Cell]) -> str:
    """A line through the cells, row by row, of which the page draws a dot at each corner (<marker>) and not the line.

    Down comes first and right second, in whole cells, and each row begins half a cell further right; the stylesheet
    turns that upright. So a dot is one short number and each row begins alike: a seventh lighter than strokes.
    """
    parts: list[str] = []
    row = column = 0
    command = ""
    for cell in sorted(cells, key=lambda cell: (cell.y, cell.x)):
        down, right = cell.y // 2 - row, (cell.x - cell.y // 2) // 2 - column
        if down or not command:
            command = "l" if command else "m"
            parts.append(f"{command}{down}{'' if right < 0 else ' '}{right}")
        else:
            parts.append(f"{' ' if command == 'v' else 'v'}{right}")
            command = "v"
        row, column = row + down, column + right
    return "".join(parts) + ("v0" if len(parts) == 1 else "")  # a line of one corner is not drawn everywhere


class Drawing(NamedTuple):
    """What a page draws: over the static base, or everything inline where that weighs less."""

    has_base: bool
    layers: list[tuple[str, str]]


def drawing(cells: Mapping[str, Cell], counts: Mapping[str, int], lit_by: str = MEMBERS) -> Drawing:
    """The picture of a movement. Codes without a cell (not a kecamatan) draw nothing."""
    layers = lit_layer(cells, counts, lit_by)
    lit = {code for code, count in counts.items() if _class_of(count, CLASSES[lit_by]) and code in cells}
    if len(lit) <= BASE_UP_TO * len(cells):
        return Drawing(has_base=True, layers=layers)
    dark = [cell for code, cell in cells.items() if code not in lit]
    return Drawing(has_base=False, layers=[("n0", corners(dark)), *layers] if dark else layers)


def lit_layer(
    cells: Mapping[str, Cell], counts: Mapping[str, int], lit_by: str = MEMBERS
) -> list[tuple[str, str]]:
    """Class and path of each class that has a kecamatan, dimmest first."""
    lit: dict[str, list[Cell]] = {}
    for code, count in counts.items():
        name = _class_of(count, CLASSES[lit_by])
        if name and code in cells:
            lit.setdefault(name, []).append(cells[code])
    return [(name, corners(lit[name])) for name, _least in CLASSES[lit_by] if name in lit]


def _class_of(count: int, classes: Classes) -> str:
    return next((name for name, least in reversed(classes) if count >= least), "")


@cache
def cells() -> dict[str, Cell]:
    """Every kecamatan's cell, as committed."""
    with CELLS_FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Cell(int(row["x"]), int(row["y"])) for row in csv.DictReader(file)}


def build(points_file: Path) -> int:
    """Write the cells and the base picture; returns how many kecamatan were placed."""
    with points_file.open(encoding="utf-8", newline="") as file:
        points = [Point(row["code"], float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)]
    placed = place(points)
    with CELLS_FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "x", "y"))
        writer.writerows((code, *placed[code]) for code in sorted(placed))
    BASE_FILE.write_text(base_svg(placed.values()), encoding="utf-8")
    return len(placed)


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
