"""A member reads of her komunitas, follows an invitation, moves, and leaves: without script, on her own page."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.centres.tests.factories import chair_of, opened_centre
from okoce.community.groups.actions.groups import close_group, pause_group
from okoce.community.groups.actions.officers import appoint_officer
from okoce.community.groups.models import Group, Membership
from okoce.community.groups.terms import Term
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.models import Member
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.accounts.actions import NewUser, create_user
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.pipeline import tallies
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import proof, registered
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import (
    CONSENT,
    GUARDIAN,
    GUARDIANS_PHONE,
    filled,
    verified,
)
from tests.cast import COBLONG, SENEN, SYSTEM, account_of
from tests.outbox import Outbox
from tests.pages import page, posts, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]
HERE, JOIN, LEAVE = "/saya/komunitas", "/saya/komunitas/gabung", "/saya/komunitas/keluar"
MAY = date(2018, 5, 1)
FOUND, UNPROCESSABLE, NOT_FOUND = 302, 422, 404


def times_of(member: Member) -> list[tuple[str, date | None, date | None]]:
    rows = Membership.objects.filter(member=member).order_by("id")
    return list(rows.values_list("group__name", "from_on", "until_on"))


class TestAnInvitation:
    def test_leads_a_member_who_is_signed_in_to_joining_and_one_button_does_it(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        mawar = active_group("Mawar Senen", SENEN)
        browser = phone_of(siti)
        led = browser.get("/daftar?komunitas=MAWAR%20SENEN")
        assert led["Location"] == f"{JOIN}?komunitas=MAWAR+SENEN"
        found = page(browser.get(led["Location"]))
        shown = words(found.main)
        assert "Gabung dengan Mawar Senen?" in shown
        assert f"Anda masuk sebagai Siti, nomor {siti.number}" in shown
        assert "Pengurus Mawar Senen membaca catatan Anda" in shown
        assert len(found.select("main form[method=post] button")) == 1
        assert browser.post(JOIN, {"komunitas": mawar.pk})["Location"] == HERE
        assert browser.post(JOIN, {"komunitas": mawar.pk})["Location"] == HERE, "a second tap"
        assert times_of(siti) == [("Mawar Senen", today_wib(), None)]
        assert "Anda sekarang anggota komunitas Mawar Senen." in browser.get(HERE).content.decode()

    def test_offers_to_move_from_the_present_one_and_says_what_changes_and_what_does_not(
        self, phone_of: Phone
    ) -> None:
        siti = registered(name="Siti")
        joined(siti, active_group("Melati"), MAY)
        mawar = active_group("Mawar", SENEN)
        browser = phone_of(siti)
        shown = drawn(browser.get(f"{JOIN}?komunitas=MAWAR"))
        assert "Pindah ke Mawar?" in shown
        assert "Melati, sejak 1 Mei 2018" in shown
        assert "Anda bukan lagi anggota Melati" in shown
        assert "Riwayat komunitas Anda, dan hitungan hari-hari sebelumnya." in shown
        browser.post(JOIN, {"komunitas": mawar.pk})
        assert times_of(siti) == [("Melati", MAY, today_wib()), ("Mawar", today_wib(), None)]
        history = words(page(browser.get("/saya/data/riwayat")).main)
        assert "Anda masuk komunitas Mawar" in history

    def test_asks_who_she_is_on_a_shared_phone_and_goes_on_from_there(
        self, client: Client, outbox: Outbox
    ) -> None:
        siti, wati = registered(name="Siti", phone=PHONE), registered(name="Wati", phone=PHONE)
        mawar = active_group("Mawar", SENEN)
        first = page(client.get("/daftar?komunitas=MAWAR"))
        link = first.select_one(f"main a[href^='{JOIN}']")
        assert link is not None
        to_sign_in = client.get(str(link["href"]))["Location"]
        wanted = parse_qs(urlsplit(to_sign_in).query)["next"][0]
        assert client.post("/masuk", {"phone": PHONE, "next": wanted, "cara": "kode"}).status_code == FOUND
        client.post("/masuk/kode", {"code": outbox.code(PHONE)})
        choices = page(client.get("/masuk/siapa"))
        assert {"Siti", "Wati"} <= set(words(choices.main).split())
        chosen = next(one for one in choices.select("button[name=person]") if "Wati" in words(one))
        answer = client.post("/masuk/siapa", {"person": chosen["value"]})
        assert answer["Location"] == wanted
        assert "Anda masuk sebagai Wati" in drawn(client.get(wanted))
        client.post(JOIN, {"komunitas": mawar.pk})
        assert (times_of(siti), len(times_of(wati))) == ([], 1)

    def test_leaves_the_way_open_for_another_one_of_the_family(self, phone_of: Phone) -> None:
        active_group("Mawar", SENEN)
        browser = phone_of(registered(name="Siti"))
        found = page(browser.get(f"{JOIN}?komunitas=MAWAR"))
        other = str(found.select_one("main a[href^='/daftar?']")["href"])
        assert "Anda diajak komunitas Mawar" in drawn(browser.get(other))

    def test_of_somebody_known_who_registered_anew_leads_on_from_the_end(
        self, client: Client, outbox: Outbox
    ) -> None:
        registered(name="Siti Aminah", phone=PHONE, birth_on=date(1990, 8, 17))
        mawar = active_group("Mawar", SENEN)
        verified(client, outbox, komunitas="MAWAR")
        filled(client)
        done = page(client.get(client.post("/daftar/persetujuan", CONSENT)["Location"]))
        assert "Anda sudah terdaftar" in words(done.main)
        assert done.select_one(f"main a[href='{JOIN}?komunitas={mawar.pk}']") is not None

    def test_of_somebody_known_whose_guardian_is_asked_leads_on_from_there_too(
        self, client: Client, outbox: Outbox
    ) -> None:
        siti = registered(
            name="Siti Aminah", phone=PHONE, birth_on=date(2011, 1, 1), registered_on=date(2026, 1, 5)
        )
        mawar = active_group("Mawar", SENEN)
        verified(client, outbox, komunitas="MAWAR")
        filled(client, diri={"birth_on": "1-1-2011"})
        assert client.post("/daftar/persetujuan", {**CONSENT, **GUARDIAN})["Location"] == "/daftar/wali"
        answer = client.post("/daftar/wali", {"code": outbox.code(GUARDIANS_PHONE)})
        assert Member.objects.get() == siti
        done = page(client.get(answer["Location"]))
        assert done.select_one(f"main a[href='{JOIN}?komunitas={mawar.pk}']") is not None

    @pytest.mark.parametrize(
        ("state", "said"), [("paused", "berhenti sementara"), ("closed", "sudah ditutup")]
    )
    def test_of_a_komunitas_that_takes_nobody_says_so_to_everybody(
        self, phone_of: Phone, client: Client, citra: Actor, state: str, said: str
    ) -> None:
        mawar, siti = active_group("Mawar", SENEN), registered(name="Siti")
        (pause_group if state == "paused" else close_group)(citra, mawar, "Begitulah.")
        stranger = drawn(client.get("/daftar?komunitas=MAWAR"))
        assert f"Komunitas Mawar {'sedang ' if state == 'paused' else ''}{said}" in stranger
        assert "Anda diajak" not in stranger
        browser = phone_of(siti)
        answer = browser.get(f"{JOIN}?komunitas=MAWAR")
        assert said in drawn(answer)
        assert posts(answer) == []
        assert said in drawn(self._tapped(browser, mawar.pk))
        assert times_of(siti) == []

    @staticmethod
    def _tapped(browser: Client, group_id: int) -> object:
        answer = browser.post(JOIN, {"komunitas": group_id})
        assert answer.status_code == UNPROCESSABLE
        answer.status_code = 200
        return answer

    @pytest.mark.parametrize("named", ["", "Tidak Ada", "\x00", "99999999999999999999", "'; --", "x" * 5000])
    def test_that_names_nothing_known_says_so_and_offers_the_list(self, phone_of: Phone, named: str) -> None:
        siti = registered(name="Siti")
        browser = phone_of(siti)
        assert "tidak menyebut komunitas yang kami kenal" in drawn(browser.get(JOIN, {"komunitas": named}))
        assert browser.post(JOIN, {"komunitas": named}).status_code == UNPROCESSABLE
        assert times_of(siti) == []

    def test_of_whom_one_is_a_member_already_says_since_when(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        joined(siti, active_group("Mawar", SENEN), MAY)
        assert "Anda sudah anggota komunitas Mawar sejak 1 Mei 2018" in drawn(
            phone_of(siti).get(f"{JOIN}?komunitas=MAWAR")
        )


class TestMyKomunitas:
    def test_tells_which_since_when_and_whom_to_ask(self, phone_of: Phone) -> None:
        siti, mawar = registered(name="Siti"), active_group("Mawar", SENEN)
        joined(siti, mawar, MAY)
        chair = account_of(Actor(label="dian"))
        appoint_officer(SYSTEM, mawar, chair.email or "", Term("chair", date(2020, 1, 1)))
        opened_centre(mawar)
        browser = phone_of(siti)
        found = page(browser.get(HERE))
        shown = words(found.main)
        assert "Mawar" in shown
        assert "1 Mei 2018" in shown
        assert chair.name in shown, "she belongs to it"
        chat = found.select_one("main a[href^='https://wa.me/6281234567001']")
        assert siti.number in parse_qs(urlsplit(str(chat["href"])).query)["text"][0]
        home = page(browser.get("/saya"))
        assert home.select_one(f"main a[href='{HERE}']") is not None
        assert "Mawar" in words(home.main)

    def test_names_who_serves_it_to_its_members_and_masks_them_before_others(self, phone_of: Phone) -> None:
        siti, wati = registered(name="Siti"), registered(name="Wati", phone="0812-0000-7777")
        mawar = active_group("Mawar", SENEN)
        joined(siti, mawar, MAY)
        dian, rina, umi = (
            create_user(SYSTEM, NewUser(name=name, email=f"{name[:3].lower()}@okoce.contoh"))
            for name in ("Dian Pratiwi", "Rina Hartati", "Umi Kalsum")
        )
        appoint_officer(SYSTEM, mawar, rina.email or "", Term("treasurer", date(2020, 1, 1)))
        appoint_officer(SYSTEM, mawar, dian.email or "", Term("chair", date(2020, 1, 1)))
        appoint_officer(SYSTEM, mawar, umi.email or "", Term("mobiliser", date(2019, 1, 1), date(2020, 1, 1)))
        browser = phone_of(siti)
        shown = drawn(browser.get(HERE))
        assert "Ketua Dian Pratiwi Bendahara Rina Hartati" in shown, "the chair first"
        assert "Umi" not in shown, "her term is over"
        before = drawn(phone_of(wati).get(f"{JOIN}?komunitas=MAWAR"))
        assert "D*** P***" in before
        assert "Dian" not in before
        with transaction.atomic(), opened_by(SYSTEM):
            herself = registered(name="Dian Pratiwi", phone="0812-0000-8888")
            Member.objects.filter(pk=herself.pk).update(is_restricted=True)
            User.objects.filter(pk=dian.pk).update(member_id=herself.pk)
        assert "Dian" not in drawn(browser.get(HERE)), "who restricted her data is named to nobody"

    def test_without_a_contact_leads_to_asking(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        joined(siti, active_group("Mawar", SENEN), MAY)
        assert page(phone_of(siti).get(HERE)).select_one("main a[href='/lapor']") is not None

    @pytest.mark.parametrize(
        ("state", "said"), [("paused", "sedang berhenti sementara"), ("closed", "sudah ditutup")]
    )
    def test_that_rests_or_has_ended_says_what_stays_and_why(
        self, phone_of: Phone, citra: Actor, state: str, said: str
    ) -> None:
        mawar, siti = active_group("Mawar", SENEN), registered(name="Siti")
        joined(siti, mawar, MAY)
        (pause_group if state == "paused" else close_group)(citra, mawar, "Gedungnya dibongkar.")
        browser = phone_of(siti)
        for address in (HERE, f"{JOIN}?komunitas=MAWAR"):
            told = drawn(browser.get(address))
            assert f"Komunitas Anda {said}" in told
            assert "Coba lagi nanti" not in told
        assert "Gedungnya dibongkar." in drawn(browser.get(HERE))

    def test_offers_those_near_and_those_of_a_name(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        near, far = active_group("Mawar", SENEN), active_group("Kenanga Coblong", COBLONG)
        browser = phone_of(siti)
        assert f"{JOIN}?komunitas={near.pk}" in browser.get(HERE).content.decode()
        found = browser.get(HERE, {"cari": "kenanga"}).content.decode()
        assert f"{JOIN}?komunitas={far.pk}" in found
        assert f"{JOIN}?komunitas={near.pk}" not in found
        assert "Tidak ada komunitas bernama itu" in drawn(browser.get(HERE, {"cari": "anggrek"}))

    def test_is_left_with_a_reason_that_may_be_empty(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        joined(siti, active_group("Mawar", SENEN), MAY)
        browser = phone_of(siti)
        assert browser.post(LEAVE, {"reason": ""})["Location"] == HERE
        assert browser.post(LEAVE, {"reason": ""})["Location"] == HERE
        assert times_of(siti) == [("Mawar", MAY, today_wib())]
        assert "Anda belum dalam komunitas" in drawn(browser.get(HERE))
        assert "Mawar 1 Mei 2018" in drawn(browser.get(HERE))

    def test_a_refusal_stands_on_the_page_and_nothing_typed_is_lost(self, phone_of: Phone) -> None:
        siti = registered(name="Siti")
        mawar = active_group("Mawar", SENEN)
        browser = phone_of(siti)
        browser.post(JOIN, {"komunitas": mawar.pk})
        found = page(browser.post(LEAVE, {"reason": "Keliru pilih"}), UNPROCESSABLE)
        assert "mulai besok" in words(found.select_one("#kesalahan"))
        assert "Keliru pilih" in words(found.main)
        here = page(browser.get(HERE))
        assert "mulai besok" in words(here.main)
        assert here.select(f"form[action='{LEAVE}'], a[href^='{JOIN}']") == [], (
            "nothing is offered that is refused today"
        )
        far = page(browser.post(LEAVE, {"reason": "x" * 600}), UNPROCESSABLE)
        assert far.select_one("#id_reason_error") is not None
        assert len(times_of(siti)) == 1

    def test_costs_the_same_for_many_komunitas_and_many_moves(self, phone_of: Phone) -> None:
        siti, made = registered(name="Siti"), iter(range(200))
        browser = phone_of(siti)

        def grow(count: int) -> None:
            for _one in range(count):
                place = next(made)
                group = active_group(f"Mawar {place:03d}", SENEN)
                opened_centre(group, f"Pusat {place}")
                joined(siti, group, MAY + timedelta(days=place))

        assert_constant_queries(lambda: browser.get(HERE), grow)
        assert_constant_queries(lambda: browser.get(HERE, {"cari": ""}), grow)

    def test_of_a_merged_record_is_not_found(self, phone_of: Phone) -> None:
        siti, other = registered(name="Siti"), registered(name="Siti Aminah")
        browser = phone_of(siti)
        Member.objects.filter(pk=siti.pk).update(merged_into=other)
        for path in (HERE, JOIN):
            assert browser.get(path).status_code == NOT_FOUND


class TestTheCounts:
    def test_follow_her_from_the_day_of_the_move_on_and_earlier_days_stay(self, phone_of: Phone) -> None:
        siti, mawar, melati = registered(name="Siti"), active_group("Mawar"), active_group("Melati", SENEN)
        joined(siti, mawar, MAY)
        tallies.fold_all()
        phone_of(siti).post(JOIN, {"komunitas": melati.pk})

        def members(group: Group, day: date) -> int:
            return tallies.counts(tallies.group_node(group.pk), day).stages[1].people

        today = today_wib()
        days = (MAY - timedelta(days=1), MAY, today - timedelta(days=1), today, today + timedelta(days=1))
        for _round in range(2):
            assert [members(mawar, day) for day in days] == [0, 1, 1, 0, 0]
            assert [members(melati, day) for day in days] == [0, 0, 0, 1, 1]
            assert recount() == []
            tallies.fold_all()

    def test_evidence_that_waits_moves_along(
        self, phone_of: Phone, desk: Callable[[Actor], Client], ani: Actor
    ) -> None:
        siti, mawar, melati = registered(name="Siti"), active_group("Mawar"), active_group("Melati", SENEN)
        joined(siti, mawar, MAY)
        give_evidence(chair_of(mawar), siti, proof(2, date(2018, 6, 1)))
        [evidence] = Evidence.objects.filter(member=siti, stage=2)
        assert evidence.state == "claimed"

        def readers() -> list[bool]:
            return [
                Evidence.objects.visible_to(actor, Permission.MEMBERS_READ).filter(pk=evidence.pk).exists()
                for actor in (chair_of(mawar), chair_of(melati), ani)
            ]

        assert readers() == [True, False, True]
        officer = desk(ani)
        assert "Siti" in words(page(officer.get("/bukti")).main)
        phone_of(siti).post(JOIN, {"komunitas": melati.pk})
        assert readers() == [False, True, True]
        assert "Siti" in words(page(officer.get("/bukti")).main), "who verifies her place goes on"
        assert desk(chair_of(mawar)).get(f"/anggota/{siti.number}").status_code == NOT_FOUND
        new = desk(chair_of(melati))
        assert new.get(f"/anggota/{siti.number}").status_code == 200
        shown = words(page(new.get(f"/komunitas/{melati.pk}")).main)
        assert "Baru masuk dan pindahan" in shown
        assert "dari Mawar" in shown
