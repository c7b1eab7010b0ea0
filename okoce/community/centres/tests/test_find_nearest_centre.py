"""Everybody finds the open centres nearest to a kecamatan."""

from math import isclose

import pytest
from django.test import Client

from okoce.community.centres.actions import pause_centre
from okoce.community.centres.distances import Known, kilometres_between, nearest_places
from okoce.community.centres.queries import nearest_open
from okoce.community.centres.tests.factories import OPENED, opened_centre, planned_centre
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.places import whole_tree
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.tree import Place, Tree
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN, SYSTEM
from tests.pages import page, words
from tests.query_counts import assert_constant_queries, statements

MENTENG, JAGAKARSA = "31.71.06", "31.74.09"
# The middles of four kecamatan in Jakarta and one in Bandung, in degrees; none of the fifth in Jakarta.
POINTS = {
    SENEN: (-6.182, 106.845),
    MENTENG: (-6.195, 106.832),
    KEBAYORAN_BARU: (-6.243, 106.800),
    COBLONG: (-6.885, 107.615),
}
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def points(monkeypatch: pytest.MonkeyPatch, territory_in_memory: None) -> None:
    known = [
        Place(one.code, one.kind, one.name, one.zone, *POINTS.get(one.code, (None, None)))
        for one in whole_tree().places.values()
    ]
    tree = Tree(known)
    monkeypatch.setattr(territory, "tree", lambda: tree)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert kilometres_between(SENEN, SENEN) == 0
    assert kilometres_between(SENEN, JAGAKARSA) is None
    found = kilometres_between(SENEN, COBLONG)
    assert found is not None
    assert isclose(found, 115.4, abs_tol=1)
    assert found == kilometres_between(COBLONG, SENEN)


def test_the_same_kecamatan_comes_first_then_the_nearest_then_what_nobody_measured() -> None:
    places = [
        Known(1, COBLONG),
        Known(2, JAGAKARSA),
        Known(3, KEBAYORAN_BARU),
        Known(4, MENTENG),
        Known(5, SENEN),
    ]
    assert [near.centre_id for near in nearest_places(SENEN, places, 9)] == [5, 4, 3, 1, 2]
    assert [near.centre_id for near in nearest_places(SENEN, places, 2)] == [5, 4]


def test_without_any_point_the_kabupaten_counts_before_the_province() -> None:
    places = [Known(1, "32.73.30"), Known(2, "31.75.01"), Known(3, "31.74.10")]
    assert [near.centre_id for near in nearest_places(JAGAKARSA, places, 9)] == [3, 2, 1]


@pytest.mark.django_db
def test_only_what_is_open_is_offered() -> None:
    group = active_group("Mawar", SENEN)
    opened_centre(group)
    planned_centre(group, "Rencana")
    pause_centre(SYSTEM, opened_centre(group, "Libur"), OPENED, "libur")
    assert [near.centre.name for near in nearest_open(SENEN, 9)] == ["Pusat Senen"]


@pytest.mark.django_db
def test_a_clear_name_leads_straight_to_the_nearest_ones() -> None:
    opened_centre(active_group("Melati", KEBAYORAN_BARU), "Pusat Blok M", KEBAYORAN_BARU)
    opened_centre(active_group("Mawar", SENEN))
    answer = Client().get("/pusat", {"cari": "Senen, Jakarta Pusat"}, follow=True)
    assert answer.redirect_chain[0][0] == f"/pusat?kecamatan={SENEN}"
    told = words(page(answer).main)
    assert told.index("Pusat Senen") < told.index("Pusat Blok M")
    assert "Sekitar 8 km" in told
    assert "Di kecamatan ini" in told


@pytest.mark.django_db
def test_a_name_that_many_bear_is_chosen_from_a_list() -> None:
    found = page(Client().get("/pusat", {"cari": "Coblong"}, follow=True))
    assert found.select_one("h1") is not None
    misspelt = page(Client().get("/pusat", {"cari": "Coblongg"}))
    assert "Yang mana tempat Anda?" in misspelt.main.get_text(), (
        "what only resembles a name is never taken for it"
    )
    many = page(Client().get("/pusat", {"cari": "Jakarta Pusat"}))
    codes = [str(link["href"]) for link in many.select(".list a")]
    assert f"?kecamatan={SENEN}" in codes
    assert len(codes) == 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["cari=", "cari=%00", "cari=xyzzy", "kecamatan=31", "kecamatan=99.99.99", "kecamatan='"]
)
def test_a_strange_question_is_answered(query: str) -> None:
    assert Client().get(f"/pusat?{query}").status_code == 200


@pytest.mark.django_db
def test_where_none_is_open_the_page_says_so() -> None:
    assert "Belum ada pusat yang buka" in words(page(Client().get(f"/pusat?kecamatan={SENEN}")).main)


@pytest.mark.django_db
def test_many_centres_cost_no_more_questions() -> None:
    group, made = active_group("Mawar", SENEN), iter(range(1000))

    def grow(count: int) -> None:
        for _one in range(count):
            opened_centre(group, f"Titik {next(made):03d}")

    def visit() -> object:
        return Client().get(f"/pusat?kecamatan={SENEN}")

    assert_constant_queries(visit, grow)
    assert len(statements(visit)) <= MOST_QUERIES
    assert len(page(Client().get(f"/pusat?kecamatan={SENEN}")).select(".list li")) == 10
