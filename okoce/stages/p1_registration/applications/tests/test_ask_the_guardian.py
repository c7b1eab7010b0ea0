"""Whoever is under age registers with a guardian, whose own phone is proven by a code."""

import pytest
from django.test import Client

from okoce.community.members.models import GuardianConsent, Member
from okoce.foundation.events.models import Event
from okoce.stages.p1_registration.applications.tests.applicants import PHONE
from okoce.stages.p1_registration.applications.tests.walking import (
    CONSENT,
    GUARDIAN,
    GUARDIANS_PHONE,
    PERSON,
    error_beside,
    filled,
    verified,
)
from tests.outbox import Outbox
from tests.pages import page, refused, words

pytestmark = pytest.mark.django_db


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
        assert (noted.name, noted.phone, noted.phone_proven_since is not None) == (
            "Wati",
            GUARDIANS_PHONE,
            True,
        )
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
        assert refused(answer).select_one("#id_guardian_name")["value"] == "Wati"  # type: ignore[index]  # it is there

    def test_is_nobody_before_the_consent(self, client: Client, outbox: Outbox) -> None:
        assert client.get("/daftar/wali")["Location"] == "/daftar"
        verified(client, outbox)
        assert client.get("/daftar/wali")["Location"] == "/daftar/diri"
        filled(client)
        assert client.get("/daftar/wali")["Location"] == "/daftar/persetujuan"
