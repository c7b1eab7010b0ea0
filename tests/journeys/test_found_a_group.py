"""Somebody founds a komunitas on a 360 px phone without script; a secretary decides at a desk, and the founder serves it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.community.groups.models import Group, Officer
from tests.journeys.conftest import DESK, PHONE, assert_accessible, follow, sign_in
from tests.outbox import Outbox

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER = "+6281234567890"
LONG_NAME = "Perkumpulan Perempuan Wirausaha Mandiri Sejahtera Bersama Kusumaningtyasprawirodihardjo"


def apply(page: Page, site: str, outbox: Outbox) -> None:
    page.goto(f"{site}/komunitas/daftar")
    page.fill("#id_phone", "0812 3456 7890")
    follow(page, "main .action-bar button")
    page.fill("#id_code", outbox.code(NUMBER))
    follow(page, "main .action-bar button")
    follow(page, "main .action-bar button")
    assert page.locator("#id_kind_error").is_visible()
    page.fill("#id_name", LONG_NAME)
    page.check("input[value=women]")
    page.fill("#id_purpose", "Melatih ibu rumah tangga berjualan kue.")
    page.fill("#id_founder_name", "Siti Aminah")
    follow(page, "main .action-bar button")


def choose_area(page: Page) -> None:
    for name in ("Senen", "Menteng"):
        page.fill("#id_cari", name)
        follow(page, "main form[role=search] button")
        follow(page, "#offers button")
    follow(page, "button[name=kirim]")
    assert "/komunitas/daftar/selesai" in page.url


def decide(page: Page) -> None:
    page.click("text=Komunitas")
    follow(page, f"text={LONG_NAME}")
    assert_accessible(page)
    for box in page.locator("input[name=butir]").all():
        box.check()
    page.uncheck("input[name=ketua]")
    follow(page, "button[name=validasi]")
    page.click("summary:has-text('Tunjuk pengurus')")
    assert page.input_value("#id_appoint_who") == "0812-3456-7890"
    follow(page, "button:has-text('Tunjuk')")
    assert page.input_value("#id_appoint_who") == ""
    assert_accessible(page)
    follow(page, "dd a:has-text('Ubah')")
    page.fill("#id_cari", "Jakarta Pusat")
    follow(page, "main form[role=search] button")
    assert_accessible(page)
    page.go_back()
    page.go_back()
    follow(page, "text=Lembar QR untuk dicetak")
    assert_accessible(page)


def test_from_the_form_to_the_first_officer(
    site: str, secretary: str, outbox: Outbox, new_context: Callable[..., BrowserContext]
) -> None:
    founder = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    apply(founder, site, outbox)
    choose_area(founder)
    citra = new_context(viewport=DESK).new_page()
    sign_in(citra, site, secretary)
    decide(citra)
    group = Group.objects.get()
    assert (group.name, group.state, group.region) == (LONG_NAME, "active", "31.71")
    assert Officer.objects.get().group_id == group.pk
    founder.reload()
    assert "boleh menerima anggota" in founder.inner_text("main")
