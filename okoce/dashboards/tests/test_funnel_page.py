"""The funnel and the public page in a browser: the same numbers as everywhere, and words for what cannot be meant."""

from collections.abc import Callable
from datetime import date, timedelta

import brotli
import pytest
from django.test import Client

from okoce.dashboards.funnel import officer_funnel, public_funnel
from okoce.dashboards.tests.movement import SPRING, komunitas, people
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import day_in_words, latest_today, today_wib
from okoce.foundation.web.numbers import count_text
from tests.cast import COBLONG, SENEN, officer
from tests.pages import funnel_counts, page, refusal, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
APRIL, LATER = date(2018, 4, 1), date(2018, 12, 31)


@pytest.fixture
def movement() -> None:
    people(7, {1: SPRING, 2: APRIL}, sex="female")
    people(3, {1: SPRING, 2: APRIL, 4: APRIL})
    people(2, {1: SPRING}, reason="no_time")
    people(6, {1: SPRING}, region=COBLONG)
    people(1, {1: SPRING}, region=COBLONG, reason="no_time")


def told(funnel) -> list[str]:
    return [count_text(stage.count) if stage.count is not None else "<5" for stage in funnel.stages]


def test_the_public_page_shows_the_nation_as_at_today(client: Client, movement: None) -> None:
    answer = client.get("/")
    assert funnel_counts(answer) == told(public_funnel()) == ["19", "10", "0", "3", "0", "0", "0"]
    shown = page(answer)
    lit = shown.select_one(".lit-count data")
    assert lit is not None
    assert lit["value"] == "2"
    assert not [script for script in shown.select("script[src]") if "htmx" in str(script["src"])]
    assert shown.html is not None
    assert shown.html["lang"] == "id"


def test_the_public_page_travels_as_brotli_and_an_officers_copy_padded_as_gzip(
    client: Client, desk: Desk, ani: Actor, movement: None
) -> None:
    browser = {"accept-encoding": "gzip, deflate, br"}
    client.get("/")  # from now on it names its stylesheet
    answer = client.get("/", headers=browser)
    assert answer["Content-Encoding"] == "br"
    assert brotli.decompress(answer.content) == client.get("/").content
    assert desk(ani).get("/", headers=browser)["Content-Encoding"] == "gzip"


def test_an_empty_movement_has_pages_too(client: Client) -> None:
    assert funnel_counts(client.get("/")) == ["0"] * 7
    assert funnel_counts(client.get("/corong")) == ["0"] * 7


@pytest.mark.parametrize("scope", ["", "31", "31.71", "32.73"])
@pytest.mark.parametrize("day", [SPRING - timedelta(days=1), SPRING, LATER])
def test_everybody_reads_the_same_exact_funnel_down_to_the_kabupaten(
    client: Client, desk: Desk, budi: Actor, movement: None, scope: str, day: date
) -> None:
    address = f"/corong?wilayah={scope}&per={day.isoformat()}"
    exact = told(public_funnel(scope, day))
    assert funnel_counts(client.get(address)) == exact
    assert funnel_counts(desk(budi).get(address)) == exact == told(officer_funnel(budi, scope, day))


def test_each_figure_stands_with_its_numerator_denominator_day_and_definition(
    client: Client, movement: None
) -> None:
    shown = page(client.get("/corong?wilayah=31&per=2018-12-31"))
    second = shown.select("ol.funnel > li")[1]
    assert "10 / 12" in words(second)
    assert "DKI Jakarta · per 31 Desember 2018 · dihitung dari catatan" in words(shown.h1.find_next("p"))  # type: ignore[union-attr]  # a page has a heading
    definitions = words(shown.select_one("details.explain"))
    for code in ("P1", "P2", "P3", "P4", "P5", "P6", "P7"):
        assert code in definitions
    assert "Definisi versi 1" in definitions


def test_who_reads_english_reads_the_definitions_in_english(client: Client, movement: None) -> None:
    client.get("/bahasa/en")
    for address in ("/corong", "/"):
        told = words(page(client.get(address)).main)
        assert "Counted by where they lived" in told
        assert "Dihitung menurut" not in told


def test_the_reasons_on_the_page_add_up_to_the_loss(client: Client, movement: None) -> None:
    shown = page(client.get("/corong?wilayah=31&per=2018-12-31&tahap=2"))
    assert "Dari 12 orang yang menyelesaikan P1, 2 belum menyelesaikan P2." in words(
        shown.select_one("#mengapa")
    )
    assert [words(value) for value in shown.select("#mengapa .reasons .num")] == ["2"]
    assert "Jumlah semua alasan = 2." in words(shown.select_one("#mengapa"))


def test_in_a_kecamatan_only_its_officers_see_small_numbers_and_the_open_month(
    client: Client, desk: Desk, ani: Actor, budi: Actor, movement: None
) -> None:
    address = f"/corong?wilayah={SENEN}&per=2018-04-15"
    exact = ["12", "10", "0", "3", "0", "0", "0"]
    assert funnel_counts(desk(ani).get(address)) == exact
    as_public = ["12", "0", "0", "0", "0", "0", "0"]  # as at the end of March
    assert funnel_counts(client.get(address)) == as_public
    assert funnel_counts(desk(budi).get(address)) == as_public
    assert funnel_counts(client.get(f"/corong?wilayah={SENEN}&per=2018-05-15"))[3] == "<5"


def test_the_way_to_the_people_is_shown_to_officers_only(
    client: Client, desk: Desk, ani: Actor, budi: Actor, movement: None
) -> None:
    address = f"/corong?wilayah={SENEN}&per=2018-12-31&tahap=2"
    listed = f"/belum-lanjut?wilayah={SENEN}&per=2018-12-31&tahap=2&alasan=no_time"
    links = [link["href"] for link in page(desk(ani).get(address)).select("#mengapa a")]
    assert links == [listed]
    for stranger in (client, desk(budi)):
        assert page(stranger.get(address)).select("#mengapa .reasons a") == []


def test_a_komunitas_is_shown_to_those_who_reach_it(
    client: Client, desk: Desk, ani: Actor, budi: Actor, dewi: Actor
) -> None:
    mawar = komunitas("Mawar")
    people(3, {1: SPRING}, group=mawar)
    people(2, {1: SPRING})
    address = f"/corong?komunitas={mawar.pk}&per=2018-12-31"
    eko = officer("eko", "penggerak", Scope(group_id=mawar.pk), 5)
    for reader in (ani, eko, dewi):
        assert funnel_counts(desk(reader).get(address))[0] == "3"
    for stranger in (client, desk(budi)):
        assert "omunitas" in refusal(stranger.get(address), 404)


@pytest.mark.parametrize("path", ["/corong", "/belum-lanjut"])
@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("per=kemarin", 422, "“kemarin” tidak terbaca"),
        ("per=2018-02-30", 422, "2018-02-30"),
        ("per=2018-13-01", 422, "2018-13-01"),
        ("per=2018-12-31%00", 422, "tidak terbaca"),
        ("per=9999-12-31", 422, ""),
        ("wilayah=99", 404, "Wilayah dengan kode 99 tidak ada"),
        ("wilayah=31.99", 404, "31.99"),
        ("wilayah=jakarta", 422, "DKI Jakarta"),
        ("wilayah=31%00", 404, ""),
        ("wilayah=%27%20OR%201%3D1--", 404, ""),
        ("wilayah=" + "3" * 5000, 404, ""),
        ("wilayah=K:1", 404, ""),
        ("wilayah=31.71.04.1001", 422, "Pakai kode kecamatannya: 31.71.04"),
        ("wilayah=3171041001", 422, "Pakai kode kecamatannya: 31.71.04"),
        ("komunitas=satu", 422, "bukan bilangan"),
        ("komunitas=-1", 422, "bukan bilangan"),
        ("komunitas=9999999", 404, "omunitas"),
        ("komunitas=" + "9" * 18, 404, "omunitas"),
        ("komunitas=" + "9" * 30, 422, "bukan bilangan"),
        ("tahap=1", 422, "Pilih P2 sampai P7"),
        ("tahap=P8", 422, "Pilih P2 sampai P7"),
        ("tahap=x", 422, "bukan bilangan"),
        ("alasan=malas", 422, "“malas” tidak dikenal"),
    ],
)
def test_what_cannot_be_meant_is_answered_with_one_clear_sentence(
    desk: Desk, citra: Actor, path: str, query: str, status: int, says: str
) -> None:
    sentence = refusal(desk(citra).get(f"{path}?{query}"), status)
    assert says in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("per=kemarin", 422),
        ("per=2018-02-30", 422),
        ("wilayah=99", 404),
        ("wilayah=31.71.04.1001", 422),
        ("wilayah=31%00", 404),
        ("komunitas=1", 404),
        ("tahap=9", 422),
    ],
)
def test_the_public_gets_the_same_clear_words(client: Client, query: str, status: int) -> None:
    assert refusal(client.get(f"/corong?{query}"), status).endswith(".")


def test_a_day_to_come_is_refused_with_the_latest_that_can_be_asked(client: Client) -> None:
    tomorrow = latest_today() + timedelta(days=1)
    sentence = refusal(client.get(f"/corong?per={tomorrow.isoformat()}"), 422)
    assert day_in_words(tomorrow) in sentence
    assert day_in_words(today_wib()) in sentence


@pytest.mark.parametrize("day", ["0001-01-01", "1-1-1", "1000-01-01", "1950-06-01"])
@pytest.mark.parametrize("scope", ["", "31", SENEN])
def test_a_day_long_before_anybody_came_counts_nobody(client: Client, day: str, scope: str) -> None:
    answer = client.get(f"/corong?wilayah={scope}&per={day}")
    if answer.status_code == 422:
        assert refusal(answer, 422)
    else:
        assert funnel_counts(answer) == ["0"] * 7


@pytest.mark.parametrize("written", ["31.71", "3171", "31-71", "31 71"])
def test_codes_in_usual_spellings_are_understood(client: Client, movement: None, written: str) -> None:
    answer = client.get("/corong", {"wilayah": written, "per": "31-12-2018"})
    assert funnel_counts(answer)[0] == "12"
    assert "wilayah=31.71" in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/corong", "/anggota", "/belum-lanjut"])
def test_reading_pages_cannot_be_written_to(desk: Desk, citra: Actor, path: str) -> None:
    assert desk(citra).post(path).status_code == 405


@pytest.mark.parametrize(
    "address", ["/", "/corong", "/corong?wilayah=31&per=2018-12-31", f"/corong?wilayah={SENEN}"]
)
def test_a_funnel_asks_as_often_for_thirty_people_as_for_three(client: Client, address: str) -> None:
    assert_constant_queries(
        lambda: client.get(address), lambda more: people(more, {1: SPRING}, reason="no_time")
    )


def test_the_funnel_of_an_officer_asks_as_often_for_thirty_people(desk: Desk, ani: Actor) -> None:
    browser = desk(ani)
    assert_constant_queries(
        lambda: browser.get(f"/corong?wilayah={SENEN}"),
        lambda more: people(more, {1: SPRING}, reason="no_time"),
    )
