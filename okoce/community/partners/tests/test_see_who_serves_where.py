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
from okoce.community.partners.queries.services import served_districts, services_by_province, services_in
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.foundation.territory import queries as territory
from okoce.foundation.web.constellation import SERVICES, base_svg, cells, drawing
from tests.pages import page, words
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
    agreed(citra, active_partner("Kementerian", "ministry"), (2,), "")
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


class TestThePage:
    def test_shows_who_and_where_nobody(self, desk: Desk, citra: Actor) -> None:
        agreed(citra, active_partner("Bank Maju"), (7,), "31.71")
        client = desk(citra)
        nation = words(page(client.get("/mitra/layanan")).main)
        assert "1 dari 6" in nation
        assert "0 dari" in nation
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
