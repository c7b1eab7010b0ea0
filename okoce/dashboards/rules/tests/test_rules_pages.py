"""The secretariat's editor of rules, as it is met in a browser without script."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import ZONES, latest_today
from okoce.pipeline.models import ProgrammeRule
from okoce.pipeline.rules import forget_rules
from okoce.pipeline.tests.factories import registered, walked_to
from okoce.pipeline.tests.rulings import BINDING, added, tomorrow
from tests.cast import COBLONG, SENEN, officer
from tests.pages import next_page, page, rows_of, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def read_anew() -> Iterator[None]:
    forget_rules()
    yield
    forget_rules()


def form(**given: Any) -> dict[str, Any]:
    told = {
        "name": "7 PAS",
        "programme": "7-pas",
        "wilayah": "DKI Jakarta",
        "from_on": tomorrow().isoformat(),
        "last_on": "",
        "order": "berurutan",
        "offered": ["2", "3", "4", "6", "7"],
        "binding": [code for code in BINDING[1:] if code != "marketing.first_sale"],
        "licences": ["IUMK", "NIB"],
        "source": "Keputusan 7",
        "reason": "Diminta Pemprov",
        "base": "jaringan",
    }
    return {**told, **given}


def previewed(
    client: Client, address: str = "/aturan/baru", **given: Any
) -> tuple[BeautifulSoup, dict[str, Any]]:
    """The page with the preview, and what its form sends when it is saved."""
    told = form(**given) if address == "/aturan/baru" else given
    parsed = page(client.post(address, {**told, "preview": "1"}))
    return parsed, {**told, "seen": str(parsed.select_one("input[name=seen]")["value"]), "save": "1"}  # type: ignore[index]  # it stands there


def stored() -> list[str]:
    return sorted(ProgrammeRule.objects.values_list("code", flat=True))


def test_the_list_says_what_holds_where_today_and_on_another_day(desk: Desk, ani: Actor) -> None:
    officer_of_senen = desk(ani)
    assert [row[:2] for row in rows_of(officer_of_senen.get("/aturan"))] == [
        ["jaringan / fasilitas", "Indonesia"]
    ]
    then = rows_of(officer_of_senen.get("/aturan?per=2019-06-01"))
    assert [row[0] for row in then] == ["jaringan / fasilitas", "7 PAS 2018"]
    past = rows_of(officer_of_senen.get("/aturan?keadaan=over"))
    assert past[0][2] == "sejak semula sampai dengan 31 Desember 2019"
    assert words(page(officer_of_senen.get("/aturan?wilayah=Bandungg"), 422)).count("Mungkin maksudnya") >= 1
    assert page(officer_of_senen.get("/aturan?per=kemarin"), 422)


def test_a_rule_stands_in_words_and_officers_without_the_right_see_no_deed(
    desk: Desk, ani: Actor, citra: Actor
) -> None:
    text = words(page(desk(ani).get("/aturan/jaringan")))
    for told in ("Bebas sesudah P1", "Tiga kunjungan", "IUMK, NIB, SKU", "tidak pernah diubah"):
        assert told in text
    assert "Buat versi baru" not in text
    national = words(page(desk(citra).get("/aturan/jaringan")))
    assert "Buat versi baru" in national
    assert "Akhiri" not in national
    assert desk(citra).get("/aturan/tidak-ada").status_code == 404
    assert desk(citra).get("/aturan/tidak-ada/akhiri").status_code == 404


def test_a_version_is_previewed_then_saved_and_told_with_author_and_reason(desk: Desk, citra: Actor) -> None:
    walked_to(1, name="Siti Senen")
    walked_to(4, name="Wati Senen")
    registered(region=COBLONG)
    secretariat = desk(citra)
    begun = page(secretariat.get("/aturan/baru?dari=7pas-2018"))
    assert begun.select_one("input[name=name]")["value"] == "7 PAS 2018"  # type: ignore[index]  # it stands there
    before = stored()
    parsed, told = previewed(secretariat)
    text = words(parsed)
    assert stored() == before
    for said in ("Bagi 2 dari 2 orang", "Bagi 1 orang, tahap yang berikutnya", "dari P5 Pemasaran ke P6", "Wati Senen",
                 "semua 2 orang", "tidak berubah"):  # fmt: skip
        assert said in text, said
    answer = secretariat.post("/aturan/baru", told)
    assert answer.status_code == 302
    detail = words(page(secretariat.get(answer["Location"])))
    for said in (
        "DKI Jakarta",
        "Tidak ditawarkan.",
        "Diminta Pemprov",
        "ditetapkan, berlaku mulai",
        "Uji user:3",
        "Batalkan",
    ):
        assert said in detail, said
    forget_rules()  # nothing is committed within a test
    [row] = rows_of(secretariat.get("/aturan?keadaan=to_come"))
    assert row[:2] == ["7 PAS", "DKI Jakarta"]
    assert row[3] == "P1, P2, P3, P4, P6, P7"


def test_nothing_is_saved_without_its_own_preview(desk: Desk, citra: Actor) -> None:
    secretariat, before = desk(citra), stored()
    _parsed, told = previewed(secretariat)
    for changed in ({"seen": ""}, {"seen": "palsu"}, {"name": "7 TOP"}):
        answer = secretariat.post("/aturan/baru", {**told, **changed})
        assert "belum dipratinjau, atau berubah" in words(page(answer, 422))
    assert stored() == before


def test_a_preview_whose_people_have_moved_is_shown_anew_and_can_then_be_saved(
    desk: Desk, citra: Actor
) -> None:
    secretariat, before = desk(citra), stored()
    _parsed, told = previewed(secretariat)
    registered()
    parsed = page(secretariat.post("/aturan/baru", told), 422)
    assert "Data anggota berubah sejak pratinjau" in words(parsed)
    assert "dari 1 orang" in words(parsed)
    assert stored() == before
    registered()
    fresh = str(parsed.select_one("input[name=seen]")["value"])  # type: ignore[index]  # it stands there
    answer = secretariat.post("/aturan/baru", {**told, "seen": fresh, "any_number": "on"})
    assert answer.status_code == 302


def test_a_preview_older_than_a_colleagues_rule_says_so(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)
    _parsed, told = previewed(secretariat)
    added(citra, region="32", name="Jabar", programme="")
    before = stored()
    parsed = page(secretariat.post("/aturan/baru", {**told, "any_number": "on"}), 422)
    assert "diubah orang lain sejak pratinjau" in words(parsed)
    assert stored() == before
    fresh = str(parsed.select_one("input[name=seen]")["value"])  # type: ignore[index]  # it stands there
    assert secretariat.post("/aturan/baru", {**told, "seen": fresh}).status_code == 302


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"from_on": latest_today().isoformat()}, "Yang sudah berlaku tidak bisa diubah"),
        ({"from_on": "kapan-kapan"}, "tidak terbaca"),
        ({"last_on": (latest_today() - timedelta(days=9)).isoformat()}, "berakhir sebelum mulai"),
        ({"wilayah": "Jakrta"}, "Mungkin maksudnya"),
        ({"wilayah": "99"}, "tidak ada"),
        ({"offered": ["2", "4"]}, "tidak ditawarkan, tetapi syaratnya dicentang"),
        ({"offered": ["12"]}, ""),
        ({"licences": []}, "tidak ada jenis izin"),
        ({"reason": ""}, ""),
        ({"name": ""}, ""),
        ({"programme": "entah"}, ""),
        ({"order": ""}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    desk: Desk, citra: Actor, changed: dict[str, Any], sentence: str
) -> None:
    before = stored()
    answer = desk(citra).post("/aturan/baru", {**form(**changed), "preview": "1"})
    parsed = page(answer, 422)
    assert sentence in words(parsed)
    assert parsed.select("[aria-invalid=true], .field-invalid, [role=alert]")
    assert 'value="Keputusan 7"' in answer.content.decode()
    assert stored() == before


def test_a_clash_is_shown(desk: Desk, citra: Actor) -> None:
    added(citra, from_on=tomorrow(10), name="7 PAS nanti")
    answer = desk(citra).post("/aturan/baru", {**form(), "preview": "1"})
    assert "Bertumpuk dengan aturan “7 PAS nanti” di DKI Jakarta" in words(page(answer, 422))


def test_a_rule_is_ended_after_a_preview(desk: Desk, citra: Actor) -> None:
    row = added(citra)
    secretariat, address = desk(citra), f"/aturan/{row.code}/akhiri"
    assert "Batalkan aturan" in words(page(secretariat.get(address)))
    assert page(secretariat.post(address, {"reason": "", "preview": "1"}), 422)
    _parsed, told = previewed(secretariat, address, reason="Ditunda")
    assert secretariat.post(address, told).status_code == 302
    assert Event.objects.get(kind="pipeline.rule_withdrawn").payload["reason"] == "Ditunda"
    assert "dibatalkan sebelum berlaku" in words(page(secretariat.get(f"/aturan/{row.code}")))
    assert page(secretariat.post(address, told), 422)


def test_the_last_day_of_a_rule_is_a_day_on_which_it_holds(desk: Desk, citra: Actor) -> None:
    from okoce.pipeline.tests.rulings import as_if_always

    row = added(citra)
    as_if_always(row.code, from_on=date(2021, 1, 1))
    secretariat, address = desk(citra), f"/aturan/{row.code}/akhiri"
    yesterday = (latest_today() - timedelta(days=1)).isoformat()
    assert "Yang sudah berlaku" in words(
        page(secretariat.post(address, {"reason": "x", "last_on": yesterday}), 422)
    )
    _parsed, told = previewed(secretariat, address, reason="Selesai", last_on=tomorrow(5).isoformat())
    assert secretariat.post(address, told).status_code == 302
    assert ProgrammeRule.objects.get(pk=row.pk).until_on == tomorrow(6)


def test_a_desk_for_one_province_is_refused_beyond_it(desk: Desk, citra: Actor) -> None:
    west = added(citra, region="32", name="Jabar", programme="")
    before = stored()
    jakarta = desk(officer("eka", "sekretariat", Scope(region="31"), 9))
    for wilayah in ("", "32"):
        told = words(page(jakarta.post("/aturan/baru", {**form(wilayah=wilayah), "preview": "1"}), 422))
        assert "tidak ada dalam wilayah tugas Anda" in told
    assert jakarta.get(f"/aturan/{west.code}/akhiri").status_code == 404
    parsed, _told = previewed(jakarta)
    assert "Mulai" in words(parsed)
    assert stored() == before


def test_only_people_of_the_territory_are_named(desk: Desk, citra: Actor) -> None:
    registered(name="Nama Rahasia", region=COBLONG)
    registered(name="Siti Senen", region=SENEN)
    text = words(previewed(desk(citra))[0])
    assert "Siti Senen" in text
    assert "Nama Rahasia" not in text


def test_thirty_rules_cost_the_queries_of_three_and_many_come_in_pages(desk: Desk, citra: Actor) -> None:
    secretariat = desk(citra)

    def grow(number: int) -> None:
        standing = ProgrammeRule.objects.count()
        for place in range(standing, standing + number):
            added(citra, region="31", name=f"Versi {place}", from_on=tomorrow(place))
        forget_rules()

    assert_constant_queries(lambda: secretariat.get("/aturan?keadaan=semua"), grow)
    grow(25)
    first = secretariat.get("/aturan?keadaan=semua")
    assert len(rows_of(first)) == 50
    assert len(rows_of(secretariat.get(next_page(first)))) == ProgrammeRule.objects.count() - 50


def test_a_version_whose_day_has_come_in_the_east_is_ended_not_taken_back(desk: Desk, citra: Actor) -> None:
    row = added(citra)
    late = datetime.combine(row.from_on - timedelta(days=1), time(22, 30), ZONES["WIB"])
    with time_machine.travel(late):
        shown = page(desk(citra).get(f"/aturan/{row.code}/akhiri"))
        assert shown.select_one("input[name=last_on]") is not None
        shown = page(desk(citra).get(f"/aturan/{row.code}"))
        assert "Batalkan" not in words(shown.select_one("main"))
