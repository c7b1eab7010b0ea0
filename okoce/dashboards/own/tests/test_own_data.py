"""My data at a glance, correcting how I am reached and where I live, and my history in plain words."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from okoce.community.members.actions.corrections import Correction, correct_member, correct_own_contact
from okoce.community.members.actions.residences import Home, correct_own_home, move_own_home
from okoce.community.members.actions.reviews import dismiss_duplicate, settle_contradiction
from okoce.community.members.events import ContradictionQueued
from okoce.community.members.models import DuplicateCandidate, Member, Residence
from okoce.community.members.tests.factories import member_with
from okoce.dashboards.own.history import WORDS, told
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ROLES
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts import gateway
from okoce.foundation.accounts.gateway import Notice
from okoce.foundation.events.facts import KINDS
from okoce.foundation.events.trail import record
from okoce.foundation.shared.errors import NotAllowed, NotFound
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import completed, proof, registered
from tests.cast import COBLONG, SENEN, SYSTEM, account_of
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Phone = Callable[[Member], Client]


class Outbox:
    """A channel that keeps what it was given."""

    name = "uji"

    def __init__(self) -> None:
        self.sent: list[tuple[str, Notice]] = []

    def send(self, phone: str, notice: Notice) -> None:
        self.sent.append((phone, notice))

    @property
    def code(self) -> str:
        return self.sent[-1][1].code


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Outbox]:
    box = Outbox()
    monkeypatch.setattr(gateway, "_gateway", box)
    return box


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


class TestAtAGlance:
    def test_shows_my_data_and_the_way_to_the_officer_for_the_rest(self, phone_of: Phone) -> None:
        siti = member_with(
            phone="081234567890", nik="3171044107900001", address="Jl. Kwitang 1", business_name="Kue Siti"
        )
        text = words(page(phone_of(siti).get("/saya/data")).main)
        for part in ("0812-3456-7890", "Jl. Kwitang 1", "Senen, Kota Jakarta Pusat", "Kue Siti", siti.number):
            assert part in text
        assert "3171044107900001" not in text
        assert "Bawa KTP ke petugas Kecamatan Senen" in text

    def test_leads_to_where_she_is_signed_in_in_words_for_somebody_without_a_password(
        self, phone_of: Phone
    ) -> None:
        browser = phone_of(member_with())
        assert page(browser.get("/saya/data")).select_one("main a[href='/akun/sesi']") is not None
        shown = page(browser.get("/akun/sesi")).main
        assert "kata sandi" not in words(shown)
        assert shown.select_one("a[href='/saya/data']") is not None


class TestOnesOwnRecordOnly:
    """The right to correct oneself reaches nobody else, and gives officers nothing that they had not."""

    def strangers(self, siti: Member) -> list[Actor]:
        everywhere = Actor(label="user:6", user_id=6, grants=(Grant("administrator", EVERYWHERE),))
        other = herself(member_with(name="Asep", region=COBLONG))
        here = Actor(label="user:1", user_id=1, grants=(Grant("petugas_kecamatan", Scope(region=SENEN)),))
        return [everywhere, other, here]

    def test_nobody_else_corrects_by_it(self) -> None:
        siti = member_with(address="Jl. Kwitang 1")
        for actor in self.strangers(siti):
            for deed in (
                lambda actor=actor: correct_own_contact(actor, siti, email="lain@okoce.contoh"),
                lambda actor=actor: move_own_home(actor, siti, Home(COBLONG), moved_on=date(2019, 1, 1)),
                lambda actor=actor: correct_own_home(actor, siti, Home(COBLONG)),
            ):
                with pytest.raises((NotFound, NotAllowed)):
                    deed()
        assert (fresh(siti).email, fresh(siti).region, fresh(siti).address) == ("", SENEN, "Jl. Kwitang 1")

    def test_name_and_nik_are_not_hers_to_correct(self) -> None:
        siti = member_with(name="Siti")
        with pytest.raises(NotAllowed):
            correct_member(herself(siti), siti, Correction(name="Orang Lain"))
        assert fresh(siti).name == "Siti"

    def test_only_the_member_and_the_administrator_carry_it(self) -> None:
        holders = {name for name, role in ROLES.items() if Permission.MEMBERS_CORRECT_OWN in role.permissions}
        assert holders == {"anggota", "administrator"}


class TestEmail:
    def test_is_saved_and_told_in_the_history(self, phone_of: Phone) -> None:
        siti = member_with()
        browser = phone_of(siti)
        assert browser.post("/saya/data/surel", {"email": "siti@okoce.contoh"}).status_code == 302
        assert fresh(siti).email == "siti@okoce.contoh"
        text = words(page(browser.get("/saya/data/riwayat")).main)
        assert "Data Anda dibetulkan: surel." in text
        assert "Anda sendiri" in text

    def test_a_wrong_one_is_refused_beside_the_field_and_not_lost(self, phone_of: Phone) -> None:
        siti = member_with()
        shown = page(phone_of(siti).post("/saya/data/surel", {"email": "siti(at)contoh"}), 422)
        assert shown.select_one("#id_email")["value"] == "siti(at)contoh"
        assert "siti@contoh.id" in words(shown.select_one("#id_email_error"))
        assert fresh(siti).email == ""


@pytest.mark.django_db(transaction=True)
class TestPhone:
    def test_changes_only_when_the_code_from_the_new_number_is_typed(
        self, phone_of: Phone, outbox: Outbox
    ) -> None:
        siti = member_with(phone="081234567890")
        browser = phone_of(siti)
        assert browser.post("/saya/data/hp", {"phone": "0857 1111 2222"})["Location"] == "/saya/data/hp/kode"
        assert outbox.sent[0][0] == "+6285711112222"
        assert fresh(siti).phone == "+6281234567890"
        wrong = "000000" if outbox.code != "000000" else "111111"
        assert "Kode belum cocok" in words(
            page(browser.post("/saya/data/hp/kode", {"code": wrong}), 422).main
        )
        assert fresh(siti).phone == "+6281234567890"
        assert browser.post("/saya/data/hp/kode", {"code": outbox.code})["Location"] == "/saya/data"
        assert fresh(siti).phone == "+6285711112222"
        assert browser.get("/saya/data/hp/kode")["Location"] == "/saya/data/hp"

    def test_the_same_number_and_no_number_are_refused_and_cost_no_message(
        self, phone_of: Phone, outbox: Outbox
    ) -> None:
        siti = member_with(phone="081234567890")
        browser = phone_of(siti)
        for typed in ("081234567890", "0812", "bukan nomor", "", "0" * 30):
            assert page(browser.post("/saya/data/hp", {"phone": typed}), 422).select_one("#id_phone_error")
        assert outbox.sent == []

    def test_a_number_of_a_namesake_changes_nothing_and_people_look_at_it(
        self, phone_of: Phone, outbox: Outbox
    ) -> None:
        member_with(name="Siti Aminah", phone="085711112222")
        siti = member_with(name="Siti Aminah", phone="081234567890")
        browser = phone_of(siti)
        browser.post("/saya/data/hp", {"phone": "085711112222"})
        answer = browser.post("/saya/data/hp/kode", {"code": outbox.code}, follow=True)
        assert "sudah dipakai anggota lain" in words(page(answer).main)
        assert fresh(siti).phone == "+6281234567890"


class TestHome:
    def found(self, answer: Any) -> list[str]:
        return [str(link["href"]) for link in page(answer).select(".list a")]

    def test_a_move_has_a_day_and_leaves_the_past_where_it_was(self, phone_of: Phone) -> None:
        siti = registered()
        completed(siti, p2=date(2018, 6, 1))
        browser = phone_of(siti)
        assert page(browser.get("/saya/data/pindah")).select_one("input[name=cari]")
        assert f"?kec={COBLONG}" in self.found(browser.get("/saya/data/pindah?cari=coblong"))
        form = page(browser.get(f"/saya/data/pindah?kec={COBLONG}"))
        assert form.select_one("input[name=region]")["value"] == COBLONG
        told = {"region": COBLONG, "village": "", "moved_on": "2019-03-01", "address": "Jl. Dago 5"}
        assert browser.post("/saya/data/pindah", told).status_code == 302
        assert (fresh(siti).region, fresh(siti).address) == (COBLONG, "Jl. Dago 5")
        assert list(Residence.objects.order_by("id").values_list("region", "until_on")) == [
            (SENEN, date(2019, 3, 1)),
            (COBLONG, None),
        ]
        text = words(page(browser.get("/saya/data/riwayat")).main)
        assert "Anda pindah dari Senen ke Coblong sejak 1 Maret 2019." in text

    def test_a_mistake_is_corrected_from_its_beginning(self, phone_of: Phone) -> None:
        siti = registered(address="Jl. Kwitang 1")
        browser = phone_of(siti)
        form = page(browser.get("/saya/data/alamat"))
        assert "Jl. Kwitang 1" in words(form.select_one("textarea"))
        told = {"region": COBLONG, "village": "", "address": "Jl. Dago 5"}
        assert browser.post("/saya/data/alamat", told).status_code == 302
        assert fresh(siti).region == COBLONG
        assert not Residence.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"moved_on": "2199-01-01"}, "moved_on"),
            ({"moved_on": ""}, "moved_on"),
            ({"moved_on": "kemarin"}, "moved_on"),
            ({"village": "31.71.04.1001"}, "village"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
        self, phone_of: Phone, wrong: dict[str, str], field: str
    ) -> None:
        siti = registered()
        told = {"region": COBLONG, "village": "", "moved_on": "2019-03-01", "address": "Jl. Dago 5", **wrong}
        shown = page(phone_of(siti).post("/saya/data/pindah", told), 422)
        assert shown.select_one(f"#id_{field}_error")
        assert "Jl. Dago 5" in words(shown.select_one("textarea"))
        assert fresh(siti).region == SENEN

    @pytest.mark.parametrize("region", ["", "31", "99.99.99", "x" * 500, "\x00"])
    def test_an_unknown_kecamatan_asks_for_another(self, phone_of: Phone, region: str) -> None:
        siti = registered()
        told = {"region": region, "moved_on": "2019-03-01", "address": ""}
        assert page(phone_of(siti).post("/saya/data/pindah", told), 422).select_one("input[name=cari]")
        assert fresh(siti).region == SENEN

    @pytest.mark.parametrize("typed", ["Coblong", "Kota Bandung"])
    def test_the_kecamatan_is_found_by_its_name_or_its_citys(self, phone_of: Phone, typed: str) -> None:
        shown = page(phone_of(registered()).get("/saya/data/pindah", {"cari": typed}))
        assert shown.select_one(f"main a[href='?kec={COBLONG}']") is not None

    def test_nothing_found_says_so(self, phone_of: Phone) -> None:
        text = words(page(phone_of(registered()).get("/saya/data/pindah?cari=zzzzqqq")).main)
        assert "Tidak ada kecamatan seperti itu" in text


class TestHistory:
    def test_officers_are_told_by_their_role_and_days_in_words(self, phone_of: Phone, ani: Actor) -> None:
        siti = registered()
        account = account_of(ani)
        acting = Actor(label=f"user:{account.pk}", user_id=account.pk, grants=ani.grants)
        give_evidence(acting, siti, proof(2, date(2018, 6, 1)))
        text = words(page(phone_of(siti).get("/saya/data/riwayat")).main)
        assert "Anda mendapat cap P2, tanggal 1 Juni 2018." in text
        assert "Petugas kecamatan" in text
        assert account.name not in text
        for technical in ("2018-06-01", "jaringan", "aturan", "evidence", "user:"):
            assert technical not in text

    def test_what_officers_note_and_what_contradicts_her_is_not_hers_to_read(
        self, phone_of: Phone, citra: Actor
    ) -> None:
        siti, rina = registered(name="Siti"), registered(name="Rina")
        DuplicateCandidate.objects.queue("same_phone_similar_name", siti.pk, rina.pk)
        dismiss_duplicate(citra, DuplicateCandidate.objects.get(), "Rina kakaknya, suka menunggak")
        DuplicateCandidate.objects.queue("contradiction", siti.pk, None, "telepon")
        with transaction.atomic(), opened_by(SYSTEM):
            came = {"telepon": ["+6281200000001", "+6281299999999"]}
            record(ContradictionQueued(member_id=siti.pk, field="telepon"), subject=siti, changes=came)
        settle_contradiction(citra, DuplicateCandidate.objects.get(field="telepon"), note="nomor suaminya")
        text = words(page(phone_of(siti).get("/saya/data/riwayat")).main)
        assert "Petugas memastikan catatan Anda tidak tercatat dua kali." in text
        assert "Data yang berbeda itu sudah diperiksa petugas." in text
        for hidden in ("Rina", rina.number, "menunggak", "99999", "suaminya"):
            assert hidden not in text

    def test_a_correction_shows_its_values_in_words(self, phone_of: Phone, ani: Actor) -> None:
        siti = registered(name="Siti", sex="female")
        correction = Correction(birth_on=date(1990, 7, 1), sex="male", nik="3171044107900001")
        correct_member(ani, siti, correction)
        text = words(page(phone_of(siti).get("/saya/data/riwayat")).main)
        assert "tanggal lahir 1 Juli 1990" in text
        assert "Perempuan → Laki-laki" in text
        for technical in ("1990-07-01", "female", "nik_masked", "3171044107900001"):
            assert technical not in text

    def test_what_happened_to_a_merged_record_is_hers_too(self, phone_of: Phone, ani: Actor) -> None:
        kept, gone = registered(name="Siti Aminah"), registered(name="S. Aminah")
        give_evidence(ani, gone, proof(2, date(2018, 6, 1)))
        merge_members(SYSTEM, kept, gone)
        text = words(page(phone_of(kept).get("/saya/data/riwayat")).main)
        assert "Anda mendapat cap P2, tanggal 1 Juni 2018." in text
        assert text.count("Dua catatan Anda dijadikan satu.") == 1

    def test_every_word_belongs_to_a_kind_and_its_fields_exist(self) -> None:
        for kind, sentence in WORDS.items():
            fields = set(KINDS[kind].fact.__dataclass_fields__)
            assert set(re.findall(r"{(\w+)}", str(sentence))) <= fields, kind

    def test_a_kind_that_it_does_not_know_is_told_without_details(self) -> None:
        assert told("members.something_new", {"secret_id": 7}) == "Catatan Anda diperbarui."


def test_whoever_was_merged_sees_the_surviving_record(phone_of: Phone) -> None:
    kept, gone = registered(name="Siti Aminah"), registered(name="S. Aminah")
    browser = phone_of(gone)
    merge_members(SYSTEM, kept, gone)
    assert kept.number in words(page(browser.get("/saya")).main)
