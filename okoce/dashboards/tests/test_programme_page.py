"""The page of a programme: its places, its figures and its targets; and setting a target for it."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from okoce.foundation.access.actor import Actor
from okoce.pipeline.actions.targets import NewTarget, set_target
from okoce.pipeline.programmes import programme_node
from okoce.pipeline.rules import forget_rules
from okoce.pipeline.target_models import Target
from okoce.pipeline.tests.factories import registered
from okoce.pipeline.tests.rulings import as_if_decided
from tests.cast import COBLONG
from tests.pages import funnel_counts, page, refusal, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
IN_TIME = "/program/7-pas?per=2019-07-01"


@pytest.fixture(autouse=True)
def rules_read_anew() -> Iterator[None]:
    """What a test decided about rules is gone with it, also from this process."""
    forget_rules()
    yield
    forget_rules()


def target(
    citra: Actor, programme: str = "jaringan", value: int = 10, until: date = date(2099, 1, 1)
) -> Target:
    return set_target(
        citra,
        NewTarget(
            metric="members",
            node=programme_node(programme),
            from_on=date(2018, 1, 1),
            until_on=until,
            value=value,
            source="Keputusan uji",
        ),
    )


def test_everybody_reads_where_a_programme_holds_and_how_far_its_people_are(client: Client) -> None:
    registered()
    registered(region=COBLONG)
    answer = client.get(IN_TIME)
    assert funnel_counts(answer)[0] == "1"
    told = words(page(answer).main)
    assert "DKI Jakarta" in told
    assert "berlaku sampai dengan 31 Desember 2019" in told
    assert "Ketujuh tahap" in told
    elsewhere = words(page(client.get("/program/jaringan?per=2019-07-01")).main)
    assert "Indonesia, kecuali DKI Jakarta" in elsewhere


def test_a_programme_that_is_over_says_when_and_counts_nobody(client: Client) -> None:
    registered()
    answer = client.get("/program/7-pas")
    assert "terakhir berlaku pada 31 Desember 2019" in words(page(answer).main)
    assert funnel_counts(answer) == []


def test_a_programme_that_does_not_exist_and_a_day_that_has_not_come_are_refused(client: Client) -> None:
    assert "Program itu tidak ada" in refusal(client.get("/program/ngawur"), 404)
    assert client.get("/program/jaringan?per=2099-01-01").status_code == 422
    assert client.get("/program/jaringan?per=kapan").status_code == 422


def test_a_target_of_a_programme_stands_on_its_page_and_among_all(client: Client, citra: Actor) -> None:
    registered(region=COBLONG)
    target(citra)
    for address in ("/program/jaringan", "/target"):
        [line] = [
            one for one in page(client.get(address)).select(".targets > li") if "Keputusan uji" in words(one)
        ]
        assert "Program jaringan" in words(line)
        assert "1 dari 10" in words(line)
    link = page(client.get("/target")).select_one('.targets a[href="/program/jaringan"]')
    assert words(link) == "Program jaringan / fasilitas"
    assert "Semua program bersama" in words(page(client.get("/program/jaringan")))


def test_a_target_tells_that_its_programme_ended_before_it(client: Client, citra: Actor) -> None:
    registered()
    target(citra, "7-pas")
    told = words(page(client.get("/program/7-pas")).main)
    assert (
        "Program ini berakhir pada 31 Desember 2019, sebelum targetnya; target dinilai pada hari itu." in told
    )
    assert "Tidak tercapai" in told


def test_a_target_tells_the_former_name_and_that_places_changed(client: Client, citra: Actor) -> None:
    as_if_decided(programme="7-pas", name="7 TOP", region="32", from_on=date(2020, 1, 1))
    target(citra, "7-pas")
    told = words(page(client.get("/program/7-pas")).main)
    assert "Waktu target mulai, program ini bernama “7 PAS 2018”." in told
    assert "Tempatnya berubah sejak 1 Januari 2018" in told


def test_a_programme_of_one_kecamatan_shows_its_numbers_to_the_desk_of_the_nation_alone(
    client: Client, desk: Desk, citra: Actor, ani: Actor
) -> None:
    registered()
    as_if_decided(programme="kecil", name="Kecil", region="31.71.04", from_on=date(2018, 1, 1))
    target(citra, "kecil")
    for reader in (client, desk(ani)):
        answer = reader.get("/program/kecil")
        assert "Angkanya tidak ditampilkan untuk umum" in words(page(answer).main)
        assert funnel_counts(answer) == []
        assert page(answer).select(".targets > li") == []
        # the difference of the wider programme would tell the same number
        assert funnel_counts(reader.get("/program/jaringan")) == []
    answer = desk(citra).get("/program/kecil")
    assert funnel_counts(answer)[0] == "1"
    assert len(page(answer).select(".targets > li")) == 1


def test_the_secretariat_sets_a_target_of_a_programme_by_its_name(desk: Desk, citra: Actor) -> None:
    secretariat, before = desk(citra), Target.objects.count()
    form = {
        "metric": "members",
        "value": "1.000",
        "programme": "jaringan",
        "from_on": "2026-01-01",
        "until_on": "31-12-2027",
        "source": "Keputusan sekretariat",
    }
    twice = secretariat.post("/target/baru", {**form, "wilayah": "DKI Jakarta"})
    assert "Pilih satu lingkup saja" in words(page(twice, 422))
    unknown = secretariat.post("/target/baru", {**form, "programme": "ngawur"})
    assert unknown.status_code == 422
    too_late = secretariat.post("/target/baru", {**form, "programme": "7-pas"})
    assert "tidak berlaku pada satu hari pun" in words(page(too_late, 422))
    assert Target.objects.count() == before
    secretariat.post("/target/baru", form)
    set_now = Target.objects.latest("id")
    assert set_now.node == "P:jaringan"
    assert "Program jaringan / fasilitas" in words(page(secretariat.get(f"/target/{set_now.pk}/cabut")))


def test_a_page_of_thirty_targets_costs_the_queries_of_one_of_three(client: Client, citra: Actor) -> None:
    def grow(number: int) -> None:
        standing = Target.objects.count()
        for added in range(number):
            target(citra, value=1000 + standing + added)

    assert_constant_queries(lambda: client.get("/program/jaringan"), grow)
    assert len(page(client.get("/program/jaringan")).select(".targets > li")) >= 30
