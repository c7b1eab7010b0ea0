"""The register of agreements as it is read: its pages, its documents, and who reaches them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from okoce.community.groups.tests.factories import active_group
from okoce.community.partners import files
from okoce.community.partners.actions.agreements import end_agreement, keep_document
from okoce.community.partners.actions.contacts import appoint_contact
from okoce.community.partners.agreement_models import Agreement, Obligation, Party
from okoce.community.partners.models import Partner
from okoce.community.partners.terms import ContactTerm
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.partners.tests.signing import signed
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid
from tests.cast import SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PDF = b"%PDF-1.7\n...\n%%EOF"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def first_cells(answer: Any) -> list[str]:
    return [words(row.find(["td", "th"])) for row in page(answer).select("main tbody tr")]


class TestDocument:
    def test_is_kept_and_given_to_those_who_read_the_agreement(
        self, desk: Desk, citra: Actor, media: Path
    ) -> None:
        bank, other = active_partner(), active_partner("Bank Lain")
        agreement, client = signed(citra, bank), desk(citra)
        assert client.get(f"/perjanjian/{agreement.pk}/pdf").status_code == 404
        sent = SimpleUploadedFile("x.pdf", PDF)
        client.post(f"/perjanjian/{agreement.pk}/pdf/simpan", {"document": sent})
        rina, sari = contact_of(bank)[1], contact_of(other)[1]
        answer = desk(rina).get(f"/perjanjian/{agreement.pk}/pdf")
        assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (PDF, "application/pdf")
        assert desk(sari).get(f"/perjanjian/{agreement.pk}/pdf").status_code == 404
        [kept] = (media / "agreements").iterdir()
        assert kept.stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>%PDF-"])
    def test_what_is_no_pdf_is_refused_and_not_kept(self, citra: Actor, media: Path, content: bytes) -> None:
        agreement = signed(citra)
        with pytest.raises(Invalid):
            keep_document(citra, agreement, [content] if content else [])
        assert list((media / "agreements").iterdir()) == []
        assert Agreement.objects.get().document == ""

    def test_nothing_larger_than_is_read_on_a_phone(
        self, citra: Actor, media: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        agreement = signed(citra)
        monkeypatch.setattr(files, "LARGEST", 10)
        with pytest.raises(Invalid):
            keep_document(citra, agreement, [PDF])
        assert list((media / "agreements").iterdir()) == []


class TestReach:
    def test_each_side_reads_its_own(self, citra: Actor) -> None:
        bank, other = active_partner(), active_partner("Bank Lain")
        mawar, melati = active_group("Mawar"), active_group("Melati")
        mine = signed(citra, bank, group_id=mawar.pk)
        theirs = signed(citra, other, number="2", group_id=melati.pk)
        chair = Actor(
            label="user:7", user_id=7, grants=(Grant("pengurus_komunitas", Scope(group_id=mawar.pk)),)
        )
        for somebody in (contact_of(bank)[1], chair):
            seen = Agreement.objects.visible_to(somebody, Permission.PARTNERS_READ)
            assert list(seen) == [mine]
            assert theirs not in seen
            assert list(Partner.objects.visible_to(somebody, Permission.PARTNERS_READ)) == [bank]


class TestThePage:
    def test_registers_from_the_page_of_the_mitra(self, desk: Desk, citra: Actor) -> None:
        bank, client = active_partner(), desk(citra)
        active_partner("Dinas UMKM", "skpd")
        form = page(client.get(f"/mitra/{bank.pk}/perjanjian"))
        assert words(form.select_one("#id_places")) == "DKI Jakarta"
        sent = {
            "kind": "mou", "number": "1/2026", "subject": "Pelatihan", "signed_on": "1-1-2026", "from_on": "2026-01-01",
            "last_on": "2026-12-31", "stages": ["2", "7"], "places": "DKI Jakarta; Kota Bandung", "group": "",
            "partners": "dinas umkm",
        }  # fmt: skip
        warned = page(client.post(f"/mitra/{bank.pk}/perjanjian", sent), 422)
        assert "Kota Bandung di luar wilayah mitranya (DKI Jakarta)" in words(
            warned.select_one("#id_places_error")
        )
        assert not Agreement.objects.exists()
        assert warned.select_one("#id_wider") is not None
        answer = client.post(f"/mitra/{bank.pk}/perjanjian", {**sent, "wider": "on"})
        agreement = Agreement.objects.get()
        assert answer["Location"] == f"/perjanjian/{agreement.pk}"
        assert (agreement.places, agreement.region, Party.objects.count()) == (["31", "32.73"], "", 3)
        shown = words(page(client.get(f"/perjanjian/{agreement.pk}")).main)
        assert "P2 Pelatihan" in shown
        assert "Gerakan OK OCE" in shown

    @pytest.mark.parametrize(
        ("wrong", "field", "sentence"),
        [
            ({"last_on": "2025-01-01"}, "last_on", "sebelum mulai 1 Januari 2026"),
            ({"places": "Bandung"}, "places", "bisa berarti"),
            ({"places": "qqqqqq"}, "places", "tidak ditemukan"),
            ({"partners": "Bank Hantu"}, "partners", "Tidak ada mitra aktif"),
            ({"group": "hantu"}, "group", "Tidak ada komunitas"),
            ({"stages": []}, "stages", "Belum ada tahap"),
        ],
    )
    def test_says_beside_the_field_what_is_wrong_and_keeps_what_was_typed(
        self, desk: Desk, citra: Actor, wrong: dict[str, Any], field: str, sentence: str
    ) -> None:
        bank = active_partner()
        sent = {
            "kind": "mou", "number": "1/2026", "subject": "Pelatihan", "signed_on": "2026-01-01", "from_on": "2026-01-01",
            "last_on": "2026-12-31", "stages": ["2"], "places": "31", "group": "", "partners": "", **wrong,
        }  # fmt: skip
        shown = page(desk(citra).post(f"/mitra/{bank.pk}/perjanjian", sent), 422)
        assert sentence in words(shown.select_one(f"#id_{field}_error"))
        assert shown.select_one("#id_number")["value"] == "1/2026"
        assert not Agreement.objects.exists()

    def test_judges_every_field_at_once(self, desk: Desk, citra: Actor) -> None:
        sent = {
            "kind": "mou", "number": "1/2026", "subject": "Pelatihan", "signed_on": "2026-01-01", "from_on": "2026-01-01",
            "last_on": "2025-12-31", "stages": ["2"], "places": "Bandung", "group": "hantu", "partners": "Bank Hantu",
        }  # fmt: skip
        shown = page(desk(citra).post(f"/mitra/{active_partner().pk}/perjanjian", sent), 422)
        for field in ("last_on", "places", "group", "partners"):
            assert shown.select_one(f"#id_{field}_error") is not None, field
        assert not Agreement.objects.exists()

    @pytest.mark.parametrize("written", ["Indonesia", "nasional"])
    def test_the_nation_may_be_written_by_its_name(self, desk: Desk, citra: Actor, written: str) -> None:
        bank = active_partner(areas=("",))
        sent = {
            "kind": "mou", "number": "1/2026", "subject": "Pelatihan", "signed_on": "2026-01-01", "from_on": "2026-01-01",
            "last_on": "2026-12-31", "stages": ["2"], "places": written, "group": "", "partners": "",
        }  # fmt: skip
        desk(citra).post(f"/mitra/{bank.pk}/perjanjian", sent)
        assert Agreement.objects.get().places == [""]

    @pytest.mark.parametrize(
        ("beyond", "sentence"),
        [
            ({"places": "Jawa Barat", "wider": "on"}, "melewati wilayah tugas Anda"),
            ({"partners": "Bank Bandung"}, "Mitra itu tidak ada dalam wilayah tugas Anda"),
        ],
    )
    def test_what_lies_beyond_her_place_is_said_on_the_form_and_nothing_typed_is_lost(
        self, desk: Desk, beyond: dict[str, str], sentence: str
    ) -> None:
        bank = active_partner()
        active_partner("Bank Bandung", areas=("32.73",))
        sent = {
            "kind": "mou", "number": "1/2026", "subject": "Pelatihan", "signed_on": "2026-01-01", "from_on": "2026-01-01",
            "last_on": "2026-12-31", "stages": ["2"], "places": "31", "group": "", "partners": "", **beyond,
        }  # fmt: skip
        jakarta = Actor(label="user:5", user_id=5, grants=(Grant("sekretariat", Scope(region="31")),))
        shown = page(desk(jakarta).post(f"/mitra/{bank.pk}/perjanjian", sent), 422)
        assert sentence in words(shown.main)
        assert shown.select_one("#id_number")["value"] == "1/2026"
        assert not Agreement.objects.exists()

    def test_extends_promises_strikes_and_ends(self, desk: Desk, citra: Actor) -> None:
        agreement, client = signed(citra), desk(citra)
        base = f"/perjanjian/{agreement.pk}"
        refused = page(client.post(f"{base}/perpanjang", {"number": "2", "signed_on": "2026-01-02"}), 422)
        assert refused.select_one("details[open] #id_extend_last_on_error") is not None
        client.post(f"{base}/perpanjang", {"number": "2", "signed_on": "2026-01-02", "last_on": "2028-12-31"})
        promise = {
            "ower": "partner", "text": "Kursi kelas", "amount": "1000", "metric": "seats", "from_on": "2027-01-01",
            "last_on": "2027-12-31",
        }  # fmt: skip
        client.post(f"{base}/kewajiban", promise)
        assert "1.000 kursi pelatihan" in words(page(client.get(base)).main)
        client.post(f"{base}/kewajiban/{Obligation.objects.get().pk}/coret")
        client.post(f"{base}/akhiri", {"ended_on": today_wib().isoformat(), "reason": "Selesai."})
        shown = words(page(client.get(base)).main)
        assert "Diakhiri lebih awal" in shown
        assert "dicoret" in shown
        assert "2, ditandatangani" in shown

    def test_one_that_has_not_begun_is_called_off_as_the_form_stands(self, desk: Desk, citra: Actor) -> None:
        begins = today_wib() + timedelta(days=90)
        agreement = signed(citra, from_on=begins, last_on=begins + timedelta(days=90))
        client, base = desk(citra), f"/perjanjian/{agreement.pk}"
        day = page(client.get(base)).select_one("#id_end_ended_on")
        assert day is not None
        assert day["value"] == begins.isoformat()
        client.post(f"{base}/akhiri", {"ended_on": day["value"], "reason": "Salah catat."})
        agreement.refresh_from_db()
        assert agreement.ended_on == begins

    def test_the_list_costs_the_same_for_many(self, desk: Desk, citra: Actor) -> None:
        bank, client = active_partner(), desk(citra)

        def grow(count: int) -> None:
            for _one in range(count):
                signed(citra, bank, number=f"{Agreement.objects.count()}")

        assert_constant_queries(lambda: client.get("/perjanjian"), grow)
        assert_constant_queries(lambda: client.get(f"/mitra/{bank.pk}"), grow)

    def test_what_ends_next_stands_first_and_what_is_over_last_the_latest_before_others(
        self, desk: Desk, citra: Actor
    ) -> None:
        today, begun = today_wib(), today_wib() - timedelta(days=900)
        for number, days in enumerate([300, -1, 5, -400, 60]):
            last_on = today + timedelta(days=days)
            told = {"number": f"{number}/PKS", "signed_on": begun, "from_on": begun, "last_on": last_on}
            signed(citra, active_partner(f"Bank {number}"), **told)
        cut = signed(citra, active_partner("Bank 5"), number="5/PKS", from_on=begun, signed_on=begun)
        end_agreement(citra, cut, today - timedelta(days=30), "Kantor ditutup.")
        shown = [row.split()[-1] for row in first_cells(desk(citra).get("/perjanjian"))]
        assert shown == ["2/PKS", "4/PKS", "0/PKS", "1/PKS", "5/PKS", "3/PKS"]

    @pytest.mark.parametrize("address", ["/perjanjian", "/rujukan"])
    def test_a_page_that_cannot_be_is_the_first(self, desk: Desk, citra: Actor, address: str) -> None:
        client = desk(citra)
        for number in ("9" * 5000, "-1", "²", "x"):
            assert client.get(address, {"hal": number}).status_code == 200


def test_a_contact_who_has_yet_to_begin_is_not_said_to_serve_until_now(desk: Desk, citra: Actor) -> None:
    partner = active_partner()
    later = ContactTerm("Kepala seksi", today_wib() + timedelta(days=3))
    appoint_contact(SYSTEM, partner, account_of(Actor(label="rina")).email or "", later)
    shown = words(page(desk(citra).get(f"/mitra/{partner.pk}")).main)
    assert "– seterusnya · belum mulai" in shown
    assert "sekarang" not in shown
