"""Referrals as they are read: who sees what of whom, how they count, and their pages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.referrals import (
    accept_referral,
    close_referral,
    send_referral,
    withdraw_referral,
)
from okoce.community.partners.queries.referrals import list_referrals, referrals_waiting
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.referring import SHOWN, World, stored
from okoce.community.privacy.models import Look
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import NotFound
from tests.cast import SENEN, SYSTEM, account_of
from tests.pages import page, words
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


class TestInWhoseName:
    """The receiver answers; who watches over both may write down its answer, and the page says that this is what she does."""

    def test_an_answer_is_written_down_behind_a_fold_that_names_the_receiver(
        self, desk: Desk, world: World, citra: Actor
    ) -> None:
        referral = world.sent()
        address = f"/rujukan/{referral.pk}"
        folded, open_ = page(desk(citra).get(address)), page(desk(world.banker).get(address))
        form = folded.select_one(f"form[action='{address}/terima']")
        assert form is not None
        [fold] = form.find_parents("details")
        assert "Catat jawaban atas nama Bank Maju" in words(fold.summary)
        receivers = open_.select_one(f"form[action='{address}/terima']")
        assert receivers is not None
        assert not receivers.find_parents("details")
        assert "atas nama" not in words(open_.main)

    def test_so_is_what_came_of_it(self, desk: Desk, world: World, citra: Actor) -> None:
        referral = world.sent()
        accept_referral(world.banker, referral)
        address = f"/rujukan/{referral.pk}"
        browser = desk(citra)
        form = page(browser.get(address)).select_one(f"form[action='{address}/selesai']")
        assert form is not None
        [fold] = form.find_parents("details")
        assert "Catat hasilnya atas nama Bank Maju" in words(fold.summary)
        refused = page(browser.post(f"{address}/selesai", {"outcome": ""}), 422)
        again = refused.select_one(f"form[action='{address}/selesai']")
        assert again is not None
        assert again.find_parents("details")[0].has_attr("open"), "what was wrong is in sight"

    def test_a_no_that_was_refused_stands_open(self, desk: Desk, world: World, citra: Actor) -> None:
        referral = world.sent()
        address = f"/rujukan/{referral.pk}"
        refused = page(desk(citra).post(f"{address}/tolak", {"reason": ""}), 422)
        form = refused.select_one(f"form[action='{address}/tolak']")
        assert form is not None
        assert all(fold.has_attr("open") for fold in form.find_parents("details"))


class TestWhoSees:
    def test_only_the_two_who_exchange_it_and_whoever_watches_over_them(
        self, world: World, ani: Actor, citra: Actor, dewi: Actor
    ) -> None:
        referral = world.sent()
        others = [
            Actor(label="user:8", user_id=8, grants=(Grant(role, scope),))
            for role, scope in (
                ("petugas_skpd", Scope(region="31.71")),
                ("petugas_ptsp", Scope(region="31")),
                ("direktorat_diklat", Scope(everywhere=True)),
                ("sekretariat", Scope(region="32")),
                ("auditor", Scope(region="32")),
                ("anggota", Scope(member_id=referral.member_id + 1)),
            )
        ]
        seeing = [
            world.coach,
            world.banker,
            citra,
            dewi,
            Actor(label="user:8", user_id=8, grants=(Grant("auditor", Scope(region="31")),)),
            Actor(label="user:9", user_id=9, grants=(Grant("anggota", Scope(member_id=referral.member_id)),)),
        ]
        for somebody in (*others, world.stranger, ani):
            assert not Referral.objects.visible_to(somebody, Permission.REFERRALS_READ).exists()
        for somebody in seeing:
            assert list(Referral.objects.visible_to(somebody, Permission.REFERRALS_READ)) == [referral]
        for deed in (lambda: accept_referral(world.stranger, referral),):
            with pytest.raises(NotFound):
                deed()
        assert stored(referral)[0] == "sent"

    def test_the_telephone_from_acceptance_on_and_no_name_after_a_no(self, desk: Desk, world: World) -> None:
        referral, bank = world.sent(), desk(world.banker)
        address = f"/rujukan/{referral.pk}"
        before = words(page(bank.get(address)).main)
        assert "Siti Aminah" in before
        assert SHOWN not in before
        bank.post(f"{address}/terima")
        assert SHOWN in words(page(bank.get(address)).main)
        withdraw_referral(world.coach, referral, "Anggota menarik persetujuannya.")
        for place in (address, "/rujukan"):
            after = words(page(bank.get(place)).main)
            assert "Siti" not in after
            assert SHOWN not in after
            assert "Tidak dibagikan lagi" in after

    def test_consent_is_withdrawn_at_any_time_also_after_it_was_closed(
        self, desk: Desk, world: World
    ) -> None:
        referral, bank = world.sent(need="Modal untuk Siti"), desk(world.banker)
        accept_referral(world.banker, referral)
        close_referral(world.banker, referral, "served", "Kredit Siti disetujui.")
        address = f"/rujukan/{referral.pk}"
        assert SHOWN in words(page(bank.get(address)).main)
        sender = desk(world.coach)
        assert page(sender.get(address)).select_one(f"form[action='{address}/tarik']") is not None
        sender.post(f"{address}/tarik", {"reason": "Anggota menarik persetujuannya."})
        assert stored(referral) == ("withdrawn", "Anggota menarik persetujuannya.", "served")
        after = words(page(bank.get(address)).main)
        assert "Siti" not in after  # neither her name nor what somebody wrote of her
        assert SHOWN not in after
        assert "Modal untuk Siti" in words(page(sender.get(address)).main)

    def test_what_is_closed_ends_by_the_members_word_alone(self, desk: Desk, world: World) -> None:
        referral, sender = world.sent(), desk(world.coach)
        close_referral(world.banker, accept_referral(world.banker, referral), "served")
        address = f"/rujukan/{referral.pk}"
        answer = sender.post(f"{address}/tarik", {"reason": "Keliru, salah orang."})
        assert "Ditarik hanya bila anggota menarik persetujuannya" in words(page(answer, 422).main)
        assert stored(referral) == ("closed", "", "served")
        form = page(sender.get(address)).select_one(f"form[action='{address}/tarik']")
        assert form is not None
        assert "Catat bahwa anggota menarik persetujuannya" in words(form)
        assert form.select_one("textarea, [type=text]") is None, "no other reason is asked"
        sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
        sender.post(f"{address}/tarik", sent)
        assert stored(referral) == ("withdrawn", "Anggota menarik persetujuannya.", "served")

    def test_who_looked_is_told_also_of_the_form_and_of_what_was_refused(
        self, desk: Desk, world: World, citra: Actor
    ) -> None:
        desk(citra).get(f"/rujukan/kirim/{world.siti.number}")
        assert Look.objects.filter(member_id=world.siti.pk, page="referral", role="sekretariat").exists()
        referral = world.sent()
        assert desk(world.banker).post(f"/rujukan/{referral.pk}/tolak", {"reason": ""}).status_code == 422
        assert Look.objects.filter(member_id=world.siti.pk, partner_id=world.bank.pk).exists()

    def test_who_looked_is_told_to_the_member(self, desk: Desk, world: World) -> None:
        referral = world.sent()
        desk(world.banker).get(f"/rujukan/{referral.pk}")
        look = Look.objects.get()
        assert (look.member_id, look.page, look.partner_id) == (world.siti.pk, "referral", world.bank.pk)

    def test_what_waits_for_ones_answer_is_not_what_one_has_sent(self, world: World, citra: Actor) -> None:
        referral = world.sent()
        waiting = {
            "bank": referrals_waiting(world.banker).count(),
            "office": referrals_waiting(world.coach).count(),
            "other": referrals_waiting(world.stranger).count(),
            "secretariat": referrals_waiting(citra).count(),
        }
        assert waiting == {"bank": 1, "office": 0, "other": 0, "secretariat": 1}
        accept_referral(world.banker, referral)
        assert not referrals_waiting(world.banker).exists()


class TestCounting:
    def test_whoever_is_referred_often_is_one_person(self, world: World, citra: Actor) -> None:
        for stage in (2, 3, 7):
            world.sent(stage=stage)
        send_referral(citra, world.told(from_partner_id=None, to_partner_id=world.other.pk))
        told = list_referrals(citra, "", 0)
        assert (told.count, told.people) == (4, 1)

    def test_the_clock_says_since_when_it_waits(self, desk: Desk, world: World) -> None:
        with time_machine.travel("2026-11-10T05:00:00Z", tick=False):
            referral = world.sent(consent_on=date(2026, 11, 10))
        with time_machine.travel("2026-11-13T05:00:00Z", tick=False):
            assert "menunggu 3 hari" in words(page(desk(world.banker).get("/rujukan")).main)
            accept_referral(world.banker, referral)
        with time_machine.travel("2026-11-14T05:00:00Z", tick=False):
            assert "diterima 1 hari lalu" in words(page(desk(world.banker).get("/rujukan")).main)


class TestThePage:
    def form(self, world: World, **otherwise: Any) -> dict[str, Any]:
        told = {
            "from_partner": world.office.pk, "to_partner": world.bank.pk, "stage": "7", "need": "Modal kerja untuk oven",
            "consent_by": "member", "consent_way": "present", "consent_on": today_wib().isoformat(), "agreed": "on",
        }  # fmt: skip
        return told | otherwise

    def browser(self, world: World) -> Client:
        client = Client()
        client.force_login(User.objects.get(pk=world.coach.user_id))
        return client

    @pytest.fixture
    def coaching(self, world: World) -> Client:
        from okoce.foundation.accounts.actions import Anchors, grant_role

        grant_role(SYSTEM, User.objects.get(pk=world.coach.user_id), "petugas_skpd", Anchors(region="31.71"))
        return self.browser(world)

    def test_sends_from_the_page_of_the_person(self, world: World, coaching: Client) -> None:
        address = f"/rujukan/kirim/{world.siti.number}"
        shown = page(coaching.get(f"/anggota/{world.siti.number}"))
        assert shown.select_one(f"a[href='{address}']") is not None
        offered = words(page(coaching.get(address)).select_one("#id_to_partner"))
        assert "Bank Maju" in offered
        answer = coaching.post(address, self.form(world))
        referral = Referral.objects.get()
        assert answer["Location"] == f"/rujukan/{referral.pk}"
        assert "Dinas UMKM → Bank Maju" in words(page(coaching.get(f"/anggota/{world.siti.number}")).main)

    def test_without_consent_nobody_is_sent_and_nothing_typed_is_lost(
        self, world: World, coaching: Client
    ) -> None:
        told = self.form(world)
        del told["agreed"]
        shown = page(coaching.post(f"/rujukan/kirim/{world.siti.number}", told), 422)
        assert "Tanpa persetujuan anggota" in words(shown.select_one("#id_agreed_error"))
        assert words(shown.select_one("#id_need")) == told["need"]
        assert not Referral.objects.exists()

    def test_answers_on_its_own_page(self, desk: Desk, world: World) -> None:
        referral, bank = world.sent(), desk(world.banker)
        address = f"/rujukan/{referral.pk}"
        shown = page(bank.post(f"{address}/tolak", {"reason": ""}), 422)
        assert shown.select_one("details[open] #id_decline_reason_error") is not None
        bank.post(f"{address}/terima")
        bank.post(f"{address}/selesai", {"outcome": "served", "note": "Kredit disetujui."})
        assert stored(referral) == ("closed", "", "served")
        assert "Kredit disetujui." in words(page(bank.get(address)).main)

    def test_the_member_reads_it_in_her_own_history(self, world: World) -> None:
        accept_referral(world.banker, world.sent())
        user = account_of(Actor(label="siti", grants=(Grant("anggota", Scope(member_id=world.siti.pk)),)))
        client = Client()
        client.force_login(user)
        shown = words(page(client.get("/saya/data/riwayat")).main)
        assert "Anda dirujuk ke Bank Maju untuk P7 Akses permodalan, dengan persetujuan Anda." in shown
        assert "Bank Maju menerima Anda untuk P7 Akses permodalan" in shown

    def test_other_officers_read_nothing_of_it_on_her_page(
        self, desk: Desk, world: World, ani: Actor
    ) -> None:
        world.sent()
        client = desk(ani)
        for place in ("", "/riwayat"):
            main = page(client.get(f"/anggota/{world.siti.number}{place}")).main
            for choice in main.select("form select"):  # which mitra there are is no secret
                choice.decompose()
            shown = words(main)
            assert "Bank Maju" not in shown
            assert "Modal kerja" not in shown

    def test_the_list_costs_the_same_for_many(self, desk: Desk, world: World, citra: Actor) -> None:
        client = desk(citra)

        def grow(count: int) -> None:
            for _one in range(count):
                somebody = member_with(name="Ani", region=SENEN)
                world.sent(number=somebody.number)

        assert_constant_queries(lambda: client.get("/rujukan"), grow)
