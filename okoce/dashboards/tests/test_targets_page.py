"""Targets beside what the records say, on a page of their own and on the pages of their scopes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.pipeline.actions.targets import NewTarget, set_target
from okoce.pipeline.target_models import Target
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG, SENEN, officer
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
FORM = {
    "metric": "members",
    "value": "1.000",
    "wilayah": "DKI Jakarta",
    "from_on": "2026-01-01",
    "until_on": "31-12-2027",
    "source": "Keputusan sekretariat",
}


def target(citra: Actor, node: str, value: int = 10) -> Target:
    new = NewTarget(
        metric="members",
        node=node,
        from_on=date(2018, 1, 1),
        until_on=date(2099, 1, 1),
        value=value,
        source="uji",
    )
    return set_target(citra, new)


def test_everybody_reads_the_published_targets_with_source_and_definition(client: Client) -> None:
    text = words(page(client.get("/target")))
    for told in ("2.000.000", "Bisnis.com 2020-09-03", "Swakarya 2020-09-06", "Setiap komunitas", "Laju"):
        assert told in text
    assert "Cabut" not in text


def test_a_target_that_has_not_begun_says_so(client: Client, citra: Actor) -> None:
    coming = target(citra, "31")
    Target.objects.filter(pk=coming.pk).update(from_on=date(2098, 1, 1))
    assert "Belum mulai" in words(page(client.get("/corong?wilayah=31")))


def test_a_place_shows_its_targets_beside_its_funnel(client: Client, citra: Actor) -> None:
    registered()
    target(citra, "31", value=4)
    text = words(page(client.get("/corong?wilayah=31")))
    assert "25,0%" in text
    assert "uji" in text
    assert "uji" not in words(page(client.get("/corong?wilayah=32")))


def test_targets_of_small_places_and_komunitas_are_for_who_reads_their_numbers(
    client: Client, desk: Desk, citra: Actor
) -> None:
    group = active_group("Mawar", SENEN)
    target(citra, SENEN, value=111)
    target(citra, f"K:{group.pk}", value=222)
    for reader in (client, desk(officer("budi", "petugas_kecamatan", Scope(region=COBLONG), 7))):
        text = words(page(reader.get("/target")))
        assert "111" not in text
        assert "222" not in text
    near = words(page(desk(officer("ani", "petugas_kecamatan", Scope(region=SENEN), 8)).get("/target")))
    assert "111" in near
    assert "222" in near
    assert "222" in words(page(desk(citra).get("/target")))


def test_the_secretariat_writes_a_target_down_by_names_that_people_use(desk: Desk, citra: Actor) -> None:
    answer = desk(citra).post("/target/baru", FORM)
    assert answer.status_code == 302
    stored = Target.objects.get(source="Keputusan sekretariat")
    assert "dicatat oleh Sekretariat PGO" in words(page(desk(citra).get("/target")))
    assert (stored.node, stored.value, stored.until_on) == ("31", 1000, date(2027, 12, 31))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"value": "seribu"}, "Angka ini tidak terbaca"),
        ({"value": "0"}, "Angka target harus"),
        ({"wilayah": "Jakrta"}, "Mungkin maksudnya"),
        ({"wilayah": "zzzzqqq"}, "tidak ditemukan"),
        ({"komunitas": "Mawar"}, "Pilih satu lingkup saja"),
        ({"until_on": "2025-01-01"}, "berakhir sebelum mulai"),
        ({"until_on": "kapan-kapan"}, "tidak terbaca"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    desk: Desk, citra: Actor, changed: dict[str, str], sentence: str
) -> None:
    before = Target.objects.count()
    answer = desk(citra).post("/target/baru", FORM | changed)
    assert answer.status_code == 422
    assert sentence in words(page(answer, 422))
    assert 'value="Keputusan sekretariat"' in answer.content.decode()
    assert Target.objects.count() == before


def test_everything_that_is_wrong_is_told_at_once(desk: Desk, citra: Actor) -> None:
    wrong = {"until_on": "2025-01-01", "wilayah": "Jakrta", "source": ""}
    answer = desk(citra).post("/target/baru", FORM | wrong)
    told = words(page(answer, 422).select_one("#kesalahan"))
    for sentence in ("Ada 3 yang perlu", "berakhir sebelum mulai", "Mungkin maksudnya"):
        assert sentence in told


def test_a_target_is_withdrawn_with_a_reason_and_is_gone_from_the_list(desk: Desk, citra: Actor) -> None:
    secretariat, chosen = desk(citra), Target.objects.get(source="Kompas 2018-09-19")
    address = f"/target/{chosen.pk}/cabut"
    assert "20.000" in words(page(secretariat.get(address)))
    assert secretariat.post(address, {"reason": ""}).status_code == 422
    assert secretariat.post(address, {"reason": "Tidak resmi"}).status_code == 302
    assert "Kompas 2018-09-19" not in words(page(secretariat.get("/target")))
    assert secretariat.get(address).status_code == 404


def test_a_page_of_thirty_targets_costs_the_queries_of_one_of_three(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)

    def grow(number: int) -> None:
        standing = Target.objects.count()
        for added in range(number):
            target(citra, "31", value=1000 + standing + added)

    assert_constant_queries(lambda: secretariat.get("/target"), grow)
    assert len(page(secretariat.get("/target")).select(".targets > li")) >= 30


def test_a_short_name_that_everybody_uses_is_understood(desk: Desk, citra: Actor) -> None:
    desk(citra).post("/target/baru", {**FORM, "wilayah": "DKI"})
    assert Target.objects.latest("id").node == "31"


def test_where_several_places_fit_one_is_picked_without_typing(desk: Desk, citra: Actor) -> None:
    before, client = Target.objects.count(), desk(citra)
    found = page(client.post("/target/baru", {**FORM, "wilayah": "Bandung"}), 422)
    codes = [one["value"] for one in found.select("button[name=pilih]")]
    assert {"32.04", "32.73"} <= set(codes)
    assert Target.objects.count() == before
    client.post("/target/baru", {**FORM, "wilayah": "Bandung", "pilih": "32.73"})
    assert Target.objects.latest("id").node == "32.73"


def test_a_button_that_names_no_place_picks_none(desk: Desk, citra: Actor) -> None:
    before = Target.objects.count()
    for picked in ("99", "\x00", "x" * 99):
        answer = desk(citra).post("/target/baru", {**FORM, "wilayah": "Bandung", "pilih": picked})
        assert answer.status_code == 422
    assert Target.objects.count() == before


def test_a_target_of_each_komunitas_says_why_it_has_no_pace(client: Client) -> None:
    assert "bukan orang; jadi tidak ada laju" in words(page(client.get("/target")))
