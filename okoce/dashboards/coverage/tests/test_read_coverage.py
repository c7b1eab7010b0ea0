"""Everybody reads how much of the country had an open centre, on any day."""

from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.community.centres.actions import close_centre, pause_centre
from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.centres.tests.factories import OPENED, opened_centre, planned_centre
from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group
from okoce.community.members.tests.places import whole_tree
from okoce.dashboards.coverage.counting import coverage_of
from okoce.dashboards.funnel import place_of
from okoce.foundation.shared.days import latest_today
from okoce.foundation.territory import queries as territory
from okoce.foundation.territory.tree import Tree
from tests.cast import COBLONG, SENEN, SYSTEM
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
PAUSED = date(2020, 4, 1)
MENTENG = "31.71.06"
KECAMATAN = 7_285


@pytest.fixture
def mawar() -> Group:
    """Two centres in Senen, one of which was shut in April 2020; one in Menteng, closed at once; one in Bandung; a plan."""
    group, far = active_group("Mawar", "31.71"), active_group("Jauh", COBLONG)
    opened_centre(group)
    pause_centre(SYSTEM, opened_centre(group, "Pusat Kramat"), PAUSED, "pandemi")
    close_centre(SYSTEM, opened_centre(group, "Pusat Menteng", MENTENG), OPENED + timedelta(days=1), "banjir")
    opened_centre(far, "Pusat Dago", COBLONG, date(2021, 1, 1))
    planned_centre(group, "Rencana", "31.71.01")
    return group


@pytest.mark.parametrize(
    ("scope", "day", "lit", "centres", "all_districts"),
    [
        ("", OPENED - timedelta(days=1), 0, 0, KECAMATAN),
        ("", OPENED, 2, 3, KECAMATAN),
        ("", OPENED + timedelta(days=1), 1, 2, KECAMATAN),
        ("", PAUSED, 1, 1, KECAMATAN),
        ("", date(2021, 1, 1), 2, 2, KECAMATAN),
        ("31", OPENED, 2, 3, 44),
        ("31.71", OPENED, 2, 3, 8),
        (SENEN, OPENED, 1, 2, 1),
        ("32", OPENED, 0, 0, 627),
    ],
)
def test_each_day_and_place_has_its_own(
    mawar: Group, scope: str, day: date, lit: int, centres: int, all_districts: int
) -> None:
    found = coverage_of(place_of(scope), day).place
    assert (found.lit, found.centres, found.districts) == (lit, centres, all_districts)


def test_the_parts_add_up_to_the_whole_down_to_the_kecamatan(mawar: Group) -> None:
    day = date(2021, 6, 1)
    nation = coverage_of(place_of(""), day)
    assert len(nation.parts) == len(territory.children())
    for name in ("lit", "districts", "centres"):
        assert sum(getattr(part, name) for part in nation.parts) == getattr(nation.place, name)
    city = coverage_of(place_of("31.71"), day)
    assert [one.name for one in city.districts if one.centres] == ["Senen"]
    assert len(city.districts) == city.place.districts


def test_the_page_says_out_of_how_many_on_which_day_and_what_it_means(mawar: Group) -> None:
    answer = Client().get("/pusat/cakupan", {"wilayah": "31", "per": OPENED.isoformat()})
    told = words(page(answer).main)
    for part in ("DKI Jakarta", "4 Maret 2019", "2 / 44", "4,5", "Penyebutnya daftar kecamatan"):
        assert part in told, part
    assert rows_of(answer)[0] == ["Kota Jakarta Pusat", "2", "8", "25,0%", "3"]


def test_a_kabupaten_leads_to_its_centres_and_else_to_the_nearest(mawar: Group) -> None:
    found = page(Client().get("/pusat/cakupan", {"wilayah": "31.71"}))
    links = [str(link["href"]) for link in found.select("dl.facts a")]
    assert f"/pusat/{Centre.objects.get(name='Pusat Senen').pk}" in links
    assert f"/pusat?kecamatan={MENTENG}" in links


def test_the_public_page_switches_between_members_and_centres(mawar: Group) -> None:
    by_members, by_centres = (page(Client().get(address)) for address in ("/", "/?menyala=pusat"))
    assert words(by_members.select_one(".lit-count")).startswith("0 dari 7.285")
    assert words(by_centres.select_one(".lit-count")).startswith("2 dari 7.285")
    for found, current in ((by_members, "/"), (by_centres, "/?menyala=pusat")):
        [chip] = found.select('.filters a[aria-current="true"]')
        assert chip["href"] == current
    assert by_centres.select_one('a[href="/pusat/cakupan"]') is not None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("per=kapan", 422),
        ("wilayah=99", 404),
        ("wilayah=31.71.04.1001", 422),
        ("wilayah=%00", 404),
        ("wilayah=K:1", 404),
    ],
)
def test_a_strange_question_is_answered_in_one_sentence(query: str, status: int) -> None:
    answer = Client().get(f"/pusat/cakupan?{query}")
    assert answer.status_code == status
    assert page(answer, status).select("[role=alert]")


def test_a_day_to_come_is_refused() -> None:
    ahead = latest_today() + timedelta(days=2)
    assert Client().get("/pusat/cakupan", {"per": ahead.isoformat()}).status_code == 422


@pytest.mark.parametrize("address", ["/pusat/cakupan", "/pusat/cakupan?wilayah=31.71", "/?menyala=pusat"])
def test_many_centres_cost_no_more_questions(address: str) -> None:
    group, made = active_group("Mawar", "31.71"), iter(range(1000))

    def grow(count: int) -> None:
        for _one in range(count):
            opened_centre(group, f"Titik {next(made):03d}")

    assert_constant_queries(lambda: Client().get(address), grow)
    assert CentrePeriod.objects.filter(state="open").count() == 30


def test_a_kecamatan_that_has_left_the_list_is_no_dot_that_is_lit(
    client: Client, mawar: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Tree(place for place in whole_tree().places.values() if place.code != SENEN)
    monkeypatch.setattr(territory, "tree", lambda: left)
    found = coverage_of(place_of(""), OPENED)
    assert (found.place.lit, found.place.centres, found.place.districts) == (1, 1, KECAMATAN - 1)
    assert found.counts == {MENTENG: 1}
    shown = page(client.get("/?menyala=pusat")).select_one(".lit-count")
    assert words(shown).startswith("1 dari 7.284")


def test_a_province_lists_every_kecamatan_without_a_centre_once_page_by_page(
    mawar: Group, client: Client
) -> None:
    """Jakarta has 44 kecamatan, West Java 627: more than one page."""
    address, seen = f"/pusat/cakupan?wilayah=32&per={date(2021, 1, 1):%Y-%m-%d}", []
    while address:
        found = page(client.get(address))
        seen += [one["href"].rpartition("=")[2] for one in found.select("#tanpa-pusat li a")]
        further = found.select_one("#tanpa-pusat > p > a")
        address = f"/pusat/cakupan{further['href'].partition('#')[0]}" if further else ""
    assert len(seen) == len(set(seen)) == 626
    assert COBLONG not in seen


def test_a_whole_province_that_is_covered_and_strange_addresses_show_no_list(client: Client) -> None:
    assert page(client.get("/pusat/cakupan")).select_one("#tanpa-pusat") is None
    assert page(client.get("/pusat/cakupan?wilayah=31.71")).select_one("#tanpa-pusat") is None
    assert page(client.get("/pusat/cakupan?wilayah=31&sesudah=%00zz")).select_one("#tanpa-pusat") is not None
