"""A person is walked from P1 to P7 by an officer on the plain forms, and sees seven stamps on her own page."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from okoce.community.members.models import Member
from okoce.dashboards.own.tests.conftest import herself
from tests.cast import account_of
from tests.journeys.conftest import DESK, PHONE, assert_accessible, follow, sign_in
from tests.journeys.test_officer import hand_in
from tests.journeys.test_public_reader import register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def phone_of(member: Member, site: str, context: BrowserContext) -> Page:
    """Her telephone, on which she has signed in."""
    client = Client()
    client.force_login(account_of(herself(member)))
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return context.new_page()


def states(page: Page) -> list[str]:
    return [str(stamp.get_attribute("data-state")) for stamp in page.locator(".stamps > li").all()]


def test_she_sees_seven_stamps_once_an_officer_has_walked_her_from_p1_to_p7(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    register(1)
    member = Member.objects.get()
    her = phone_of(member, site, new_context(viewport=PHONE))
    her.goto(f"{site}/saya")
    assert states(her) == ["verified", *["todo"] * 6]
    assert her.locator(".next-step h2").inner_text() == "Ikuti 1 pelatihan sampai dapat sertifikat"
    desk = new_context(viewport=DESK).new_page()
    sign_in(desk, site, secretary)
    desk.goto(f"{site}/anggota/{member.number}")
    for stage in range(2, 8):
        hand_in(desk, stage, f"2018-0{stage + 3 if stage < 7 else 9}-15", "NIB" if stage == 4 else "")
    her.reload()
    assert states(her) == ["verified"] * 7
    assert her.locator(".next-step h2").inner_text() == "Lengkap. Kabari kami 1 kali tiap triwulan"
    assert_accessible(her)
    follow(her, ".tab-bar >> text=Kartu")
    follow(her, "text=Buat kartu saya")
    stranger = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    stranger.goto(f"{site}/verifikasi")
    stranger.fill("[name=kode]", her.locator("main b.code").inner_text().lower().replace("-", " "))
    follow(stranger, "main button")
    assert stranger.locator("h1").inner_text() == "Asli dan berlaku"
    assert member.name.split()[0] not in stranger.content()
