"""Somebody registers herself in a browser without script: block by block, also when answers are lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import GuardianConsent, Member
from okoce.community.members.tests.factories import member_with
from okoce.foundation.events.models import Event
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SENEN
from tests.outbox import Outbox
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db

FOUND, UNPROCESSABLE = 302, 422
TYPED = "0812 3456 7890"
PERSON = {"name": "Siti Aminah", "birth_on": "17 Agustus 1990", "sex": "female", "nik": ""}
WORK = {"activity": "trading", "trade": "Keripik tempe"}
GUARDIANS_PHONE = "+6281299990000"
GUARDIAN = {
    "guardian_name": "Wati",
    "guardian_phone": "0812 9999 0000",
    "guardian_relation": "parent",
    "guardian_agrees": "on",
}
CONSENT = {"version": "2", "programme": "on", "contact": "on"}
BLOCKS: dict[str, dict[str, str]] = {
    "/daftar/diri": PERSON,
    "/daftar/tempat": {"code": SENEN},
    "/daftar/usaha": WORK,
    "/daftar/komunitas": {"group": "none"},
}
# Short enough for one line, so that nobody has to scroll to see them beside the field.
LONGEST_SENTENCE = 200


def verified(client: Client, outbox: Outbox, **told: str) -> None:
    """As far as the code."""
    assert client.post("/daftar", {"phone": TYPED, **told})["Location"] == "/daftar/kode"
    answer = client.post("/daftar/kode", {"code": outbox.code(PHONE)})
    assert answer["Location"] in {"/daftar/diri", "/daftar/lanjut"}


def filled(client: Client, until: str = "/daftar/persetujuan", **otherwise: dict[str, str]) -> None:
    for path, told in BLOCKS.items():
        if path == until:
            return
        answer = client.post(path, {**told, **otherwise.get(path.rpartition("/")[2], {})})
        assert answer.status_code == FOUND, answer.content.decode()[:3000]


def registered_here(client: Client, outbox: Outbox) -> None:
    verified(client, outbox)
    filled(client)
    client.post("/daftar/persetujuan", CONSENT)
    client.get("/daftar/selesai")


def error_beside(answer: Any, field: str) -> str:
    """The one sentence beside a field; the page says so in its title, and what was typed stands there."""
    found = page(answer, UNPROCESSABLE)
    assert found.title is not None
    assert found.title.text.startswith("Kesalahan:")
    sentence = words(found.select_one(f"#id_{field}_error"))
    assert sentence
    assert len(sentence) <= LONGEST_SENTENCE
    return sentence


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


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        "phone", ["0812 345", "08123456789012345678", "021 345678", "+6591234567", "", "  ", "satu"]
    )
    def test_a_number_is_told_beside_the_field_and_stays(
        self, client: Client, outbox: Outbox, phone: str
    ) -> None:
        answer = client.post("/daftar", {"phone": phone, "may_call": "on"})
        error_beside(answer, "phone")
        found = page(answer, UNPROCESSABLE)
        assert found.select_one("#id_phone").get("value", "") == phone  # type: ignore[union-attr]  # the field is there
        assert found.select_one("#id_may_call").has_attr("checked")  # type: ignore[union-attr]  # the field is there
        assert outbox.sent == []
        assert not RegistrationDraft.objects.exists()

    def test_a_wrong_code_is_told_and_leads_nowhere(self, client: Client, outbox: Outbox) -> None:
        client.post("/daftar", {"phone": TYPED})
        wrong = f"{(int(outbox.code(PHONE)) + 1) % 10**6:06d}"
        error_beside(client.post("/daftar/kode", {"code": wrong}), "code")
        assert client.get("/daftar/diri")["Location"] == "/daftar/kode"

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("name", ""),
            ("name", "Ani " * 50),
            ("name", "🙂"),
            ("name", "Siti 🙂"),
            ("name", "\u202e\u202d"),
            ("name", "Siti\x00"),
            ("name", "   "),
            ("birth_on", "  "),
            ("birth_on", "besok"),
            ("birth_on", "1 Januari 2090"),
            ("birth_on", "31 Februari 1990"),
            ("birth_on", "1 Januari 2020"),
            ("sex", "kucing"),
        ],
    )
    def test_a_field_of_hers_is_told_beside_it_and_nothing_typed_is_lost(
        self, client: Client, outbox: Outbox, field: str, typed: str
    ) -> None:
        verified(client, outbox)
        told = {**PERSON, field: typed}
        answer = client.post("/daftar/diri", told)
        error_beside(answer, field)
        self.assert_nothing_is_lost(answer, {**told, "sex": ""} if field == "sex" else told)
        assert client.get("/daftar/tempat")["Location"] == "/daftar/diri"

    @pytest.mark.parametrize(
        ("field", "typed"),
        [
            ("name", "O"),
            ("name", "محمد علي"),
            ("nik", "3171045508900001"),  # born on the 15th
            ("nik", "3171041708900001"),  # a man's
            ("nik", "3171049908900001"),  # no day at all
            ("nik", "317104"),
        ],
    )
    def test_what_may_be_right_is_asked_about_once(
        self, client: Client, outbox: Outbox, field: str, typed: str
    ) -> None:
        verified(client, outbox)
        told = {**PERSON, field: typed}
        answer = client.post("/daftar/diri", told)
        error_beside(answer, field)
        self.assert_nothing_is_lost(answer, told)
        asked = page(answer, UNPROCESSABLE).select_one("#id_doubted")
        assert asked is not None
        assert (
            client.post("/daftar/diri", {**told, "doubted": asked["value"]})["Location"] == "/daftar/tempat"
        )

    def assert_nothing_is_lost(self, answer: Any, told: dict[str, str]) -> None:
        found = page(answer, UNPROCESSABLE)
        for field in ("name", "birth_on", "nik"):
            typed = found.select_one(f"#id_{field}")
            assert typed is not None
            assert typed.get("value", "") == told[field]
        assert len(found.select("input[name=sex][checked]")) == bool(told["sex"])

    def test_a_business_without_a_word_and_no_choice_are_told(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        error_beside(client.post("/daftar/usaha", {"activity": "trading", "trade": " "}), "trade")
        error_beside(client.post("/daftar/usaha", {"trade": "Jahit"}), "activity")

    def test_the_business_is_not_said_to_be_needless_and_is_not_needed_by_who_has_none(
        self, client: Client, outbox: Outbox
    ) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        label = words(page(client.get("/daftar/usaha")).select_one("label[for=id_trade]"))
        assert label == "Usaha apa?"
        answer = client.post("/daftar/usaha", {"activity": "menganggur", "trade": ""})
        assert answer["Location"] == "/daftar/komunitas"

    def test_a_komunitas_that_was_not_offered_is_refused(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/komunitas")
        elsewhere = active_group("Melati", "73.71")
        error_beside(client.post("/daftar/komunitas", {"group": str(elsewhere.pk)}), "group")
        error_beside(client.post("/daftar/komunitas", {}), "group")

    def test_nobody_is_a_member_without_the_one_consent(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        answer = client.post("/daftar/persetujuan", {"version": "2", "contact": "on"})
        error_beside(answer, "programme")
        assert page(answer, UNPROCESSABLE).select_one("#id_contact").has_attr("checked")  # type: ignore[union-attr]  # the field is there
        assert Member.objects.count() == 0

    def test_other_words_than_those_she_read_are_shown_again(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        answer = client.post("/daftar/persetujuan", {**CONSENT, "version": "1"})
        assert "diperbarui" in words(page(answer, UNPROCESSABLE).select_one("[role=alert]"))
        assert Member.objects.count() == 0

    def test_a_minor_sees_the_guardians_part_and_comes_in_with_it(
        self, client: Client, outbox: Outbox
    ) -> None:
        verified(client, outbox)
        filled(client, diri={"birth_on": "1-1-2011"})
        answer = client.post("/daftar/persetujuan", {**CONSENT, "guardian_phone": "0812"})
        for field in ("guardian_name", "guardian_phone", "guardian_relation", "guardian_agrees"):
            error_beside(answer, field)
        client.post("/daftar/persetujuan", {**CONSENT, **GUARDIAN, "guardian_phone": TYPED})
        assert GuardianConsent.objects.get().consent.member == Member.objects.get()


class TestAGuardian:
    """Who answers for a minor and has a phone of his own types a code that came there, in words that say what it is for."""

    @pytest.fixture
    def asked(self, client: Client, outbox: Outbox) -> Client:
        verified(client, outbox)
        filled(client, diri={"birth_on": "1-1-2011"})
        assert client.post("/daftar/persetujuan", {**CONSENT, **GUARDIAN})["Location"] == "/daftar/wali"
        return client

    def test_is_asked_by_a_code_and_makes_her_a_member(self, asked: Client, outbox: Outbox) -> None:
        text = outbox.texts(GUARDIANS_PHONE)[-1]
        assert "kode persetujuan orang tua atau wali" in text
        assert "Jangan berikan" not in text
        shown = words(page(asked.get("/daftar/wali")).select_one("main"))
        assert "Wati" in shown
        assert "0812-9999-0000" in shown
        assert not Member.objects.exists()
        answer = asked.post("/daftar/wali", {"code": outbox.code(GUARDIANS_PHONE)})
        assert answer["Location"] == "/daftar/selesai"
        noted = GuardianConsent.objects.get()
        assert (noted.name, noted.phone, noted.phone_proven_at is not None) == ("Wati", GUARDIANS_PHONE, True)
        assert set(noted.consent.member.consents.values_list("purpose", flat=True)) == {
            "programme",
            "contact",
        }
        assert Event.objects.filter(kind="registration.guardian_phone_verified").count() == 1

    def test_is_not_stood_in_for_by_her_own_code(self, asked: Client, outbox: Outbox) -> None:
        wrong = f"{(int(outbox.code(GUARDIANS_PHONE)) + 1) % 10**6:06d}"
        for code in (wrong, outbox.code(PHONE)):
            if code != outbox.code(GUARDIANS_PHONE):
                error_beside(asked.post("/daftar/wali", {"code": code}), "code")
        assert not Member.objects.exists()

    def test_is_asked_once_though_every_answer_is_lost(self, asked: Client, outbox: Outbox) -> None:
        asked.post("/daftar/persetujuan", {**CONSENT, **GUARDIAN})
        assert len(outbox.texts(GUARDIANS_PHONE)) == 1
        code = {"code": outbox.code(GUARDIANS_PHONE)}
        assert [asked.post("/daftar/wali", code)["Location"] for _ in range(2)] == ["/daftar/selesai"] * 2
        assert Member.objects.count() == 1

    def test_stands_there_again_when_she_comes_back(self, asked: Client, outbox: Outbox) -> None:
        shown = page(asked.get("/daftar/persetujuan"))
        assert shown.select_one("#id_guardian_name")["value"] == "Wati"  # type: ignore[index]  # it is there
        assert not shown.select("input[type=checkbox][checked]")

    def test_is_asked_about_another_number_anew(self, asked: Client, outbox: Outbox) -> None:
        old = outbox.code(GUARDIANS_PHONE)
        other = {**CONSENT, **GUARDIAN, "guardian_phone": "0812 9999 0001"}
        assert asked.post("/daftar/persetujuan", other)["Location"] == "/daftar/wali"
        if old != outbox.code("+6281299990001"):
            error_beside(asked.post("/daftar/wali", {"code": old}), "code")
        asked.post("/daftar/wali", {"code": outbox.code("+6281299990001")})
        assert GuardianConsent.objects.get().phone == "+6281299990001"

    def test_is_not_asked_for_whoever_is_of_age_after_all(self, asked: Client, outbox: Outbox) -> None:
        asked.post("/daftar/diri", PERSON)
        code = {"code": outbox.code(GUARDIANS_PHONE)}
        assert asked.post("/daftar/wali", code)["Location"] == "/daftar/persetujuan"
        assert not Member.objects.exists()

    @pytest.mark.parametrize("phone", ["+65 8123 4567", "021 3456789"])
    def test_whose_number_gets_no_code_is_told_beside_the_field(
        self, client: Client, outbox: Outbox, phone: str
    ) -> None:
        verified(client, outbox)
        filled(client, diri={"birth_on": "1-1-2011"})
        answer = client.post("/daftar/persetujuan", {**CONSENT, **GUARDIAN, "guardian_phone": phone})
        assert "nomor HP Indonesia" in error_beside(answer, "guardian_phone")
        assert page(answer, UNPROCESSABLE).select_one("#id_guardian_name")["value"] == "Wati"  # type: ignore[index]  # it is there

    def test_is_nobody_before_the_consent(self, client: Client, outbox: Outbox) -> None:
        assert client.get("/daftar/wali")["Location"] == "/daftar"
        verified(client, outbox)
        assert client.get("/daftar/wali")["Location"] == "/daftar/diri"
        filled(client)
        assert client.get("/daftar/wali")["Location"] == "/daftar/persetujuan"


class TestThePlace:
    @pytest.fixture
    def search(self, client: Client, outbox: Outbox) -> Callable[[str], Any]:
        verified(client, outbox)
        filled(client, until="/daftar/tempat")
        return lambda typed: page(client.get("/daftar/tempat", {"cari": typed}))

    @pytest.mark.parametrize(
        ("typed", "code"),
        [("senen", SENEN), ("Kec. Senen", SENEN), ("senan", SENEN), ("Senen, Jakarta Pusat", SENEN)],
    )
    def test_is_found_by_what_she_types(self, search: Callable[[str], Any], typed: str, code: str) -> None:
        offered = [button["value"] for button in search(typed).select("button[name=code]")]
        assert code in offered

    @pytest.mark.parametrize("typed", ["", "   ", "qqqqqq", "🙂", "Gambir, Antah Berantah", "\u202e"])
    def test_that_is_none_is_told_beside_the_field(self, search: Callable[[str], Any], typed: str) -> None:
        found = search(typed)
        assert words(found.select_one("#id_cari_error"))
        assert found.title.text.startswith("Kesalahan:")

    @pytest.mark.parametrize(
        "code", ["", "31", "31.71", "99.99.99", "31.71.04.9999", "31.71.04\x00", "x" * 40]
    )
    def test_that_was_not_offered_is_refused(
        self, client: Client, search: Callable[[str], Any], code: str
    ) -> None:
        found = page(client.post("/daftar/tempat", {"code": code}), UNPROCESSABLE)
        assert words(found.select_one("[role=alert]"))
        assert client.get("/daftar/usaha")["Location"] == "/daftar/tempat"
