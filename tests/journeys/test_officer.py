"""An officer walks a person from P1 to P7 on the plain form, and the history tells it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import DESK, LOOKS, PHONE, assert_accessible, follow, sign_in
from tests.journeys.test_public_reader import register

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BELOW_A_NAME = 72  # on a phone a list tells the rest about a person in three lines


def hand_in(page: Page, stage: int, day: str, kind: str = "") -> None:
    page.select_option("#id_stage >> nth=0", str(stage))
    page.fill("#id_happened_on", day)
    page.select_option("#id_kind", kind)
    follow(page, "text=Simpan bukti")


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_person_is_walked_from_p1_to_p7(
    site: str, secretary: str, new_context: Callable[..., BrowserContext], has_script: bool
) -> None:
    register(1)
    page = new_context(viewport=PHONE, java_script_enabled=has_script).new_page()
    sign_in(page, site, secretary)
    page.goto(f"{site}/anggota?q=raden roro")
    row = page.locator("main tbody tr").first
    assert row.bounding_box()["height"] - row.locator("th").bounding_box()["height"] <= BELOW_A_NAME
    follow(page, "main table a:has-text('Raden')")
    page.goto(page.url.split("?")[0])  # from the list, each deed leads back to the list
    for stage in range(2, 8):
        hand_in(page, stage, f"2018-0{stage + 3 if stage < 7 else 9}-15", "NIB" if stage == 4 else "")
        assert page.locator(".notice-verified").count() == 1, page.locator(".notice-stuck").all_inner_texts()
    assert page.locator(".stamps .badge-verified").count() == 7
    follow(page, "text=Riwayat")
    assert page.locator("main li").count() >= 7


def test_a_stage_out_of_order_is_refused_beside_the_form_and_nothing_typed_is_lost(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    register(1)
    page = new_context(viewport=DESK).new_page()
    sign_in(page, site, secretary)
    page.goto(f"{site}/anggota")
    follow(page, "main table a:has-text('Raden')")
    page.fill("#id_note", "catatan yang tidak boleh hilang")
    hand_in(page, 4, "2018-08-15", "NIB")
    assert page.title().startswith("Kesalahan:")
    assert page.locator("#id_note").input_value() == "catatan yang tidak boleh hilang"
    assert page.locator(".stamps .badge-verified").count() == 1
    assert_accessible(page)


@LOOKS
def test_the_officers_pages_have_no_barrier(
    site: str, secretary: str, new_context: Callable[..., BrowserContext], size: dict[str, int], scheme: str
) -> None:
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    sign_in(page, site, secretary)
    for address in ("/corong", "/anggota", "/bukti", "/belum-lanjut?tahap=2", "/impor"):
        page.goto(site + address)
        assert_accessible(page)
    register(2)
    for address in ("/corong?wilayah=31&tahap=2", "/anggota", "/belum-lanjut?tahap=2"):
        page.goto(site + address)
        assert_accessible(page)
    follow(page, "main table a:has-text('Raden')")
    assert_accessible(page)
    follow(page, "text=Riwayat")
    assert_accessible(page)
