"""An officer hands in one class for many on a phone: from the list to who was left out and why, with and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.pipeline.models import Evidence
from tests.journeys.conftest import DESK, PHONE, assert_accessible, follow, sign_in
from tests.journeys.test_public_reader import register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def choose_two(page: Page, site: str) -> None:
    page.goto(f"{site}/anggota")
    for box in page.locator("main tbody input[name=orang]").all()[:2]:
        box.check()
    follow(page, "main .batch-bar button[value=bukti]")


@pytest.mark.parametrize(
    ("size", "scheme", "has_script"),
    [(PHONE, "light", False), (PHONE, "light", True), (DESK, "dark", True)],
    ids=["phone-no-script", "phone-script", "desk-script"],
)
def test_a_class_is_handed_in_for_many(
    site: str,
    secretary: str,
    new_context: Callable[..., BrowserContext],
    size: dict[str, int],
    scheme: str,
    has_script: bool,
) -> None:
    register(3)
    context = new_context(viewport=size, color_scheme=scheme, java_script_enabled=has_script)
    page = context.new_page()
    look = assert_accessible if has_script else lambda _page: None
    sign_in(page, site, secretary)
    choose_two(page, site)
    look(page)
    page.fill("#id_happened_on", "2018-08-15")
    follow(page, "text=Periksa siapa yang ikut")
    assert "2 orang ikut" in page.inner_text("main")
    look(page)
    follow(page, "text=Ubah isian")
    assert page.input_value("#id_happened_on") == "2018-08-15"
    page.locator("summary").last.click()
    page.locator("[name^=nomor_]").first.fill("SERTIFIKAT/2018/08/15/0001")
    follow(page, "text=Periksa siapa yang ikut")
    follow(page, "button[value=serahkan]")
    assert "Selesai diserahkan" in page.inner_text("main")
    look(page)
    assert sorted(Evidence.objects.values_list("number", flat=True)) == ["", "SERTIFIKAT/2018/08/15/0001"]
    page.goto(f"{site}/anggota/bukti-sekaligus")
    look(page)
    page.goto(f"{site}/anggota")
    page.check("[name=semua]")
    follow(page, "main .batch-bar button[value=bukti]")
    page.fill("#id_happened_on", "2018-08-15")
    follow(page, "text=Periksa siapa yang ikut")
    assert "P2 sudah selesai 15 Agustus 2018" in page.inner_text("main")
    look(page)
