"""What is wrong or doubtful on /daftar is said beside its field, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okoce.community.groups.tests.factories import applied_group
from okoce.community.members.models import GuardianConsent, Member
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import (
    CONSENT,
    FOUND,
    GUARDIAN,
    PERSON,
    TYPED,
    error_beside,
    filled,
    verified,
)
from okoce.stages.p1_registration.models import RegistrationDraft
from tests.cast import COBLONG, SENEN
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        "phone", ["0812 345", "08123456789012345678", "021 345678", "+6591234567", "", "  ", "satu"]
    )
    def test_a_number_is_told_beside_the_field_and_stays(
        self, client: Client, outbox: Outbox, phone: str
    ) -> None:
        answer = client.post("/daftar", {"phone": phone, "may_call": "on"})
        error_beside(answer, "phone")
        found = refused(answer)
        assert found.select_one("#id_phone").get("value", "") == phone  # type: ignore[union-attr]  # the field is there
        assert found.select_one("#id_may_call").has_attr("checked")  # type: ignore[union-attr]  # the field is there
        assert outbox.sent == []
        assert not RegistrationDraft.objects.exists()

    @pytest.mark.parametrize(("phone", "digits"), [("0812 3456", 8), ("08123456789012345678", 20)])
    def test_a_number_that_is_too_short_or_too_long_is_told_with_its_length(
        self, client: Client, phone: str, digits: int
    ) -> None:
        assert f"({digits} angka)" in error_beside(client.post("/daftar", {"phone": phone}), "phone")

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
            ("name", "<b>Siti</b>"),
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
        asked = refused(answer).select_one("#id_doubted")
        assert asked is not None
        assert (
            client.post("/daftar/diri", {**told, "doubted": asked["value"]})["Location"] == "/daftar/tempat"
        )

    def assert_nothing_is_lost(self, answer: Any, told: dict[str, str]) -> None:
        found = refused(answer)
        for field in ("name", "birth_on"):
            typed = found.select_one(f"#id_{field}")
            assert typed is not None
            assert typed.get("value", "") == told[field]
        assert len(found.select("input[name=sex][checked]")) == bool(told["sex"])

    def test_a_business_without_a_word_and_no_choice_are_told(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        error_beside(client.post("/daftar/usaha", {"activity": "trading", "trade": " "}), "trade")
        error_beside(client.post("/daftar/usaha", {"trade": "Jahit"}), "activity")

    def test_a_business_in_pictures_is_told_as_a_name_is(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        answer = client.post("/daftar/usaha", {"activity": "trading", "trade": "Jahit kebaya 😀"})
        assert "tanpa gambar" in error_beside(answer, "trade")
        assert refused(answer).select_one("#id_trade")["value"] == "Jahit kebaya 😀"  # type: ignore[index]  # it is there
        assert client.get("/daftar/komunitas")["Location"] == "/daftar/usaha"

    def test_the_business_is_not_said_to_be_needless_and_is_not_needed_by_who_has_none(
        self, client: Client, outbox: Outbox
    ) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/usaha")
        label = words(page(client.get("/daftar/usaha")).select_one("label[for=id_trade]"))
        assert label == "Usaha apa?"
        answer = client.post("/daftar/usaha", {"activity": "menganggur", "trade": ""})
        assert answer["Location"] == "/daftar/komunitas"

    def test_a_komunitas_that_takes_no_members_is_refused(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client, until="/daftar/komunitas")
        elsewhere = applied_group("Melati", "73.71")
        error_beside(client.post("/daftar/komunitas", {"group": str(elsewhere.pk)}), "group")
        error_beside(client.post("/daftar/komunitas", {}), "group")

    def test_nobody_is_a_member_without_the_one_consent(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        answer = client.post("/daftar/persetujuan", {"version": "2", "contact": "on"})
        error_beside(answer, "programme")
        assert refused(answer).select_one("#id_contact").has_attr("checked")  # type: ignore[union-attr]  # the field is there
        assert Member.objects.count() == 0

    def test_other_words_than_those_she_read_are_shown_again(self, client: Client, outbox: Outbox) -> None:
        verified(client, outbox)
        filled(client)
        answer = client.post("/daftar/persetujuan", {**CONSENT, "version": "1"})
        assert "diperbarui" in words(refused(answer).select_one("[role=alert]"))
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

    @pytest.mark.parametrize("phone", ["0812", "+65 8123 4567", "021 3456789"])
    @pytest.mark.parametrize("version", ["1", CONSENT["version"]])
    def test_what_is_wrong_with_the_guardian_is_said_with_all_the_rest(
        self, client: Client, outbox: Outbox, phone: str, version: str
    ) -> None:
        verified(client, outbox)
        filled(client, diri={"birth_on": "1-1-2011"})
        told = {"version": version, "guardian_name": "🙂", "guardian_phone": phone}
        answer = client.post("/daftar/persetujuan", told)
        for field in ("programme", "guardian_name", "guardian_phone", "guardian_relation", "guardian_agrees"):
            error_beside(answer, field)


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

    @pytest.mark.parametrize("typed", ["Jakarta Pusat", "jakpus", "Kota Jakarta Pusat", "jakarta pusta"])
    def test_is_chosen_among_those_of_the_city_that_she_names(
        self, search: Callable[[str], Any], typed: str
    ) -> None:
        offered = [button["value"] for button in search(typed).select("button[name=code]")]
        assert SENEN in offered
        assert {code[:5] for code in offered} == {SENEN[:5]}

    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            ("Kebayoran, Jakarta Selatan", "31.74.05"),
            ("Snen, Jakarta", SENEN),
            ("Tebet Brat, Tebet, Jakarta Selatan", "31.74.01"),
            ("Cibiru, Bandng", "32.73.25"),
        ],
    )
    def test_is_suggested_where_she_says_that_it_lies(
        self, search: Callable[[str], Any], typed: str, first: str
    ) -> None:
        offered = [button["value"] for button in search(typed).select("button[name=code]")]
        assert offered[0] == first
        assert {code[:2] for code in offered} == {first[:2]}
        assert sorted(set(offered)) == sorted(offered)

    def test_once_chosen_is_near_what_she_may_mean_by_a_misspelling(
        self, search: Callable[[str], Any], client: Client
    ) -> None:
        search("senen")
        assert client.post("/daftar/tempat", {"code": COBLONG}).status_code == FOUND
        offered = [button["value"] for button in search("sukajdi").select("button[name=code]")]
        assert offered[0] == "32.73.07"
        assert "14.71.01" in offered

    def test_is_asked_for_more_closely_where_she_names_a_province(self, search: Callable[[str], Any]) -> None:
        assert "itu provinsi" in words(search("Jawa Barat").select_one("#id_cari_error"))

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
        found = refused(client.post("/daftar/tempat", {"code": code}))
        assert words(found.select_one("[role=alert]"))
        assert client.get("/daftar/usaha")["Location"] == "/daftar/tempat"
