import re
from xml.etree import ElementTree

import brotli
import pytest

from okoce.foundation.web import constellation
from okoce.foundation.web.constellation import Cell, Point, cells, dots, drawing, lit_layer, place

KECAMATAN = 7_285


def compressed(text: str) -> int:
    return len(brotli.compress(text.encode(), quality=11))


def test_every_kecamatan_has_a_cell_of_its_own_inside_the_picture() -> None:
    placed = cells()
    assert len(placed) == KECAMATAN
    assert len(set(placed.values())) == KECAMATAN
    assert all(re.fullmatch(r"\d\d\.\d\d\.\d\d", code) for code in placed)
    assert all(
        0 <= cell.x <= constellation.WIDTH and 0 <= cell.y <= constellation.HEIGHT for cell in placed.values()
    )


def test_the_committed_picture_draws_exactly_the_committed_cells() -> None:
    text = constellation.BASE_FILE.read_text(encoding="utf-8")
    assert text == constellation.base_svg(cells().values())
    assert text.count("h0") == KECAMATAN
    ElementTree.fromstring(text)  # noqa: S314  (our own file)


def test_the_base_weighs_at_most_six_kilobytes() -> None:
    assert compressed(constellation.base_svg(cells().values())) <= 6 * 1024


@pytest.mark.parametrize("share", [0.02, 0.1, 0.25, 0.26, 0.5, 1.0])
def test_the_whole_constellation_weighs_at_most_nine_kilobytes(share: float) -> None:
    """Neighbours are lit alike, as a movement spreads: whole kabupaten at a time."""
    placed = cells()
    lit = list(placed)[: int(share * len(placed))]
    members = {code: (5, 60, 250, 600)[int(code[3:5]) % 4] for code in lit}
    drawn = drawing(placed, members)
    inline = "".join(f'<path class="{name}" d="{path}"/>' for name, path in drawn.layers)
    base = compressed(constellation.base_svg(placed.values())) if drawn.has_base else 0
    assert base + compressed(inline) <= 9 * 1024
    assert drawn.has_base == (share <= constellation.BASE_UP_TO)


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


def test_dots_are_relative_moves_that_lead_back_to_the_cells() -> None:
    wanted = [Cell(10, 4), Cell(2, 0), Cell(3, 2), Cell(8, 0)]
    x = y = 0
    reached = []
    for right, down in re.findall(r"m(-?\d+) ?(-?\d+)h0", dots(wanted)):
        x, y = x + int(right), y + int(down)
        reached.append(Cell(x, y))
    assert sorted(reached) == sorted(wanted)


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
