"""An office sends a member to a bank on a 360 px phone without script; the bank answers at a desk, and she reads it."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.community.members.models import Member
from okoce.community.members.tests.factories import member_with
from okoce.community.partners.actions.contacts import appoint_contact
from okoce.community.partners.models import Partner
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.terms import ContactTerm
from okoce.community.partners.tests.factories import active_partner
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.shared.days import today_wib
from tests.cast import SENEN, SYSTEM
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def contact(email: str, partner: Partner, role: str = "") -> str:
    """Somebody with a password who acts for a mitra, and holds a role in Senen besides."""
    user = create_user(SYSTEM, NewUser(name=email.partition("@")[0], email=email, password=PASSWORD))
    appoint_contact(SYSTEM, partner, email, ContactTerm("Kepala seksi", today_wib()))
    if role:
        grant_role(SYSTEM, user, role, Anchors(region=SENEN), date(2018, 1, 1))
    return email


def send(page: Page, site: str, member: Member) -> None:
    page.goto(f"{site}/anggota/{member.number}")
    follow(page, "text=Rujuk ke mitra")
    page.select_option("#id_to_partner", label="Bank Maju")
    page.select_option("#id_stage", "7")
    page.fill("#id_need", "Modal kerja untuk oven")
    follow(page, "main form button")
    assert page.locator("#id_agreed_error").is_visible()
    assert page.input_value("#id_need") == "Modal kerja untuk oven"
    page.check("#id_agreed")
    follow(page, "main form button")
    assert "menunggu sejak hari ini" in page.inner_text("main")


def answer(page: Page, member: Member) -> None:
    follow(page, f"main a:has-text('{member.name}')")
    assert "0812-3456-7890" not in page.inner_text("main")
    follow(page, "button:has-text('Terima')")
    assert "0812-3456-7890" in page.inner_text("main")
    assert_accessible(page)
    page.select_option("#id_close_outcome", "served")
    follow(page, "button:has-text('Catat hasilnya')")


def test_from_the_office_to_the_bank(site: str, new_context: Callable[..., BrowserContext]) -> None:
    office, bank = active_partner("Dinas UMKM", "skpd"), active_partner("Bank Maju")
    member = member_with(name="Siti Aminah", phone="081234567890", region=SENEN)
    coach = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(coach, site, contact("dinas@okoce.test", office, "petugas_skpd"))
    send(coach, site, member)
    banker = new_context(viewport=DESK).new_page()
    sign_in(banker, site, contact("bank@okoce.test", bank), home="/rujukan")
    answer(banker, member)
    assert Referral.objects.get().outcome == "served"
    coach.reload()
    assert "Sudah dilayani" in coach.inner_text("main")
