"""Whoever is erased and was a child's guardian stands nowhere by name either; that somebody consented stays the child's evidence."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from okoce.community.members.actions.consents import Guardian, note_guardian
from okoce.community.members.actions.paper_consents import PaperConsent, note_paper_consent
from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy.actions.erasures import ask_own_erasure
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import ErasureRequest
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.tests.factories import registered
from tests.dumps import tables_that_hold
from tests.pages import page

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NAME, PHONE, E164, NIK = "Rukmini Wulandari", "081234567890", "+6281234567890", "3171044107900001"
GONE = "nama dan nomor HP wali itu sudah dihapus atas permintaannya sendiri"
LINK = "Catat persetujuan orang tua atau wali"
TRACES = (NAME, "rukmini", "1234567890", "1234-567-890", NIK)


def child_of(ani: Actor, name: str = NAME, **told: str) -> Member:
    """A child for whom somebody consented before Ani: to the programme, and that a mentor may see her."""
    today = today_wib()
    born = date(today.year - 15, 1, 2)
    child = registered(name="Anak Satu", birth_on=born, registered_on=today, consent_on=today, **told)
    note_guardian(ani, child, Guardian(name=name, phone=E164, relation="parent", text_version="1"))
    note_paper_consent(ani, child, PaperConsent(purpose="child", given_on=today, has_guardian=True))
    return child


def erased(member: Member) -> None:
    ask_own_erasure(herself(member), member)
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 1


def mother() -> Member:
    return registered(name=NAME, phone=PHONE, nik=NIK)


def evidence() -> list[tuple[object, ...]]:
    told = ("pk", "relation", "text_version", "phone_proven_since", "witnessed_by", "recorded_at")
    return list(GuardianConsent.objects.order_by("pk").values_list(*told))


def test_an_erased_guardian_stands_nowhere_and_the_childs_evidence_stays(ani: Actor) -> None:
    rukmini, child = mother(), child_of(ani)
    noted, consents = evidence(), list(Consent.objects.filter(member=child).order_by("pk").values())
    assert "members_guardianconsent" in tables_that_hold(*TRACES)
    erased(rukmini)
    assert tables_that_hold(*TRACES) == set()
    assert evidence() == noted
    assert list(Consent.objects.filter(member=child).order_by("pk").values()) == consents
    assert GuardianConsent.objects.filter(name="", phone="", erased_at__isnull=False).count() == 2


@pytest.mark.parametrize(
    ("written", "is_hers"),
    [
        ("RUKMINI  WULANDARI", True), ("Ibu Rukmini Wulandari", True),
        ("Slamet Wulandari", False), ("Rukmini Wulandariana", False),
    ],
)  # fmt: skip
def test_her_number_alone_may_be_anothers_of_the_family(ani: Actor, written: str, is_hers: bool) -> None:
    rukmini = mother()
    child_of(ani, written)
    erased(rukmini)
    assert {one.erased_at is not None for one in GuardianConsent.objects.all()} == {is_hers}


def test_her_name_under_another_number_is_somebody_else(ani: Actor) -> None:
    other = registered(name=NAME, phone="081299990000")
    child_of(ani)
    erased(other)
    assert not GuardianConsent.objects.filter(erased_at__isnull=False).exists()


def test_the_childs_page_says_so_and_another_guardian_is_noted_beside_the_first(
    desk: Desk, ani: Actor
) -> None:
    rukmini, child = mother(), child_of(ani)
    browser, at = desk(ani), f"/meja/{child.number}/wali"
    before = drawn(browser.get(f"/anggota/{child.number}"))
    assert GONE not in before
    assert LINK not in before
    erased(rukmini)
    shown = drawn(browser.get(f"/anggota/{child.number}"))
    assert GONE in shown
    assert LINK in shown
    with pytest.raises(Refused, match="Catat orang tua atau walinya lagi"):
        note_paper_consent(ani, child, PaperConsent(purpose="shop", given_on=today_wib(), has_guardian=True))
    noted = evidence()
    form = page(browser.get(at))
    version = form.select_one("main input[name=version]")
    assert version is not None
    told = {
        "version": str(version["value"]), "guardian_name": "Nenek Aminah", "guardian_phone": "0812-7777-8888",
        "guardian_relation": "guardian", "guardian_agrees": "on", "consent": "on",
    }  # fmt: skip
    for _click in range(2):
        assert browser.post(at, told).status_code == 302
    assert evidence()[: len(noted)] == noted, "nothing of the first is written over"
    again = GuardianConsent.objects.get(erased_at__isnull=True)
    assert (again.name, again.consent.purpose, again.consent.given_on) == (
        "Nenek Aminah", "programme", today_wib(),
    )  # fmt: skip
    assert GONE not in drawn(browser.get(f"/anggota/{child.number}"))
    note_paper_consent(ani, child, PaperConsent(purpose="shop", given_on=today_wib(), has_guardian=True))
    assert GuardianConsent.objects.get(consent__purpose="shop").name == "Nenek Aminah"


def test_a_guardian_without_a_name_is_one_who_was_erased(ani: Actor) -> None:
    child_of(ani)
    for wrong in ({"name": "", "phone": ""}, {"name": ""}, {"erased_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="members_guardianconsent_named"), transaction.atomic():
            GuardianConsent.objects.update(**wrong)
    assert set(GuardianConsent.objects.values_list("name", "erased_at")) == {(NAME, None)}
