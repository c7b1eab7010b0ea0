"""Somebody registers herself in a browser without script: block by block, also when answers are lost."""

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import (
    BLOCKS,
    CONSENT,
    TYPED,
    error_beside,
    filled,
    registered_here,
    verified,
)
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN
from tests.outbox import Outbox
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db


class TestFromTheLinkToTheCard:
    def test_she_is_a_member_after_six_blocks_and_signed_in(self, client: Client, outbox: Outbox) -> None:
        group = active_group("Mawar", SENEN)
        first = page(client.get("/daftar?komunitas=MAWAR&sumber=brosur"))
        hidden = {field["name"]: field.get("value", "") for field in first.select("input[type=hidden]")}
        assert "Mawar" in words(first.select_one("main"))
        verified(client, outbox, komunitas=hidden["komunitas"], sumber=hidden["sumber"])
        filled(client, komunitas={"group": str(group.pk)})
        assert client.post("/daftar/persetujuan", CONSENT)["Location"] == "/daftar/selesai"
        member = Member.objects.get()
        done = page(client.get("/daftar/selesai"))
        assert member.number in words(done.select_one("main"))
        assert (member.name, member.region, member.group_id, member.source) == (
            "Siti Aminah",
            SENEN,
            group.pk,
            "brosur",
        )
        assert set(member.consents.values_list("purpose", flat=True)) == {"programme", "contact"}
        assert "_auth_user_id" in client.session

    def test_the_done_page_makes_the_card_that_it_speaks_of(self, client: Client, outbox: Outbox) -> None:
        registered_here(client, outbox)
        done = page(client.get("/daftar/selesai"))
        assert not done.select("a[href='/saya/kartu']"), "there is nothing to be seen yet"
        assert client.post(str(done.select_one("form[action*=kartu]")["action"]))["Location"] == "/saya/kartu"
        assert "Anda belum punya kartu" not in page(client.get("/saya/kartu")).text
        assert page(client.get("/daftar/selesai")).select("a[href='/saya/kartu']")

    def test_on_a_shared_telephone_nothing_stays_behind(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        client.post("/daftar/persetujuan", CONSENT)
        client.get("/daftar/selesai")
        assert client.post("/daftar/baru")["Location"] == "/daftar"
        assert "_auth_user_id" not in client.session
        assert client.get("/daftar/selesai")["Location"] == "/daftar"

    def test_who_has_signed_out_is_not_signed_in_by_looking_at_the_last_page_again(
        self, client: Client, outbox: Outbox
    ) -> None:
        """On a telephone of a family the next one presses "back"."""
        registered_here(client, outbox)
        client.post("/keluar")
        shown = page(client.get("/daftar/selesai"))
        assert "_auth_user_id" not in client.session
        assert shown.select_one("main a[href='/masuk']") is not None

    def test_after_the_mother_has_signed_out_nobody_comes_in_as_the_daughter(
        self, client: Client, outbox: Outbox
    ) -> None:
        """The last page of the one who came second stands behind "back", and she has never signed in or out."""
        registered_here(client, outbox)
        client.post("/daftar/keluarga")
        filled(client, diri={"name": "Putri Aminah"})
        client.post("/daftar/persetujuan", CONSENT)
        client.get("/daftar/selesai")
        client.post("/keluar")
        shown = page(client.get("/daftar/selesai"))
        assert "_auth_user_id" not in client.session
        assert shown.select_one("main a[href='/masuk']") is not None

    def test_whose_last_answer_was_lost_is_signed_in_by_the_next_one(
        self, client: Client, outbox: Outbox
    ) -> None:
        registered_here(client, outbox)
        del client.cookies["sessionid"]
        assert client.get("/daftar/selesai").status_code == 200
        assert "_auth_user_id" in client.session

    def test_the_next_one_of_the_family_is_not_led_to_the_first_ones_card(
        self, client: Client, outbox: Outbox
    ) -> None:
        registered_here(client, outbox)
        client.post("/daftar/keluarga")
        filled(client, diri={"name": "Budi Hartono", "sex": "male"})
        client.post("/daftar/persetujuan", CONSENT)
        shown = page(client.get("/daftar/selesai")).select_one("main")
        assert shown is not None
        assert "Budi Hartono" in words(shown)
        assert shown.select_one("a[href='/saya/kartu']") is None
        assert shown.select_one("a[href='/masuk']") is not None

    def test_a_block_out_of_turn_leads_to_the_one_that_is_next(self, client: Client, outbox: Outbox) -> None:
        assert client.get("/daftar/persetujuan")["Location"] == "/daftar"
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        assert client.get("/daftar/persetujuan")["Location"] == "/daftar/usaha"
        assert client.post("/daftar/persetujuan", CONSENT)["Location"] == "/daftar/usaha"
        assert Member.objects.count() == 0

    def test_no_answer_is_kept_by_anybody_on_the_way(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        for path in ("/daftar", "/daftar/diri"):
            assert "no-store" in client.get(path)["Cache-Control"]
        cookie = client.cookies["okoce_daftar"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/daftar")


class TestALineThatDrops:
    def test_every_answer_lost_once_changes_nothing(self, client: Client, outbox: Outbox) -> None:
        """Whatever is sent is sent twice, since its first answer was lost."""
        client.post("/daftar", {"phone": TYPED})
        assert client.post("/daftar", {"phone": TYPED})["Location"] == "/daftar/kode"
        code = {"code": outbox.code(PHONE)}
        client.post("/daftar/kode", code)
        assert client.post("/daftar/kode", code)["Location"] == "/daftar/diri"
        for path, told in BLOCKS.items():
            assert client.post(path, told)["Location"] == client.post(path, told)["Location"]
        answers = [client.post("/daftar/persetujuan", CONSENT)["Location"] for _ in range(3)]
        assert answers == ["/daftar/selesai"] * 3
        assert Member.objects.count() == 1
        assert RegistrationDraft.objects.count() == 1

    def test_the_first_answer_lost_with_its_cookie_makes_nobody_wait(self, outbox: Outbox) -> None:
        Client().post("/daftar", {"phone": TYPED})
        again, stranger = Client(), Client()
        for browser in (again, stranger):
            assert browser.post("/daftar", {"phone": TYPED})["Location"] == "/daftar/kode"
        assert len(outbox.sent) == 1
        assert again.post("/daftar/kode", {"code": outbox.code(PHONE)})["Location"] == "/daftar/diri"
        assert stranger.get("/daftar/diri")["Location"] == "/daftar/kode"
        error_beside(stranger.post("/daftar/kode", {"code": outbox.code(PHONE)}), "code")

    def test_nobody_piles_up_beginnings_on_one_code(self, outbox: Outbox) -> None:
        for _time in range(5):
            assert Client().post("/daftar", {"phone": TYPED})["Location"] == "/daftar/kode"
        assert "Tunggu satu menit" in error_beside(Client().post("/daftar", {"phone": TYPED}), "phone")
        assert RegistrationDraft.objects.count() == 5

    def test_a_number_that_is_wrong_is_told_also_while_another_registration_is_open(
        self, client: Client, outbox: Outbox
    ) -> None:
        verified(client, outbox)
        outbox.is_down = True
        error_beside(client.post("/daftar", {"phone": "0813 0000 1111"}), "phone")

    def test_a_browser_that_was_closed_goes_on_where_it_was(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        again = page(client.get("/daftar"))
        assert "Siti Aminah" in words(again.select_one("main"))
        assert again.select_one("a[href='/daftar/usaha']") is not None

    def test_another_device_goes_on_after_the_code(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        RegistrationDraft.objects.update(step=DraftStep.WORK)
        other = Client()
        outbox.sent.clear()
        allow_another_code()
        verified(other, outbox)
        assert "Siti Aminah" in words(page(other.get("/daftar/lanjut")).select_one("main"))
        assert other.post("/daftar/lanjut", {"earlier": "1"})["Location"] == "/daftar/usaha"
        assert RegistrationDraft.objects.count() == 1

    def test_another_of_the_family_begins_for_herself(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        other = Client()
        allow_another_code()
        verified(other, outbox)
        assert other.post("/daftar/lanjut", {"new": "1"})["Location"] == "/daftar/diri"
        assert RegistrationDraft.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_code_tapped_four_times_at_once_leads_on_each_time(outbox: Outbox) -> None:
    first = Client()
    first.post("/daftar", {"phone": TYPED})
    taps = [Client() for _tap in range(4)]
    for tap in taps:
        tap.cookies = first.cookies
    answers = together(4, lambda place: taps[place].post("/daftar/kode", {"code": outbox.code(PHONE)}))
    assert [answer["Location"] for answer in answers] == ["/daftar/diri"] * 4


def allow_another_code() -> None:
    """A minute later, as the sender of codes sees it."""
    from okoce.foundation.accounts.models import SignInCode

    SignInCode.objects.all().delete()


class TestAKnownPerson:
    def test_learns_it_after_the_code_and_never_before(self, client: Client, outbox: Outbox) -> None:
        member_with(name="Siti Aminah", phone=TYPED)
        client.post("/daftar", {"phone": TYPED})
        assert "Sudah anggota? Masuk" not in client.get("/daftar/kode").content.decode()
        client.post("/daftar/kode", {"code": outbox.code(PHONE)})
        shown = words(page(client.get("/daftar/diri")).select_one("main"))
        assert "Sudah anggota? Masuk" in shown
        assert "Siti" not in shown

    def test_is_led_to_the_sign_in_and_stays_one(self, client: Client, outbox: Outbox) -> None:
        member = member_with(name="Siti Aminah", phone=TYPED)
        verified(client, outbox)
        filled(client)
        client.post("/daftar/persetujuan", CONSENT)
        shown = page(client.get("/daftar/selesai"))
        assert member.number in words(shown.select_one("main"))
        assert shown.select_one("main a[href='/masuk']") is not None
        assert Member.objects.count() == 1
        assert "_auth_user_id" not in client.session

    def test_of_a_family_comes_in_on_the_number_just_verified(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        client.post("/daftar/persetujuan", CONSENT)
        assert client.post("/daftar/keluarga")["Location"] == "/daftar/diri"
        filled(client, diri={"name": "Budi Hartono", "sex": "male"})
        client.post("/daftar/persetujuan", CONSENT)
        assert set(Member.objects.values_list("name", "phone")) == {
            ("Siti Aminah", PHONE),
            ("Budi Hartono", PHONE),
        }
