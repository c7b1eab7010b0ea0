"""Whoever answers for a minor of the records consents afterwards, before an officer: from that day on it counts."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from okoce.community.members.models import Consent, GuardianConsent, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.cast import COBLONG
from tests.pages import page, words

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
TOLD = {
    "version": "",
    "guardian_name": "Ibu Aminah",
    "guardian_phone": "0812-7777-8888",
    "guardian_relation": "parent",
    "guardian_agrees": "on",
    "consent": "on",
}
LINK = "Catat persetujuan orang tua atau wali"


def born(years: int) -> date:
    """So many years and some days ago."""
    return date(today_wib().year - years - 1, 1, 2)


@pytest.fixture
def minor() -> Member:
    """As a file brings her in: counted, without a consent that counts."""
    return registered(name="Siti Belia", birth_on=born(14), consent_on=None, registered_on=today_wib())


def at(member: Member) -> str:
    return f"/meja/{member.number}/wali"


def told_at(browser: Client, member: Member, **told: str) -> dict[str, str]:
    """The form as it was shown, filled in."""
    shown = page(browser.get(at(member))).select_one("main input[name=version]")
    assert shown is not None
    return {**TOLD, "version": str(shown["value"]), **told}


def test_from_her_page_the_officer_notes_who_consents_and_from_today_on_it_counts(
    desk: Desk, ani: Actor, minor: Member
) -> None:
    browser = desk(ani)
    person = page(browser.get(f"/anggota/{minor.number}"))
    assert LINK in words(person.select_one(f"a[href='{at(minor)}']"))
    answer = browser.post(at(minor), told_at(browser, minor, contact="on"))
    assert answer["Location"] == f"/anggota/{minor.number}"
    minor.refresh_from_db()
    assert minor.consent_on == today_wib()
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"programme", "contact"}
    noted = GuardianConsent.objects.get()
    assert (noted.name, noted.phone, noted.relation) == ("Ibu Aminah", "+6281277778888", "parent")
    assert noted.witnessed_by is not None
    kinds = {line.kind for line in history_of(ani, minor)}
    assert {"members.guardian_consented", "members.consent_given", "registration.consent_witnessed"} <= kinds
    assert LINK not in words(page(browser.get(f"/anggota/{minor.number}")).main)
    assert "Tidak ada yang menunggu" in words(page(browser.get(at(minor))).main)


def test_a_double_click_notes_once(desk: Desk, ani: Actor, minor: Member) -> None:
    browser = desk(ani)
    told = told_at(browser, minor)
    for _click in range(2):
        assert browser.post(at(minor), told).status_code == 302
    assert (Consent.objects.count(), GuardianConsent.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"guardian_name": ""}, "Nama kosong."),
        ({"guardian_name": "9"}, "Nama"),
        ({"guardian_phone": "12"}, "Nomor HP orang tua atau wali"),
        ({"guardian_relation": ""}, "Pilih hubungannya"),
        ({"guardian_relation": "teman"}, "Pilihan ini tidak ada"),
        ({"guardian_agrees": ""}, "belum menyetujui"),
        ({"consent": ""}, "Persetujuan belum dicentang"),
        ({"version": "0"}, "baru saja diperbarui"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_noted(
    desk: Desk, ani: Actor, minor: Member, wrong: dict[str, str], says: str
) -> None:
    browser = desk(ani)
    shown = page(browser.post(at(minor), told_at(browser, minor, **wrong)), 422)
    assert says in words(shown.select_one("#kesalahan"))
    kept = {**TOLD, **wrong}["guardian_name"]
    name = shown.select_one("input[name=guardian_name]")
    assert name is not None
    assert name.get("value", "") == kept
    assert not Consent.objects.exists()
    assert Member.objects.get().consent_on is None


def test_who_is_of_age_consents_herself(desk: Desk, ani: Actor, minor: Member) -> None:
    grown = registered(name="Siti Dewasa", birth_on=born(30), consent_on=None)
    browser = desk(ani)
    assert LINK not in words(page(browser.get(f"/anggota/{grown.number}")).main)
    shown = page(browser.post(at(grown), told_at(browser, minor)), 422)
    assert "sudah dewasa" in words(shown.select_one("#kesalahan"))
    assert not Consent.objects.exists()


def test_nobody_notes_it_for_a_minor_elsewhere(desk: Desk, ani: Actor, gita: Actor) -> None:
    elsewhere = registered(birth_on=born(14), consent_on=None, registered_on=today_wib(), region=COBLONG)
    assert desk(ani).get(at(elsewhere)).status_code == 404
    assert desk(ani).post(at(elsewhere), TOLD).status_code == 404
    assert desk(gita).post(at(elsewhere), TOLD).status_code == 403
    assert not Consent.objects.exists()
