"""The list of people under every filter: whom it finds, whom never, what it costs, and what it says of the number."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from okoce.dashboards.people import listing
from okoce.dashboards.tests.movement import komunitas, people
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.shared.days import today_wib
from okoce.pipeline import positions
from okoce.pipeline.queries import people as queries
from okoce.pipeline.tests.factories import registered, walked_to
from tests.cast import COBLONG, KEBAYORAN_BARU, SENEN
from tests.pages import next_page, page, rows_of, words
from tests.query_counts import assert_constant_queries, statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MOST_QUERIES = 12
FILTERED = [
    "",
    "urut=lama",
    "tahap=1",
    "tahap=1&urut=lama",
    "macet=zone&wilayah=31.71",
    "umur=180-&usaha=none&urut=lama",
    "umur=180-&usaha=none&wilayah=31&tahap=1&macet=zone",
    "komunitas=Mawar&wilayah=31&urut=lama&tahap=1",
    "q=siti&tahap=1&macet=zone",
]


def names(answer: object) -> list[str]:
    return [row[0] for row in rows_of(answer)]


def count(answer: object) -> str:
    return words(page(answer).select_one("#h-list"))


def test_a_name_of_a_place_leads_to_its_code(desk: Desk, citra: Actor) -> None:
    led = desk(citra).get("/anggota", {"wilayah": "Kota Jakarta Pusat", "tahap": "1"})
    assert led["Location"] == "/anggota?wilayah=31.71&tahap=1"


def test_a_name_of_several_places_offers_them(desk: Desk, citra: Actor) -> None:
    shown = page(desk(citra).get("/anggota", {"wilayah": "bandung"}), 422)
    offered = [words(link) for link in shown.select("main nav.card a")]
    assert len(offered) > 1
    assert "Bandung" in offered[0]


def test_a_name_that_only_resembles_a_place_is_offered_and_not_taken(desk: Desk, citra: Actor) -> None:
    shown = page(desk(citra).get("/anggota", {"wilayah": "Senenn"}), 422)
    assert "Senen, Kota Jakarta Pusat, DKI Jakarta" in [
        words(link) for link in shown.select("main nav.card a")
    ]


@pytest.mark.parametrize("code", ["99", "31.99", "31.71.99", "31.71.04.9999", "3", "319999"])
def test_a_code_that_no_place_has_is_told_beside_its_field(desk: Desk, citra: Actor, code: str) -> None:
    shown = page(desk(citra).get("/anggota", {"wilayah": code}), 422)
    assert words(shown.select_one("#id_wilayah_error")) == (
        f"Wilayah dengan kode “{code}” tidak ada. Periksa kodenya, atau tulis nama tempatnya."
    )
    assert "Periksa ejaan nama atau nomornya" not in words(shown.main)


def test_places_around_the_readers_own_are_offered_first(desk: Desk, budi: Actor) -> None:
    shown = page(desk(budi).get("/anggota", {"wilayah": "sukajdi"}), 422)
    offered = [words(link) for link in shown.select("main nav.card a")]
    assert offered[0] == "Sukajadi, Kota Bandung, Jawa Barat"
    assert len(offered) == len(set(offered))


def test_a_place_is_picked_step_by_step_without_script(desk: Desk, citra: Actor) -> None:
    shown = page(desk(citra).get("/anggota?wilayah=31&tahap=2"))
    below = {words(link): str(link["href"]) for link in shown.select("nav.filters-wrap a")}
    assert below["Kota Jakarta Pusat"] == "/anggota?wilayah=31.71&tahap=2"


def test_a_picked_place_takes_the_place_of_the_one_before_and_of_nothing_else(
    desk: Desk, citra: Actor
) -> None:
    asked = {"q": "wilayah=31&x", "wilayah": "31", "tahap": "2", "sesudah": ""}
    shown = page(desk(citra).get("/anggota", asked))
    below = {words(link): str(link["href"]) for link in shown.select("nav.filters-wrap a")}
    assert below["Kota Jakarta Pusat"] == "/anggota?q=wilayah%3D31%26x&wilayah=31.71&tahap=2"
    assert below["Kota Jakarta Utara"] == "/anggota?q=wilayah%3D31%26x&wilayah=31.72&tahap=2"


def test_each_filter_that_holds_can_be_taken_away(desk: Desk, citra: Actor) -> None:
    shown = page(desk(citra).get("/anggota?wilayah=31&tahap=2&macet=zone"))
    taken = {words(link): str(link["href"]) for link in shown.select("nav.filters a[aria-current]")}
    assert taken["P2 Pelatihan: hapus"] == "/anggota?wilayah=31&macet=zone"
    assert taken["DKI Jakarta: hapus"] == "/anggota?wilayah=&tahap=2&macet=zone"


def test_the_longest_waiting_come_first_and_pages_lose_and_repeat_nobody(desk: Desk, ani: Actor) -> None:
    for days in range(60):
        people(1, {1: today_wib() - timedelta(days % 20)})
    browser, seen, address = desk(ani), [], "/anggota?urut=lama"
    for _page in range(2):
        answer = browser.get(address)
        seen += [(row[1], int(row[5])) for row in rows_of(answer)]
        address = next_page(answer)
    assert address == ""
    assert len({number for number, _days in seen}) == len(seen) == 60
    assert [days for _number, days in seen] == sorted((days for _number, days in seen), reverse=True)


def test_names_are_walked_and_sorted_to_the_same_list(
    desk: Desk, citra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        registered(name=f"Orang {number * 37 % 70:02d}", region=(SENEN, COBLONG)[number % 2])
        walked_to(2, name=f"Lanjut {number}") if number < 5 else None
    browser = desk(citra)

    def everybody() -> list[str]:
        first = browser.get("/anggota?tahap=1")
        return names(first) + names(browser.get(next_page(first)))

    in_memory = everybody()
    monkeypatch.setattr(queries, "MOST_SORTED", 3)
    assert everybody() == in_memory == sorted(in_memory)
    assert len(in_memory) == 70


def test_the_business_at_entry_and_the_time_at_a_stage_narrow(desk: Desk, citra: Actor) -> None:
    people(1, {1: today_wib() - timedelta(31)}, entry="trading")
    people(2, {1: today_wib() - timedelta(30)})
    browser = desk(citra)
    assert len(names(browser.get("/anggota?usaha=trading"))) == 1
    assert len(names(browser.get("/anggota?umur=30-"))) == 1
    assert len(names(browser.get("/anggota?umur=0-30"))) == 2
    assert len(names(browser.get("/anggota?umur=31-90&usaha=none"))) == 0


def test_a_komunitas_is_named_as_people_know_it(desk: Desk, citra: Actor) -> None:
    people(2, {1: today_wib()}, group=komunitas("Mawar"))
    people(3, {1: today_wib()})
    browser = desk(citra)
    assert len(names(browser.get("/anggota?komunitas=mawar"))) == 2
    assert len(names(browser.get("/anggota?komunitas=MAWAR&wilayah=32"))) == 0
    assert "tidak ada dalam wilayah tugas Anda" in words(
        page(browser.get("/anggota?komunitas=Kenanga"), 422).main
    )


def test_the_count_is_exact_up_to_a_thousand_and_says_so_above(
    desk: Desk, citra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(4, {1: today_wib()})
    browser = desk(citra)
    assert count(browser.get("/anggota?tahap=1")) == "4 orang"
    monkeypatch.setattr(queries, "MOST_COUNTED", 3)
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    assert count(browser.get("/anggota?tahap=1")) == "3+ orang"


@pytest.mark.parametrize("query", FILTERED)
def test_two_grants_show_their_two_parts_and_nobody_else(desk: Desk, query: str) -> None:
    mawar = komunitas("Mawar")
    since = today_wib() - timedelta(400)
    near = people(1, {1: since}, region=SENEN, reason="zone")
    grouped = people(1, {1: since}, region=KEBAYORAN_BARU, reason="zone", group=mawar)
    both_ways = people(1, {1: since}, region=SENEN, reason="zone", group=mawar)
    people(1, {1: since}, region=COBLONG, reason="zone")
    people(1, {1: since}, region=KEBAYORAN_BARU, reason="zone")
    grants = Grant("pelatih", Scope(region=SENEN)), Grant("penggerak", Scope(group_id=mawar.pk))
    shown = {row[1] for row in rows_of(desk(Actor("user:1", 1, grants)).get(f"/anggota?{query}"))}
    expected = {member.number for member in (*near, *grouped, *both_ways)}
    if "komunitas" in query:
        expected -= {near[0].number}
    if "wilayah=31.71" in query:
        expected -= {grouped[0].number}
    assert shown == expected


@pytest.mark.parametrize("query", FILTERED)
def test_any_narrowing_costs_the_same_for_thirty_as_for_three_and_at_most_twelve(
    desk: Desk, ani: Actor, query: str
) -> None:
    browser, mawar = desk(ani), komunitas("Mawar")

    def grow(more: int) -> None:
        people(more, {1: today_wib() - timedelta(400)}, reason="zone", group=mawar)
        positions.place_all()

    assert_constant_queries(lambda: browser.get(f"/anggota?{query}"), grow)
    assert len(names(browser.get(f"/anggota?{query}"))) == 30
    assert len(statements(lambda: browser.get(f"/anggota?{query}"))) <= MOST_QUERIES


@pytest.mark.parametrize("role", [name for name, role in ROLES.items() if role.breadth is not Breadth.SELF])
def test_the_list_costs_nobody_more_than_twelve(desk: Desk, role: str) -> None:
    mawar = komunitas("Mawar")
    scopes = {
        Breadth.NATION: EVERYWHERE,
        Breadth.TERRITORY: Scope(region="31"),
        Breadth.GROUP: Scope(group_id=mawar.pk),
        Breadth.PARTNER: Scope(partner_id=1),
    }
    grant = Grant(role, scopes.get(ROLES[role].breadth, Scope(helper_user_id=1)))
    browser = desk(Actor("user:1", 1, (grant, Grant("pelatih", Scope(region=COBLONG)))))
    people(3, {1: today_wib() - timedelta(400)}, reason="zone", group=mawar)
    positions.place_all()
    browser.get("/anggota")
    assert len(statements(lambda: browser.get("/anggota"))) <= MOST_QUERIES


def test_a_name_is_not_looked_for_where_nobody_can_fit(desk: Desk, citra: Actor) -> None:
    people(2, {stage: today_wib() for stage in range(1, 8)})
    browser = desk(citra)
    browser.get("/anggota?q=sti&tahap=7")
    asked = statements(lambda: browser.get("/anggota?q=sti&tahap=7&macet=zone"))
    assert names(browser.get("/anggota?q=sti&tahap=7&macet=zone")) == []
    assert len(asked) < len(statements(lambda: browser.get("/anggota?q=sti&tahap=7")))
    assert page(browser.get("/anggota?q=sti&tahap=7&macet=zone&sesudah=x"), 422)


def test_a_list_that_is_behind_says_so(desk: Desk, citra: Actor) -> None:
    people(positions.FEW + 1, {1: today_wib()})
    browser = desk(citra)
    said = words(page(browser.get("/anggota?tahap=1")).main)
    # whatever the change was: a file of members, or a reason for many
    assert "Perubahan terbaru untuk banyak orang sedang disusun." in said
    positions.place_all()
    assert "sedang disusun" not in words(page(browser.get("/anggota?tahap=1")).main)


@pytest.mark.parametrize(("field", "most"), [("q", 100), ("wilayah", 60), ("komunitas", 100)])
def test_an_endless_filter_is_told_what_to_do_and_stays(
    desk: Desk, citra: Actor, field: str, most: int
) -> None:
    shown = page(desk(citra).get("/anggota", {field: "x" * 120}), 422)
    said = f"Isian ini terlalu panjang: 120 huruf dan angka. Ringkas sampai paling banyak {most}."
    assert words(shown.select_one(f"#id_{field}_error")) == said
    assert shown.select_one(f"#id_{field}")["value"] == "x" * 120
