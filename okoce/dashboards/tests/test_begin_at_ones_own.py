"""The desk opens on the officer's own scope, and a figure that is wider than what she reads says so on its list."""

from collections.abc import Callable

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.dashboards.tests.movement import SPRING, people
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import Scope
from tests.cast import COBLONG, SENEN
from tests.pages import funnel_counts, page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def head() -> Actor:
    """Who leads the komunitas Mawar, which has two members of many."""
    group = active_group("Mawar")
    people(2, {1: SPRING}, group=group)
    people(9, {1: SPRING}, region=COBLONG)
    return Actor(label="head", user_id=9, grants=(Grant("penggerak", Scope(group_id=group.pk)),))


def test_who_leads_a_komunitas_begins_at_it(desk: Desk, head: Actor) -> None:
    answer = desk(head).get("/corong")
    assert funnel_counts(answer)[0] == "2"
    assert "Mawar" in page(answer).title.text
    assert funnel_counts(desk(head).get("/corong?wilayah="))[0] == "11"


def test_a_kecamatan_officer_begins_at_the_kecamatan_and_who_reads_all_at_the_nation(
    desk: Desk, ani: Actor, citra: Actor, head: Actor, client: Client
) -> None:
    assert "Senen" in page(desk(ani).get("/corong")).title.text
    assert funnel_counts(desk(citra).get("/corong"))[0] == "11"
    assert funnel_counts(client.get("/corong"))[0] == "11"


def test_who_serves_at_several_places_begins_at_a_choice_of_them(desk: Desk, head: Actor) -> None:
    group_id = head.grants[0].scope.group_id
    places = [Scope(region=SENEN), Scope(region=COBLONG), Scope(group_id=group_id)]
    roles = ["petugas_kecamatan", "petugas_kecamatan", "penggerak"]
    grants = tuple(Grant(role, scope) for role, scope in zip(roles, places, strict=True))
    browser = desk(Actor(label="both", user_id=12, grants=grants))
    shown = page(browser.get("/corong"))
    offered = {link["href"]: words(link) for link in shown.select("main .list a")}
    assert list(offered) == [
        f"/corong?wilayah={SENEN}",
        f"/corong?wilayah={COBLONG}",
        f"/corong?komunitas={group_id}",
    ]
    assert "Senen" in offered[f"/corong?wilayah={SENEN}"]
    assert "Mawar" in offered[f"/corong?komunitas={group_id}"]
    assert [funnel_counts(browser.get(address))[0] for address in offered] == ["2", "9", "2"]
    assert funnel_counts(browser.get("/corong?wilayah="))[0] == "11"


def test_a_place_within_another_of_hers_is_no_choice(desk: Desk, head: Actor) -> None:
    grants = (
        Grant("petugas_kecamatan", Scope(region=SENEN)),
        Grant("petugas_kecamatan", Scope(region=SENEN[:5])),
    )
    shown = page(desk(Actor(label="both", user_id=12, grants=grants)).get("/corong"))
    assert "Jakarta Pusat" in shown.title.text


def test_the_list_behind_a_wider_figure_says_how_many_the_reader_sees(desk: Desk, head: Actor) -> None:
    words = page(desk(head).get("/belum-lanjut?wilayah=&tahap=2&alasan=unknown")).text
    assert "Anda hanya melihat orang dalam wilayah tugas Anda: 2 dari 11." in words


def test_how_many_of_a_komunitas_live_in_a_part_of_the_nation_is_not_guessed(desk: Desk, head: Actor) -> None:
    words = page(desk(head).get(f"/belum-lanjut?wilayah={COBLONG[:5]}&tahap=2&alasan=unknown")).text
    assert "Anda hanya melihat orang dalam wilayah tugas Anda: sebagian dari 9." in words


def test_an_empty_list_behind_a_wider_figure_does_not_say_that_all_went_on(desk: Desk, ani: Actor) -> None:
    people(3, {1: SPRING}, region=COBLONG)
    words = page(desk(ani).get("/belum-lanjut?wilayah=&tahap=2")).text
    assert "0 dari 3" in words
    assert "Semua sudah lanjut" not in words


def test_who_reads_the_whole_place_is_told_nothing_of_a_part(desk: Desk, ani: Actor) -> None:
    people(3, {1: SPRING})
    assert "Anda hanya melihat" not in page(desk(ani).get(f"/belum-lanjut?wilayah={SENEN}&tahap=2")).text
