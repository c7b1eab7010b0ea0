"""Which stage is served by whom in which kabupaten/kota, and where nobody serves it."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import brotli
import pytest
from django.test import Client

from okoce.community.partners.actions.agreements import NewAgreement, end_agreement, register_agreement
from okoce.community.partners.actions.partners import pause_partner
from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.models import Partner
from okoce.community.partners.queries.referrals import receivers_for, stages_served
from okoce.community.partners.queries.services import served_districts, services_by_province, services_in
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.constellation import SERVICES, base_svg, cells, drawing
from tests.cast import COBLONG, SENEN
from tests.pages import page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
JANUARY = date(2026, 1, 1)


def agreed(actor: Actor, partner: Partner, stages: tuple[int, ...], *places: str) -> Agreement:
    new = NewAgreement(
        kind="pks",
        number=str(Agreement.objects.count()),
        subject="Layanan",
        signed_on=JANUARY,
        from_on=JANUARY,
        last_on=today_wib() + timedelta(days=400),
        stages=stages,
        places=places,
        partner_ids=(partner.pk,),
    )
    return register_agreement(actor, new)


def served(province: str, stage: int) -> dict[str, list[tuple[str, bool]]]:
    return {
        place.code: [(one.name, one.is_partly) for one in place.services[stage]]
        for place in services_in(province)
        if stage in place.services
    }


def test_a_bank_that_lends_only_in_jakarta_is_visible_as_such(citra: Actor) -> None:
    agreed(citra, active_partner("Bank Maju"), (7,), "31")
    assert set(served("31", 7)) == {"31.01", "31.71", "31.72", "31.73", "31.74", "31.75"}
    assert served("32", 7) == served("31", 2) == {}
    told = {one.code: one.served[7] for one in services_by_province()}
    assert (told["31"], sum(told.values())) == (6, 6)


def test_a_kecamatan_serves_its_kota_partly_and_the_nation_all(citra: Actor) -> None:
    agreed(citra, active_partner("Koperasi Senen", "ngo"), (2,), "31.71.04")
    agreed(citra, active_partner("Kementerian", "ministry", areas=("",)), (2,), "")
    assert served("31", 2)["31.71"] == [("Kementerian", False), ("Koperasi Senen", True)]
    assert served("31", 2)["31.72"] == [("Kementerian", False)]
    assert all(one.served[2] == one.regencies for one in services_by_province())


def test_what_has_ended_or_rests_serves_nobody(citra: Actor) -> None:
    first, second = active_partner("Bank Maju"), active_partner("Bank Lain")
    agreement = agreed(citra, first, (7,), "31")
    agreed(citra, second, (7,), "31")
    end_agreement(citra, agreement, today_wib(), "Selesai.")
    pause_partner(citra, second, "Kuota habis.")
    assert served("31", 7) == {}


def test_an_agreement_on_the_nation_makes_nobody_serve_beyond_her_own_territory(citra: Actor) -> None:
    bank = active_partner("Bank Contoh")
    agreed(citra, bank, (7,), "")
    assert set(served("31", 7)) == {"31.01", "31.71", "31.72", "31.73", "31.74", "31.75"}
    assert served("94", 7) == served("32", 7) == {}
    assert set(served_districts(7).counts) == {one.code for one in territory.districts("31")}
    assert sum(one.served[7] for one in services_by_province()) == 6
    assert [one.name for one in receivers_for(SENEN)] == ["Bank Contoh"]
    assert receivers_for(COBLONG) == []
    assert (stages_served(bank.pk, SENEN), stages_served(bank.pk, COBLONG)) == ({7}, set())


def test_an_agreement_on_one_kota_narrows_a_mitra_of_the_nation(citra: Actor) -> None:
    bank = active_partner("Bank Nasional", areas=("",))
    agreed(citra, bank, (7,), "32.73")
    assert set(served("32", 7)) == {"32.73"}
    assert receivers_for(SENEN) == []
    assert [one.pk for one in receivers_for(COBLONG)] == [bank.pk]


def test_what_the_map_says_is_what_may_be_chosen(citra: Actor) -> None:
    """For every stage, in both places, one mitra of each kind of territory and agreement."""
    agreed(citra, active_partner("Bank Contoh"), (7,), "")
    agreed(citra, active_partner("Dinas", "skpd", areas=("32.73",)), (2, 3), "32", "31")
    active_partner("Kampus", "campus", areas=("31.71", "32"), offered_stages=(2, 4))
    for region in (SENEN, COBLONG):
        for stage in range(1, 8):
            lit = served_districts(stage).counts.get(region, 0)
            can = {one.pk for one in receivers_for(region) if stage in stages_served(one.pk, region)}
            assert lit == len(can)


def test_a_mitra_without_an_agreement_serves_what_it_offers_until_it_signs_one(citra: Actor) -> None:
    office = active_partner("Dinas UMKM", "skpd", offered_stages=(2,))
    assert "31.71" in served("31", 2)
    assert stages_served(office.pk, SENEN) == {2}
    agreed(citra, office, (3,), "31.71")
    assert served("31", 2) == {}
    assert set(served("31", 3)) == {"31.71"}


def test_one_that_did_not_say_which_stages_is_chosen_for_any_and_lights_none() -> None:
    silent = active_partner("Dinas Diam", "skpd")
    assert stages_served(silent.pk, SENEN) == set(range(1, 8))
    assert all(not served("31", stage) for stage in range(1, 8))


class TestThePage:
    def test_shows_who_and_where_nobody(self, desk: Desk, citra: Actor) -> None:
        agreed(citra, active_partner("Bank Maju"), (7,), "31.71")
        client = desk(citra)
        nation = words(page(client.get("/mitra/layanan")).main)
        assert "1 dari 6" in nation
        bali = next(row for row in rows_of(client.get("/mitra/layanan")) if row[0] == "Bali")
        assert bali[1:] == ["–"] * 7, "nobody there is a dash and no alarm"
        shown = words(page(client.get("/mitra/layanan?wilayah=31")).main)
        assert "Bank Maju" in shown
        assert "Belum ada" in shown

    @pytest.mark.parametrize("code", ["99", "31.71", "x", "\x00\x00"])
    def test_what_is_no_province_is_not_found(self, desk: Desk, citra: Actor, code: str) -> None:
        assert desk(citra).get("/mitra/layanan", {"wilayah": code}).status_code == 404

    def test_costs_the_same_for_many_agreements(self, desk: Desk, citra: Actor) -> None:
        client, bank = desk(citra), active_partner("Bank Maju")

        def grow(count: int) -> None:
            for _one in range(count):
                agreed(citra, bank, (2, 7), "31", "32.73")

        for address in ("/mitra/layanan", "/mitra/layanan?wilayah=31"):
            assert_constant_queries(lambda address=address: client.get(address), grow)


def drawn_map(desk: Desk, actor: Actor, query: str = ""):  # type: ignore[no-untyped-def]  # a parsed page
    return page(desk(actor).get(f"/mitra/layanan{query}"))


def test_the_map_lights_the_kecamatan_that_are_served_for_the_chosen_stage(citra: Actor, desk: Desk) -> None:
    agreed(citra, active_partner("Bank Maju"), (7,), "31")
    agreed(citra, active_partner("Bank Senen"), (7,), "31.71.04")
    lit = served_districts(7)
    assert lit.counts == {one.code: 2 if one.code == "31.71.04" else 1 for one in territory.districts("31")}
    assert served_districts(2).counts == {}
    shown = drawn_map(desk, citra, "?tahap=7")
    label = shown.select_one("svg.lit")["aria-label"]
    assert f"{len(lit.counts)} titik menyala: di sana ada mitra yang melayani P7" in label
    assert "Tabel di bawah peta" in label
    assert {path["class"][0] for path in shown.select("svg.lit path")} == {"n3", "n4"}
    assert "2 mitra atau lebih" in words(shown.main)
    current = shown.select_one("nav[aria-label='Tahap pada peta'] [aria-current]")
    assert words(current).startswith("P7")
    assert shown.select("table")


@pytest.mark.parametrize("asked", ["", "?tahap=", "?tahap=0", "?tahap=99", "?tahap=entah", "?tahap=%00"])
def test_a_stage_that_is_none_shows_one_that_is(citra: Actor, desk: Desk, asked: str) -> None:
    shown = drawn_map(desk, citra, asked)
    assert "0 titik menyala" in shown.select_one("svg.lit")["aria-label"]
    assert len(shown.select("nav[aria-label='Tahap pada peta'] a")) == 7


def test_within_a_province_the_table_stands_alone(citra: Actor, desk: Desk) -> None:
    assert not drawn_map(desk, citra, "?wilayah=31").select("svg.lit")


@pytest.mark.parametrize("chance", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_map_weighs_at_most_ten_kilobytes_whatever_is_lit(chance: float) -> None:
    """Base and lit layer together, as they travel."""
    luck = random.Random(20181)
    counts = {code: luck.choice((1, 2)) for code in cells() if luck.random() < chance}
    drawn = drawing(cells(), counts, SERVICES)
    inline = "".join(f'<path class="{name}" d="{path}"/>' for name, path in drawn.layers)
    base = base_svg(cells().values()) if drawn.has_base else ""
    weight = sum(len(brotli.compress(text.encode(), quality=5)) for text in (inline, base) if text)
    assert weight <= 10 * 1024
