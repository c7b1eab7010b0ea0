"""An officer in a village whose network comes and goes: what was seen opens again, says so, and is gone after the sign-out."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import TimeoutError as SlowError

from okoce.foundation.web import installing
from tests.journeys.conftest import PHONE, assert_accessible, follow, sign_in
from tests.line import Line, line_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    if (!/public|reader/.test(name)) continue;
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  }
  return found.sort();
}"""
SHELLS = "async () => (await caches.keys()).filter(name => name.startsWith('okoce-shell-'))"
LOOKS_OF_HEADER = """() => {
  const { color, backgroundColor, font } = getComputedStyle(document.querySelector(".site-header"));
  return [color, backgroundColor, font];
}"""
PERSONAL = "async () => (await caches.keys()).filter(name => name.startsWith('okoce-reader-')).length"


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    with line_to(site) as made:
        yield made


def wait_for(page: Page, question: str, answer: object) -> None:
    """Ask the page until it answers so."""
    for _look in range(300):  # a slow machine installs the service worker for many seconds
        if page.evaluate(question) == answer:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(question) == answer


def test_seen_pages_open_without_network_and_are_gone_after_sign_out(
    line: Line, new_context: Callable[..., BrowserContext], secretary: str
) -> None:
    page = new_context(viewport=PHONE, timezone_id="Asia/Jakarta").new_page()
    sign_in(page, line.address, secretary)
    wait_for(page, READY, True)
    page.goto(f"{line.address}/anggota")
    page.goto(f"{line.address}/corong")
    wait_for(page, KEPT, ["/anggota", "/corong"])

    line.cut()
    for path, heading in (("/anggota", "Anggota"), ("/corong", "Corong")):
        page.goto(line.address + path)
        assert "Anda sedang luring. Halaman ini terakhir dimuat" in page.inner_text(".offline")
        assert "WIB" in page.inner_text(".offline")
        assert heading in page.inner_text("h1")
    assert_accessible(page)
    page.goto(f"{line.address}/impor")
    assert page.inner_text("h1") == "Tanpa jaringan"
    page.wait_for_selector("[data-kept] a")
    assert len(page.query_selector_all("[data-kept] a")) == 2

    line.mend()
    page.goto(f"{line.address}/corong")
    assert page.query_selector(".offline") is None
    page.click("text=Menu")
    follow(page, ".shell-person button")
    wait_for(page, PERSONAL, 0)
    wait_for(page, READY, True)  # all that was kept went with the sign-out, the worker too: it comes anew
    line.cut()
    page.goto(f"{line.address}/anggota")
    assert page.inner_text("h1") == "Tanpa jaringan"


def test_a_new_version_takes_over_and_a_session_ended_elsewhere_takes_its_pages_along(
    line: Line,
    new_context: Callable[..., BrowserContext],
    secretary: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = new_context(viewport=PHONE).new_page()
    sign_in(page, line.address, secretary)
    wait_for(page, READY, True)
    page.goto(f"{line.address}/anggota")
    page.goto(f"{line.address}/masuk")
    wait_for(page, KEPT, ["/anggota", "/corong"])  # never the page with the password
    [shell] = page.evaluate(SHELLS)

    monkeypatch.setattr(installing, "SHELL_FILES", (*installing.SHELL_FILES, "web/kit.js"))
    page.evaluate("navigator.serviceWorker.getRegistration().then(known => known.update())")
    wait_for(
        page, f"async () => ({SHELLS})().then(names => names.length == 1 && names[0] != '{shell}')", True
    )
    assert page.evaluate(KEPT) == ["/anggota", "/corong"], "pages outlive the worker that kept them"

    Session.objects.all().delete()
    page.goto(f"{line.address}/anggota")
    wait_for(page, PERSONAL, 0)
    line.cut()
    page.goto(f"{line.address}/anggota")
    assert page.inner_text("h1") == "Tanpa jaringan"
    assert "Tidak ada salinan halaman ini di perangkat ini." in page.inner_text("main")


def test_a_page_kept_from_a_first_visit_brings_its_looks_along(
    line: Line, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{line.address}/corong")
    wait_for(page, KEPT, ["/corong"])
    context.clear_cookies()
    page.goto(f"{line.address}/corong?wilayah=31")
    looks = page.evaluate(LOOKS_OF_HEADER)
    assert page.locator("style").count() == 1
    wait_for(page, KEPT, ["/corong", "/corong"])
    line.cut()
    page.goto(f"{line.address}/corong?wilayah=31")
    assert "Anda sedang luring" in page.inner_text(".offline")
    assert page.locator("style").count() == 1
    assert page.evaluate(LOOKS_OF_HEADER) == looks


@pytest.mark.long
def test_a_line_that_says_nothing_shows_the_copy_after_a_while_but_never_right_after_a_deed(
    line: Line, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{line.address}/corong")
    wait_for(page, READY, True)
    wait_for(page, KEPT, ["/corong"])
    line.stall()
    page.goto(f"{line.address}/corong", timeout=20_000, wait_until="commit")
    assert "Jaringan sedang lambat" in str(page.text_content(".offline"))
    page.evaluate("() => { fetch('/bahasa/id', {method: 'POST'}).catch(() => {}) }")
    with pytest.raises(SlowError):
        page.goto(f"{line.address}/corong", timeout=10_000, wait_until="commit")
