"""Whoever has an account and no record reads which officers saw her contact: in what role, where, when, and never their names."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.tests.founders import application
from okoce.community.partners.tests.factories import active_partner, contact_of
from okoce.community.privacy.actions.account_rights import ask_about_own_account
from okoce.community.privacy.models import AccountLook, Look
from okoce.community.tickets.tests.tellers import ticket
from okoce.dashboards.own.tests.conftest import drawn
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import Person
from okoce.foundation.accounts.queries import actor_for_user
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, SYSTEM, account_of, officer
from tests.query_counts import assert_constant_queries

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
LOOKS = "/saya/data/dilihat"
NAME, PHONE, EMAIL = "Ratna Kusumawardani", "+6281255554444", "ratna.k@dinas.contoh"


@pytest.fixture
def ratna() -> User:
    """An officer who is no member."""
    user = account_of(officer("ratna", "petugas_kecamatan", Scope(region=SENEN), 1))
    User.objects.filter(pk=user.pk).update(name=NAME, phone=PHONE, email=EMAIL)
    return User.objects.get(pk=user.pk)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pages_seen(user: User) -> list[str]:
    return sorted(AccountLook.objects.filter(subject_user_id=user.pk).values_list("page", flat=True))


def test_nobody_has_looked_yet_and_my_data_leads_there(ratna: User) -> None:
    browser = browser_of(ratna)
    assert LOOKS in browser.get("/saya/data").content.decode()
    assert "Belum ada yang melihat" in drawn(browser.get(LOOKS))
    assert Client().get(LOOKS)["Location"].startswith("/masuk?next=")


def test_the_pages_of_the_desk_about_her_are_told_with_role_and_time_and_no_name(
    desk: Desk, citra: Actor, ratna: User
) -> None:
    asked = ask_about_own_account(actor_for_user(ratna), "correct", "Nama saya keliru")
    office = desk(citra)
    assert office.get("/data-pribadi").status_code == 200
    assert not AccountLook.objects.exists(), "a list is no look at one person"
    for tail in ("", "/betulkan", "/hapus-akun"):
        office.get(f"/data-pribadi/permintaan/{asked.pk}{tail}")
    assert pages_seen(ratna) == ["account", "request"]
    AccountLook.objects.update(at=datetime(2026, 3, 1, 18, 30, tzinfo=UTC))
    browser = browser_of(ratna)
    told = drawn(browser.get(LOOKS))
    for part in ("Sekretariat", "Permintaan Anda tentang data", "2 Maret 2026, pukul 01.30 WIB"):
        assert part in told
    assert "Uji" not in told, "the officer's name"
    file = json.loads(browser.post("/saya/data/unduh").content)
    assert [one["page"] for one in file["account_looks"]] == ["request", "account"]
    assert "user_id" not in file["account_looks"][0]


def test_whose_account_a_number_is_is_told_too_and_a_wrong_number_is_nobodys(
    desk: Desk, citra: Actor, ratna: User
) -> None:
    told = {"kind": "other", "text": "Apa?", "letter": "Map 7", "received_on": "2026-11-02"}
    for contact in ("0813 9999 0000", "0812-5555-4444"):
        desk(citra).post("/data-pribadi/permintaan/catat", {**told, "contact": contact})
    assert pages_seen(ratna) == ["account"]
    assert AccountLook.objects.count() == 1


def test_the_number_of_a_founder_on_the_page_of_her_komunitas(desk: Desk, citra: Actor, ratna: User) -> None:
    group = apply_group(FOUNDER, application(founder_name=NAME, founder_phone=PHONE))
    assert "0812-5555-4444" in drawn(desk(citra).get(f"/komunitas/{group.pk}"))
    assert pages_seen(ratna) == ["group"]
    assert "Kontak Anda, di halaman komunitas yang Anda ajukan" in drawn(browser_of(ratna).get(LOOKS))


def test_whoever_reads_the_komunitas_without_her_number_leaves_no_look(
    desk: Desk, dewi: Actor, ratna: User
) -> None:
    group = apply_group(FOUNDER, application(founder_name=NAME, founder_phone=PHONE))
    assert "0812-5555-4444" not in drawn(desk(dewi).get(f"/komunitas/{group.pk}"))
    assert not AccountLook.objects.exists()


def test_the_contact_of_a_mitra_to_the_secretariat_and_to_her_colleagues(
    desk: Desk, citra: Actor, dewi: Actor, ratna: User
) -> None:
    bank = active_partner(contact_name=NAME, contact_phone=PHONE)
    _contact, rina = contact_of(bank)
    assert desk(dewi).get(f"/mitra/{bank.pk}").status_code == 200
    assert not AccountLook.objects.exists(), "her number does not stand there for whoever only reads"
    assert "0812-5555-4444" in drawn(desk(citra).get(f"/mitra/{bank.pk}"))
    assert browser_of(User.objects.get(pk=rina.user_id)).get(f"/mitra/{bank.pk}/kantor").status_code == 200
    looks = AccountLook.objects.filter(subject_user_id=ratna.pk, page="partner").order_by("id")
    assert [(one.role, one.partner_id) for one in looks] == [("sekretariat", None), ("petugas_bank", bank.pk)]
    assert "Petugas bank · Bank Maju" in drawn(browser_of(ratna).get(LOOKS))


def test_the_number_on_a_report_that_she_sent_from_her_account_alone(
    desk: Desk, citra: Actor, ratna: User
) -> None:
    hers, elses = ticket(phone=PHONE, user_id=ratna.pk), ticket(phone=PHONE, key="lain")
    silent = ticket(user_id=ratna.pk, key="diam")
    office = desk(citra)
    for one in (elses, silent):
        assert office.get(f"/laporan/{one.pk}").status_code == 200
    assert not AccountLook.objects.exists(), "that she sent it stands nowhere on these"
    office.get(f"/laporan/{hers.pk}")
    assert pages_seen(ratna) == ["own_ticket"]


def test_what_i_open_myself_and_what_a_member_founded_is_no_look_here(
    desk: Desk, citra: Actor, ratna: User
) -> None:
    siti = registered(name="Siti", phone="+6281300001111")
    open_member_account(SYSTEM, Person(siti.pk, siti.name, siti.phone or "", siti.number))
    group = apply_group(FOUNDER, application(founder_name="Siti", founder_phone="+6281300001111"))
    desk(citra).get(f"/komunitas/{group.pk}")
    desk(citra).get(f"/anggota/{siti.number}")
    browser = browser_of(ratna)
    browser.get("/saya/data")
    browser.get(LOOKS)
    assert not AccountLook.objects.exists()
    assert Look.objects.filter(member=siti).count() == 1


def test_somebody_elses_looks_are_not_mine(ratna: User) -> None:
    AccountLook.objects.create(subject_user_id=ratna.pk + 1, user_id=1, role="auditor", page="group", span=1)
    assert "Belum ada yang melihat" in drawn(browser_of(ratna).get(LOOKS))


def test_the_page_costs_the_same_however_many_looked_and_goes_on_behind_fifty(ratna: User) -> None:
    browser, role = browser_of(ratna), "petugas_kecamatan"

    def grow(count: int) -> None:
        serial = AccountLook.objects.count()
        for span in range(serial, serial + count):
            AccountLook.objects.create(
                subject_user_id=ratna.pk, user_id=1, role=role, region=SENEN, page="account", span=span
            )

    assert_constant_queries(lambda: browser.get(LOOKS), grow)
    grow(25)
    assert "sesudah=" in browser.get(LOOKS).content.decode()
    assert browser.get(LOOKS, {"sesudah": "9" * 40}).status_code == 200
