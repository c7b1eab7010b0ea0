"""Who has stood how long before which stage: every number explained, and led to its people."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from okoce.dashboards.tests.movement import komunitas, people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline import positions, tallies
from tests.cast import COBLONG, SENEN, officer
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries, statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MOST_QUERIES = 12


def ago(days: int) -> date:
    return today_wib() - timedelta(days)


@pytest.fixture
def waiting(db: None) -> None:
    people(2, {1: ago(10)})
    people(3, {1: ago(400), 2: ago(100)}, reason="zone")
    people(1, {stage: ago(200) for stage in range(1, 8)})
    people(4, {1: ago(181)}, region=COBLONG)


def test_counts_each_person_once_behind_her_furthest_stage(desk: Desk, citra: Actor, waiting: None) -> None:
    answer = desk(citra).get("/anggota/menunggu")
    rows = rows_of(answer)
    assert rows[0][:6] == ["P2 sesudah P1", "2", "0", "0", "4", "6"]
    assert rows[1][:6] == ["P3 sesudah P2", "0", "0", "3", "0", "3"]
    assert rows[1][7] == "Zona tempat usaha tidak sesuai"
    assert "9 orang menunggu, 4 di antaranya lebih dari 180 hari" in words(page(answer).main)


def test_says_what_is_counted_and_of_which_day(desk: Desk, citra: Actor, waiting: None) -> None:
    text = words(page(desk(citra).get("/anggota/menunggu")).main)
    assert "Alasan terbanyak yang diketahui" in text
    assert "Tiap orang dihitung sekali" in text
    assert "Definisi versi 1" in text


def test_each_number_leads_to_so_many_people(desk: Desk, citra: Actor, waiting: None) -> None:
    browser = desk(citra)
    for link in page(browser.get("/anggota/menunggu")).select("main tbody td.n a"):
        assert len(rows_of(browser.get(str(link["href"])))) == int(words(link)), link["href"]


@pytest.mark.parametrize(
    ("node", "first"),
    [("", [2, 0, 0, 4]), ("31", [2, 0, 0, 0]), ("32.73", [0, 0, 0, 4]), (COBLONG, [0, 0, 0, 4])],
)
def test_a_place_of_any_width_counts_its_own_folded_or_not(
    node: str, first: list[int], waiting: None
) -> None:
    assert list(tallies.waiting_times(node, today_wib()).stages[1]) == first
    positions.fold()
    assert list(tallies.waiting_times(node, today_wib()).stages[1]) == first


def test_a_komunitas_counts_its_own(waiting: None) -> None:
    mawar = komunitas("Mawar")
    people(2, {1: ago(31)}, group=mawar)
    assert list(tallies.waiting_times(tallies.group_node(mawar.pk), today_wib()).stages[1]) == [0, 2, 0, 0]


def test_begins_in_the_officers_own_place_and_stays_out_of_a_strangers(
    desk: Desk, ani: Actor, waiting: None
) -> None:
    browser = desk(ani)
    assert "5 orang menunggu" in words(page(browser.get("/anggota/menunggu")).main)
    assert browser.get(f"/anggota/menunggu?wilayah={COBLONG}").status_code == 404


def test_costs_the_same_for_thirty_as_for_three(desk: Desk, citra: Actor) -> None:
    browser = desk(citra)
    assert_constant_queries(
        lambda: browser.get("/anggota/menunggu"), lambda more: people(more, {1: ago(5), 2: ago(3)})
    )
    assert len(statements(lambda: browser.get(f"/anggota/menunggu?wilayah={SENEN}"))) <= MOST_QUERIES


def test_somebody_with_two_places_begins_at_a_choice_of_them(desk: Desk, waiting: None) -> None:
    both = officer("x", "petugas_kecamatan", Scope(region=SENEN), 31)
    other = officer("x", "petugas_kecamatan", Scope(region=COBLONG), 31)
    browser = desk(Actor(both.label, 31, both.grants + other.grants))
    links = [str(link["href"]) for link in page(browser.get("/anggota/menunggu")).select("main a")]
    assert links == [
        f"/anggota/menunggu?wilayah={SENEN}",
        f"/anggota/menunggu?wilayah={COBLONG}",
        "/anggota/menunggu?wilayah=",
    ]
    told = [words(page(browser.get(link)).main) for link in links]
    for sentence, shown in zip(("5 orang", "4 orang", "9 orang"), told, strict=True):
        assert f"{sentence} menunggu" in shown
