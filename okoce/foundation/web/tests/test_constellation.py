import gzip
import random
import re
from collections.abc import Callable
from xml.etree import ElementTree

import brotli
import pytest
from django.template import Context, Template

from okoce.foundation.web import constellation, styles
from okoce.foundation.web.compression import pressed
from okoce.foundation.web.constellation import Cell, Point, cells, corners, drawing, lit_layer, place, strokes

KECAMATAN = 7_285
BAR = 8_909  # 8.7 KB of the 9 KB that base and lit layer may weigh together on the wire
GZIP_BAR = 10_650
BASE_HEADERS = 760  # of the answer that brings the base
MEMBERS = (0, 5, 60, 250, 600)  # of a dark kecamatan and of one of each class

Mix = tuple[float, ...]


def compressed(text: str) -> int:
    """As WhiteNoise compresses files."""
    return len(brotli.compress(text.encode(), quality=11))


def test_every_kecamatan_has_a_cell_of_its_own_inside_the_picture() -> None:
    placed = cells()
    assert len(placed) == KECAMATAN
    assert len(set(placed.values())) == KECAMATAN
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d\d", code) for code in placed)
    assert all(
        0 <= cell.x <= 2 * constellation.WIDTH and 0 <= cell.y <= 2 * constellation.HEIGHT
        for cell in placed.values()
    )


def test_the_committed_picture_draws_exactly_the_committed_cells() -> None:
    text = constellation.BASE_FILE.read_text(encoding="utf-8")
    assert text == constellation.base_svg(cells().values())
    assert text.count("h0") == KECAMATAN
    ElementTree.fromstring(text)  # noqa: S314  (our own file)


def test_the_base_weighs_at_most_six_kilobytes() -> None:
    assert compressed(constellation.base_svg(cells().values())) <= 6 * 1024


def scattered(mix: Mix, chance: random.Random) -> dict[str, int]:
    """Each kecamatan by itself: the heaviest there is."""
    return dict(zip(cells(), chance.choices(MEMBERS, mix, k=KECAMATAN), strict=True))


def leaning(mix: Mix, chance: random.Random) -> dict[str, int]:
    """Each kabupaten has a mix of its own around the given one."""
    own = {code[:5]: [chance.gammavariate(4 * share + 0.001, 1) for share in mix] for code in sorted(cells())}
    return {code: chance.choices(MEMBERS, own[code[:5]])[0] for code in cells()}


def alike(mix: Mix, chance: random.Random) -> dict[str, int]:
    """A whole kabupaten at a time, as a movement spreads."""
    own = {code[:5]: chance.choices(MEMBERS, mix)[0] for code in sorted(cells())}
    return {code: own[code[:5]] for code in cells()}


def weight(counts: dict[str, int], lit_by: str = constellation.MEMBERS) -> tuple[int, int]:
    """Bytes on the wire of everything the page says for the map: for a browser, and for who reads only gzip."""
    drawn = Template("{% constellation counts 'Peta Indonesia dari 7.285 titik.' lit_by %}").render(
        Context({"counts": counts, "lit_by": lit_by})
    )
    base = constellation.BASE_FILE.read_bytes() if "<img" in drawn else b""
    headers = BASE_HEADERS if base else 0
    return (
        len(pressed(drawn.encode())) + headers + (compressed(base.decode()) if base else 0),
        len(gzip.compress(drawn.encode(), 6)) + headers + (len(gzip.compress(base)) if base else 0),
    )


def test_nobody_lit_and_one_lit_weigh_little_more_than_the_base() -> None:
    base = compressed(constellation.base_svg(cells().values())) + BASE_HEADERS
    for members in ({}, {"31.73.08": 640}):
        assert weight(members)[0] <= base + 400


@pytest.mark.parametrize("spread", [scattered, leaning, alike])
@pytest.mark.parametrize(
    "mix",
    [
        (1, 1, 1, 1, 1),
        (0, 1, 1, 1, 1),
        (0, 0, 0, 1, 0),
        (1, 0, 1, 0, 0),
        (4, 4, 3, 2, 1),
        (3, 4, 4, 5, 4),
        (86, 4, 4, 4, 4),
        (87, 7, 3, 2, 1),
        (84, 4, 4, 4, 4),
    ],
)
def test_the_constellation_stays_light_whatever_is_lit(
    mix: Mix, spread: Callable[[Mix, random.Random], dict[str, int]]
) -> None:
    brotli_bytes, gzip_bytes = weight(spread(mix, random.Random(20181)))
    assert brotli_bytes <= BAR
    assert gzip_bytes <= GZIP_BAR


@pytest.mark.parametrize("seed", range(12))
def test_the_constellation_stays_light_for_mixes_nobody_thought_of(seed: int) -> None:
    """Shares near a fifth each are the heaviest, so they are tried most."""
    chance = random.Random(seed)
    likeness = chance.choice((1, 5, 20))
    mix = tuple(chance.gammavariate(likeness, 1) for _class in MEMBERS)
    brotli_bytes, gzip_bytes = weight(scattered(mix, chance))
    assert brotli_bytes <= BAR, mix
    assert gzip_bytes <= GZIP_BAR, mix


@pytest.mark.parametrize("centres", [1, 2])
def test_with_a_centre_open_in_every_kecamatan_the_map_weighs_at_most_ten_kilobytes(centres: int) -> None:
    lit = dict.fromkeys(cells(), centres)
    drawn = drawing(cells(), lit, constellation.CENTRES)
    assert sum(len(cells_on(path)) for _name, path in drawn.layers) == KECAMATAN
    assert weight(lit, constellation.CENTRES)[0] <= 10 * 1024


@pytest.mark.parametrize("shares", [(1, 1, 1), (9, 1, 0), (5, 4, 1), (1, 8, 1), (0, 1, 1), (84, 12, 4)])
def test_the_map_of_centres_stays_as_light_whatever_is_open(shares: Mix) -> None:
    lit = dict(zip(cells(), random.Random(5).choices((0, 1, 2), shares, k=KECAMATAN), strict=True))
    brotli_bytes, gzip_bytes = weight(lit, constellation.CENTRES)
    assert brotli_bytes <= BAR
    assert gzip_bytes <= GZIP_BAR


@pytest.mark.parametrize(("centres", "name"), [(1, "n3"), (2, "n4"), (9, "n4")])
def test_two_classes_of_light_by_centres(centres: int, name: str) -> None:
    assert [found for found, _path in lit_layer(cells(), {"31.73.08": centres}, constellation.CENTRES)] == [
        name
    ]
    assert lit_layer(cells(), {"31.73.08": 0}, constellation.CENTRES) == []


@pytest.mark.parametrize("share", [0.02, 0.15, 0.16, 1.0])
def test_the_base_is_used_while_little_is_lit(share: float) -> None:
    placed = cells()
    lit = list(placed)[: int(share * len(placed))]
    drawn = drawing(placed, dict.fromkeys(lit, 60))
    assert drawn.has_base == (share <= constellation.BASE_UP_TO)
    assert [name for name, _path in drawn.layers] == (["n0", "n2"] if 0.15 < share < 1 else ["n2"])


@pytest.mark.parametrize("mix", [(9, 1, 0, 0, 0), (1, 1, 1, 1, 1), (0, 1, 2, 3, 4)])
def test_every_kecamatan_is_drawn_once_and_in_its_class(mix: Mix) -> None:
    members = scattered(mix, random.Random(3))
    drawn = drawing(cells(), members)
    found = {cell: name for name, path in drawn.layers for cell in cells_on(path)}
    assert sum(len(cells_on(path)) for _name, path in drawn.layers) == len(found)
    names = dict(zip(MEMBERS, ("n0", "n1", "n2", "n3", "n4"), strict=True))
    wanted = {cells()[code]: names[count] for code, count in members.items() if count or not drawn.has_base}
    assert found == wanted


def test_placing_is_stable_whatever_the_order_of_the_file() -> None:
    points = [Point(f"11.01.{n:02}", 2.9 + n / 1000, 97.4) for n in range(30)]
    assert place(points) == place(reversed(points))


def test_points_on_one_spot_get_neighbouring_cells() -> None:
    placed = place(Point(f"31.71.{n:02}", -6.17, 106.83) for n in range(9))
    assert len(set(placed.values())) == 9
    assert max(cell.x for cell in placed.values()) - min(cell.x for cell in placed.values()) <= 8


def test_a_crowd_beyond_reach_is_refused_instead_of_overlapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constellation, "REACH", 2)
    with pytest.raises(ValueError, match="no free cell"):
        place(Point(f"31.71.{n:03}", -6.17, 106.83) for n in range(60))


def test_odd_rows_are_shifted_by_half_a_cell() -> None:
    assert all(cell.x % 2 == (cell.y // 2) % 2 for cell in cells().values())


def test_strokes_are_relative_moves_that_lead_back_to_the_cells() -> None:
    wanted = [Cell(10, 4), Cell(2, 0), Cell(3, 2), Cell(8, 0)]
    x = y = 0
    reached = []
    for right, down in re.findall(r"m(-?\d+) ?(-?\d+)h0", strokes(wanted)):
        x, y = x + int(right), y + int(down)
        reached.append(Cell(x, y))
    assert sorted(reached) == sorted(wanted)


def cells_on(path: str) -> list[Cell]:
    """The corners of a line, turned upright as the stylesheet does."""
    row = column = 0
    reached: list[Cell] = []
    for command, numbers in re.findall(r"([mlv])([-\d ]+)", path):
        steps = [int(step) for step in re.findall(r"-?\d+", numbers)]
        pairs = [(0, step) for step in steps] if command == "v" else [(steps[0], steps[1])]
        assert command == "v" or len(steps) == 2
        for down, right in pairs:
            row, column = row + down, column + right
            reached.append(Cell(row + 2 * column, 2 * row))
    return reached[:1] if path.endswith("v0") else reached


def test_corners_lead_back_to_the_cells() -> None:
    wanted = [Cell(10, 4), Cell(2, 0), Cell(3, 2), Cell(8, 0), Cell(5, 6), Cell(4, 0)]
    assert sorted(cells_on(corners(wanted))) == sorted(wanted)
    assert corners([Cell(4, 0), Cell(8, 0), Cell(10, 0), Cell(1, 2)]) == "m0 2v2 1l1-5"


def test_the_stylesheet_turns_lines_upright_and_keeps_their_dots_round() -> None:
    text = styles.built()
    upright, back = (
        [float(number) for number in re.findall(r"-?[\d.]+", found)]
        for found in re.findall(r"\.lit (?:path|circle)\{[^}]*matrix\(([^)]*)\)", text)
    )
    row, column = (0.5, 1.0), (1.0, 0.0)  # in cells: down and half a cell right; right
    assert (tuple(upright[:2]), tuple(upright[2:4])) == (row, column)
    a, b, c, d = upright[:4]
    e, f, g, h = back[:4]
    assert (a * e + c * f, b * e + d * f, a * g + c * h, b * g + d * h) == (1, 0, 0, 1)


def test_a_line_has_two_ends_even_for_one_cell() -> None:
    assert corners([Cell(3, 2)]) == "m1 1v0"
    assert cells_on(corners([Cell(3, 2)])) == [Cell(3, 2)]


@pytest.mark.parametrize(
    ("members", "name"),
    [(1, "n1"), (49, "n1"), (50, "n2"), (199, "n2"), (200, "n3"), (499, "n3"), (500, "n4"), (160_000, "n4")],
)
def test_four_classes_of_light(members: int, name: str) -> None:
    assert [found for found, _path in lit_layer(cells(), {"31.73.08": members})] == [name]


def test_dark_and_unknown_places_draw_nothing() -> None:
    assert lit_layer(cells(), {"31.73.08": 0, "99.99.99": 700, "31": 9}) == []


def test_nothing_lit_leaves_the_base_alone() -> None:
    assert drawing(cells(), {}) == (True, [])
