"""A company applies on a 360 px phone without script; a secretary validates it at a desk; its officer signs in and sees her page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.community.partners.models import Contact, Partner
from tests.journeys.conftest import DESK, PHONE, assert_accessible, follow, sign_in
from tests.outbox import Outbox

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER, TYPED = "+6281234567890", "0812 3456 7890"
LONG_NAME = "PT " + " ".join(["Kemasan Nusantara Sejahtera Kusumaningtyasprawirodihardjo"] * 3) + " Tbk"


def apply(page: Page, site: str, outbox: Outbox) -> None:
    page.goto(f"{site}/mitra/daftar")
    page.fill("#id_phone", TYPED)
    follow(page, "main .action-bar button")
    page.fill("#id_code", outbox.code(NUMBER))
    follow(page, "main .action-bar button")
    follow(page, "main .action-bar button")
    assert page.locator("#id_kind_error").is_visible()
    page.fill("#id_name", LONG_NAME)
    page.check("input[value=company]")
    page.fill("#id_offer", "Kemasan gratis untuk 100 usaha pertama.")
    page.check("input[name=offered_stages][value='5']")
    page.fill("#id_contact_name", "Rina Hartati")
    page.fill("#id_contact_duty", "Kepala kemitraan")
    follow(page, "main .action-bar button")


def choose_places(page: Page) -> None:
    for name in ("DKI Jakarta", "Kota Bandung"):
        page.fill("#id_cari", name)
        follow(page, "main form[role=search] button")
        follow(page, "button[name=tambah] >> nth=0")
    follow(page, "button[name=kirim]")
    assert page.locator("#kesalahan").is_visible()
    page.check("input[name=consent]")
    follow(page, "button[name=kirim]")
    assert "/mitra/daftar/selesai" in page.url


def decide(page: Page, site: str) -> None:
    page.goto(f"{site}/mitra")
    follow(page, f"text={LONG_NAME}")
    assert_accessible(page)
    for box in page.locator("input[name=butir]").all():
        box.check()
    follow(page, "button[name=validasi]")


def seen_by(new_context: Callable[..., BrowserContext], page: Page) -> Page:
    """The same person on the same phone, with script: axe needs it."""
    return new_context(viewport=PHONE, storage_state=page.context.storage_state()).new_page()


def assert_whole(new_context: Callable[..., BrowserContext], phone: Page, site: str) -> None:
    """What the applicant sees, with her long name in it."""
    page = seen_by(new_context, phone)
    for address in ("selesai", "isi"):
        page.goto(f"{site}/mitra/daftar/{address}")
        assert_accessible(page)
    phone.goto(f"{site}/mitra/daftar/selesai")
    assert "Divalidasi" in phone.inner_text("main")


def test_from_the_form_to_the_officers_page(
    site: str, secretary: str, outbox: Outbox, new_context: Callable[..., BrowserContext]
) -> None:
    phone = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    apply(phone, site, outbox)
    choose_places(phone)
    citra = new_context(viewport=DESK).new_page()
    sign_in(citra, site, secretary)
    decide(citra, site)
    partner = Partner.objects.get()
    assert (partner.name, partner.state, Contact.objects.get().partner_id) == (
        LONG_NAME,
        "active",
        partner.pk,
    )
    assert_whole(new_context, phone, site)
    follow(phone, "main a:has-text('Masuk')")
    phone.fill("[name=phone]", TYPED)
    follow(phone, "text=Kirim kode")
    phone.fill("[name=code]", outbox.code(NUMBER))
    follow(phone, "main button:has-text('Masuk')")
    follow(phone, "text=Rina H.")
    assert phone.locator("a[href='/mitra/saya']").count()
    phone.goto(f"{site}/mitra/saya")
    assert LONG_NAME in phone.inner_text("h1")
    assert "Rina Hartati" in phone.inner_text("main")
    officer = seen_by(new_context, phone)
    officer.goto(f"{site}/mitra/saya")
    assert_accessible(officer)
