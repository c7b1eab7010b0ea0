"""The gallery and the desk in a real browser: widths, both themes, accessibility, the policy holds."""

import threading
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser
from pytest_django import Settings

from okoce.foundation.web import navigation
from okoce.foundation.web.navigation import DeskPage
from tests.barriers import barriers_on

pytestmark = pytest.mark.journey

PAGES = ("galeri", "corong", "nowhere")


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Access lines say nothing here."""


def _told(waiting: tuple[Callable[[object], int], ...], *_reader: object) -> SimpleNamespace:
    """Numbers instead of rows to count."""
    return SimpleNamespace(answer=lambda: [number(None) for number in waiting])


@pytest.fixture
def address(web_only: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    web_only.DEBUG = True  # the static files come from the sources
    web_only.DEBUG_PROPAGATE_EXCEPTIONS = False
    # these pages are drawn without a database
    monkeypatch.setattr(navigation, "_counting", _told)
    pages = [("funnel", "/corong", "Corong 7 tahap", 0), ("twins", "/kerja/ganda", "Data ganda", 1_234)]
    navigation.register(
        [
            DeskPage(key, href, label, waiting=lambda _actor, n=n: n, is_late=True)  # type: ignore[arg-type,misc]  # a number, see above
            for key, href, label, n in pages
        ]
    )
    handler = StaticFilesHandler(WSGIHandler())
    web_only.DEBUG = False
    server = make_server("127.0.0.1", 0, handler, server_class=_Threaded, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


SETUPS = [(320, "dark"), (360, "light"), (1280, "dark")]
CROSSED = [(320, "light"), (360, "dark"), (1280, "light")]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "setups", [SETUPS, pytest.param(CROSSED, marks=pytest.mark.long)], ids=["setups", "crossed"]
)
def test_pages_hold_at_every_width_and_in_both_themes(
    address: str, chromium: Browser, name: str, setups: list[tuple[int, str]]
) -> None:
    findings: list[str] = []
    for width, scheme in setups:
        page = chromium.new_page(
            viewport={"width": width, "height": 740}, color_scheme=scheme, locale="id-ID"
        )
        noted: list[str] = []
        page.on("console", lambda message, noted=noted: noted.append(message.text))
        page.goto(f"{address}/{name}")
        findings += [f"{width} {scheme}: {finding}" for finding in [*barriers_on(page, width), *noted]]
        page.close()
    # the status of an error page is what it should be; a refused script or style is not
    real = [finding for finding in findings if "responded with a status of" not in finding]
    assert not real, "\n".join(real)


def test_on_paper_stand_the_facts_in_black_and_nothing_to_press(address: str, chromium: Browser) -> None:
    page = chromium.new_page(color_scheme="dark")
    page.goto(f"{address}/galeri")
    page.emulate_media(media="print")
    for shown in ("#orang .table", "form .table tbody tr", ".member-card .qr", ".passport .stamps"):
        assert page.locator(shown).first.is_visible(), shown
    for hidden in (".site-header", ".site-footer", ".tab-bar", ".button", ".pick", ".batch-bar", ".filters"):
        assert not page.locator(hidden).first.is_visible(), hidden
    for text in (".member-card h3", ".member-card .passport-number", ".passport-cover h3", ".table th"):
        colour = page.locator(text).first.evaluate("e => getComputedStyle(e).color")
        assert colour == "rgb(0, 0, 0)", f"{text} is {colour}"
    page.close()


def test_a_small_number_gets_its_buttons_and_chosen_rows_are_counted(address: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/galeri")
    page.get_by_role("button", name="Tambah").click()
    assert page.locator("[data-stepper] input").input_value() == "4"
    for _time in range(9):
        page.get_by_role("button", name="Kurangi").click()
    assert page.locator("[data-stepper] input").input_value() == "0"
    said = page.locator("[data-picked]").inner_text()
    page.get_by_label("Pilih Suparman").check()
    assert page.locator("[data-picked]").inner_text() == "1 dipilih"
    page.get_by_label("Pilih Suparman").uncheck()
    assert page.locator("[data-picked]").inner_text() == said
    page.close()


def test_the_bar_says_that_everybody_is_chosen_and_sticks_on_a_phone(address: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/galeri")
    bar = page.locator(".batch-bar")
    said, sticks = page.locator("[data-picked]").inner_text(), "e => getComputedStyle(e).position"
    assert bar.evaluate(sticks) == "static"
    page.get_by_label("Semua yang cocok").check()
    assert page.locator("[data-picked]").inner_text() == "Semua 30 orang dipilih"
    assert bar.evaluate(sticks) == "sticky"
    page.get_by_label("Semua yang cocok").uncheck()
    assert page.locator("[data-picked]").inner_text() == said
    page.close()


def test_the_menu_of_the_desk_opens_and_closes_without_script(address: str, chromium: Browser) -> None:
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{address}/corong")
    assert not page.locator("#menu").is_visible()
    page.get_by_role("link", name="Menu").click()
    assert page.locator("#menu").is_visible()
    page.locator(".shell-close").click()
    assert not page.locator("#menu").is_visible()
    page.close()


def test_the_first_tab_stop_leads_to_the_content(address: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/galeri")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.close()
