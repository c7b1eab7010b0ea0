"""An officer merges two records on a telephone, sees what came together, and takes it back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext

from okoce.community.members.models import DuplicateCandidate, Member
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import walked_to
from tests.journeys.conftest import PHONE, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LONG = "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo"


def test_two_records_are_merged_and_parted_again(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    kept, other = walked_to(3, name=LONG, email="roro@contoh.id"), walked_to(4, name=f"{LONG} Kedua")
    DuplicateCandidate.objects.queue("same_phone_similar_name", kept.pk, other.pk)
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(page, site, secretary)
    page.click("a[href='#menu']")
    follow(page, "nav a[href='/ganda']")
    follow(page, "main table a")
    page.check(f"input[name=keep][value='{kept.pk}']")
    follow(page, "main button:has-text('Gabungkan')")
    assert "Digabung ke" in page.locator(".notice-verified").inner_text()
    page.goto(f"{site}/anggota/{other.number}")
    assert page.url.endswith(kept.number)
    assert page.locator(".stamps >> text=Dicap").count() == 4
    page.goto(f"{site}/ganda/digabung")
    follow(page, "main button:has-text('Batalkan')")
    assert "Dibatalkan" in page.locator(".notice-verified").inner_text()
    for member, stages in ((kept, 3), (other, 4)):
        page.goto(f"{site}/anggota/{member.number}")
        assert page.locator(".stamps >> text=Dicap").count() == stages
    assert not Member.objects.filter(merged_into__isnull=False).exists()
    assert recount() == []


def test_the_pages_of_the_review_have_no_barrier(
    site: str, secretary: str, new_context: Callable[..., BrowserContext]
) -> None:
    one, other, third = (walked_to(2, name=f"{LONG} {place}") for place in ("Satu", "Dua", "Tiga"))
    DuplicateCandidate.objects.queue("same_phone_similar_name", one.pk, other.pk)
    DuplicateCandidate.objects.queue("contradiction", third.pk, None, "nama")
    pair, contradiction = DuplicateCandidate.objects.order_by("id").values_list("pk", flat=True)
    page = new_context(viewport=PHONE, color_scheme="dark").new_page()
    sign_in(page, site, secretary)
    for address in ("/ganda", f"/ganda/{pair}", f"/ganda/{contradiction}", "/ganda/digabung"):
        page.goto(site + address)
        assert_accessible(page)
