"""Whoever is searched for by a word of her name: the pages, "all", the file and the API are one and the same set."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.models import Export
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.dashboards.people.batches import chosen_in
from okoce.dashboards.people.sheet import rows_for
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.queries import actor_for_user
from okoce.pipeline.queries import people as queries
from okoce.pipeline.states import Stage
from okoce.pipeline.tests.factories import registered, walked_to
from tests.callers import MEMBERS, citras_program
from tests.cast import COBLONG, account_of
from tests.pages import next_page, page, rows_of, words
from tests.query_counts import assert_constant_queries, statements

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
MOST_QUERIES = 12
WHY = "Mengundang peserta pelatihan"
# nobody begins with it, sixty-odd hold it
ASKED = "q=rahayu"


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def crowd() -> list[Member]:
    """Seventy who hold the word, six of whom begin with it, two of whom have no stage; and others."""
    found = [registered(name=f"Siti {'Rahayu' if number % 2 else 'Nur Rahayuning'}") for number in range(60)]
    found += [registered(name="Rahayu Siti") for _number in range(6)]
    found += [walked_to(7, name="Dewi Rahayu") for _number in range(2)]
    found += [member_with(name="Tanpa Rahayu") for _number in range(2)]
    registered(name="Siti Aminah")
    registered(name="Siti Rahayu", region=COBLONG)
    return sorted(found, key=lambda one: (not one.name_key.startswith("rahayu"), one.name_key, one.pk))


def shown(browser: Client, query: str) -> list[str]:
    """The numbers of all pages."""
    numbers, address = [], f"/anggota?{query}"
    while address:
        answer = browser.get(address)
        numbers += [row[1] for row in rows_of(answer)]
        address = next_page(answer)
    return numbers


def heading(answer: object) -> str:
    return words(page(answer).select_one("#h-list"))


@pytest.mark.parametrize("query", [ASKED, f"{ASKED}&urut=lama"])
def test_pages_go_on_to_the_last(desk: Desk, ani: Actor, crowd: list[Member], query: str) -> None:
    browser = desk(ani)
    assert shown(browser, query) == [member.number for member in crowd]
    first = browser.get(f"/anggota?{query}")
    assert heading(first) == "50 orang di halaman ini"
    assert heading(browser.get(next_page(first))) == "20 orang di halaman ini"


def test_a_page_of_all_says_how_many_they_are(desk: Desk, ani: Actor, crowd: list[Member]) -> None:
    assert heading(desk(ani).get("/anggota?q=dewi+rahayu")) == "2 orang"
    assert heading(desk(ani).get(f"/anggota?{ASKED}&tahap=7")) == "2 orang"
    assert len(crowd) == 70


@pytest.mark.parametrize("sorted_at_most", [20_000, 5])
def test_filters_beside_a_word_leave_the_same_set_everywhere(
    desk: Desk, ani: Actor, crowd: list[Member], sorted_at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_SORTED", sorted_at_most)
    at_first = [one for one in crowd if one.name_key.split()[0] in {"siti", "rahayu"}]
    numbers = [member.number for member in at_first]
    assert shown(desk(ani), f"{ASKED}&tahap=1") == numbers
    assert shown(desk(ani), "q=rahayu siti&tahap=1") == numbers
    assert [row[0] for row in rows_of(desk(ani).get(f"/anggota?{ASKED}&tahap=7"))] == ["Dewi Rahayu"] * 2


def everybody(actor: Actor, query: str) -> list[int]:
    posted = QueryDict(mutable=True)
    posted.update({"semua": "1", "saringan": query})
    return list(chosen_in(actor, posted).ids)


@pytest.mark.parametrize(
    "query", [ASKED, f"{ASKED}&urut=lama", f"{ASKED}&tahap=1", "q=rahayu+siti&tahap=1&urut=lama"]
)
def test_all_the_file_and_the_pages_are_the_same_people(
    desk: Desk, ani: Actor, crowd: list[Member], query: str
) -> None:
    actor = actor_for_user(account_of(ani))
    numbers = shown(desk(ani), query)
    assert len(numbers) > 60
    by_number = {member.number: member.pk for member in crowd}
    assert everybody(ani, query) == [by_number[number] for number in numbers]
    export = ask_export(actor, query, "csv", "pencarian", WHY)
    exporting.make(export.pk)
    export.refresh_from_db()
    assert (export.state, export.done, export.is_cut) == ("done", len(numbers), False)
    assert len(list(rows_for(actor, [by_number[number] for number in numbers]))) == export.done


def test_a_program_reads_all_of_them_page_by_page(crowd: list[Member]) -> None:
    caller, numbers, cursor = citras_program(), [], ""
    while True:
        told = caller.get(f"{MEMBERS}?q=rahayu&scope=31&limit=9&cursor={cursor}").json()
        numbers += [item["number"] for item in told["items"]]
        assert told["similar"] is False
        if told["next"] is None:
            break
        cursor = told["next"]
    assert numbers == [member.number for member in crowd]


class TestSimilarNames:
    def test_are_called_so_and_offer_no_all(self, desk: Desk, ani: Actor, crowd: list[Member]) -> None:
        answer = desk(ani).get("/anggota?q=siti+rahaju")
        main = page(answer).main
        assert heading(answer).endswith(" orang dengan nama yang mirip")
        assert "Yang tampil hanya nama yang paling mirip" in words(main)
        assert not main.select("input[name=semua]")
        assert "Sebagai berkas: yang dicentang." in words(main)
        assert not next_page(answer)
        assert page(desk(ani).get("/anggota?q=siti+raha")).main.select("input[name=semua]")

    @pytest.mark.parametrize("query", ["q=siti+rahaju", "q=siti+rahaju&tahap=1"])
    def test_are_not_taken_as_all(self, desk: Desk, ani: Actor, crowd: list[Member], query: str) -> None:
        posted = {"semua": "1", "tindakan": "alasan", "saringan": query}
        answer = desk(ani).post("/anggota/pilihan", posted)
        assert answer.status_code == 422
        assert "yang tampil hanya nama yang mirip" in answer.content.decode()

    @pytest.mark.parametrize("query", ["q=siti+rahaju", "q=siti+rahaju&tahap=1", "q=siti+rahaju&sesudah=x"])
    def test_make_no_file_but_of_those_who_are_ticked(
        self, desk: Desk, ani: Actor, crowd: list[Member], query: str
    ) -> None:
        browser = desk(ani)
        posted = {"berkas": "csv", "alasan": WHY, "saringan": query}
        told = browser.post("/anggota/unduh", posted, follow=True)
        assert "yang tampil hanya nama yang mirip" in words(page(told).main)
        assert not Export.objects.exists()
        browser.post("/anggota/unduh", posted | {"orang": crowd[0].number})
        assert Export.objects.get().chosen == [crowd[0].pk]

    def test_make_no_file_either_where_the_right_ones_went_meanwhile(self, ani: Actor) -> None:
        registered(name="Siti Rahayu")
        last = registered(name="Siti Rahaju")
        export = ask_export(actor_for_user(account_of(ani)), "q=rahaju", "csv", "pencarian", WHY)
        Member.objects.filter(pk=last.pk).update(name="Siti Rahayu", name_key="siti rahayu")
        exporting.make(export.pk)
        export.refresh_from_db()
        assert export.state in {"failed", "done"}
        assert export.done == 0

    def test_are_told_to_a_program(self, crowd: list[Member]) -> None:
        told = citras_program().get(f"{MEMBERS}?q=siti+rahaju").json()
        assert told["items"]
        assert (told["next"], told["similar"]) == (None, True)


@pytest.mark.parametrize("query", [ASKED, f"{ASKED}&tahap=1&macet=unknown", "q=siti+rahayu", "q=siti"])
@pytest.mark.parametrize("sorted_at_most", [20_000, 0])
def test_a_search_costs_the_same_for_thirty_as_for_three_and_at_most_twelve(
    desk: Desk, citra: Actor, query: str, sorted_at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_SORTED", sorted_at_most)
    browser = desk(citra)

    def grow(more: int) -> None:
        for _number in range(more):
            registered(name="Siti Rahayu")

    assert_constant_queries(lambda: browser.get(f"/anggota?{query}"), grow)
    grow(40)
    first = browser.get(f"/anggota?{query}")
    for address in (f"/anggota?{query}", next_page(first)):
        assert len(statements(lambda address=address: browser.get(address))) <= MOST_QUERIES  # type: ignore[misc]  # called at once


def test_who_has_come_to_the_end_is_found_too(desk: Desk, ani: Actor) -> None:
    """The oldest first are without whoever waits for nothing; a search is in order of name, whatever was asked before."""
    done = walked_to(7, name="Siti Rahayu")
    assert Stage.P7_FINANCING == 7
    for query in ("q=rahayu&urut=lama", "q=rahayu&urut=lama&tahap=7"):
        assert shown(desk(ani), query) == [done.number]
        assert everybody(ani, query) == [done.pk]
