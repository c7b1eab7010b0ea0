"""A member reads who looked at her data, takes them along, and has them erased; then she stands nowhere."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from okoce.community.members.models import Member
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import ErasureRequest
from okoce.pipeline.tests.factories import registered
from tests.dumps import tables_that_hold
from tests.journeys.conftest import DESK, PHONE, assert_accessible, follow, sign_in
from tests.journeys.test_member import phone_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME, NIK = "Rukmini Wulandari", "3171044107900001"


def test_she_reads_who_looked_takes_her_data_along_and_is_erased(
    site: str,
    secretary: str,
    new_context: Callable[..., BrowserContext],
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    member = registered(name=NAME, nik=NIK, phone="081234567890")
    desk = new_context(viewport=DESK).new_page()
    sign_in(desk, site, secretary)
    opens_the_nik(desk, f"{site}/anggota/{member.number}")
    her = phone_of(member, site, new_context(viewport=PHONE))
    her.goto(f"{site}/saya/data")
    assert_accessible(her)
    with her.expect_download() as loaded:
        her.click("text=Unduh data saya")
    assert json.loads(Path(loaded.value.path()).read_text())["person"][0]["nik"] == NIK
    follow(her, "text=Siapa yang melihat data saya")
    seen = her.inner_text("main")
    for part in ("Sekretariat PGO", "NIK Anda secara lengkap", "Mencocokkan SKU", "Halaman data Anda"):
        assert part in seen
    assert_accessible(her)
    is_erased(her, site, member)
    desk.goto(f"{site}/anggota/{member.number}")
    assert "Data orang ini sudah dihapus" in desk.inner_text("main")
    assert tables_that_hold(NAME, "rukmini", "1234567890", NIK) == set()


def opens_the_nik(desk: Page, address: str) -> None:
    desk.goto(address)
    assert NIK not in desk.content()
    follow(desk, "text=Buka NIK lengkap")
    desk.fill("[name=reason]", "Mencocokkan SKU dengan kantor PTSP")
    follow(desk, "text=Tampilkan NIK")
    assert desk.inner_text("b.num") == "3171 0441 0790 0001"
    assert_accessible(desk)


def is_erased(her: Page, site: str, member: Member) -> None:
    her.goto(f"{site}/saya/data/hapus")
    her.check("[name=is_sure]")
    follow(her, "main form button")
    assert "Permintaan Anda menunggu" in her.inner_text("main")
    assert_accessible(her)
    ErasureRequest.objects.filter(member=member).update(not_before=timezone.now())
    assert carry_out_due() == 1
    her.goto(f"{site}/saya")
    assert "/masuk" in her.url
