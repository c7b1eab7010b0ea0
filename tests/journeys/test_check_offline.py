"""Somebody shown a card where there is no network: the page that was loaded once tells genuine from forged."""

import base64
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import RequestFactory
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.actions.cards import issue_card
from okoce.community.members.tests.factories import member_with
from okoce.community.trust.actions.names import give_group_name
from okoce.community.trust.rules import NewName
from okoce.config.signing_keys import new_keys, rotated
from okoce.foundation.verification.addresses import signed_address
from okoce.foundation.verification.signing import signing_number
from tests.cast import SENEN, SYSTEM
from tests.journeys.conftest import PHONE, assert_accessible
from tests.journeys.test_offline import READY, wait_for
from tests.line import Line, line_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def line(site: str) -> Iterator[Line]:
    with line_to(site) as made:
        yield made


def path_of_new_card(name: str) -> str:
    """What the QR of a card says, without the host."""
    code = issue_card(SYSTEM, member_with(name=name)).code
    return "/" + signed_address(RequestFactory().get("/"), code).split("/", 3)[3]


def with_another_holder(path: str) -> str:
    """As a forger would do it: his own initials in the claim, all else as it was."""
    before, _slash, claim = path.rpartition("/")
    raw = base64.b32decode(claim + "=" * (-len(claim) % 8))
    assert b"S*** W***" in raw
    forged = raw.replace(b"S*** W***", b"P*** X***")
    return f"{before}/{base64.b32encode(forged).decode().rstrip('=')}"


def pasted(page: Page, link: str) -> str:
    """What the page says of a link, in whole."""
    page.fill("[data-link]", link)
    page.evaluate("document.querySelector('[data-result]').hidden = true")
    page.click("[data-form] button")
    page.wait_for_selector("[data-result]:not([hidden])")
    return page.inner_text("[data-result]")


def test_a_loaded_page_tells_genuine_from_forged_without_network_also_after_a_rotation(
    line: Line, new_context: Callable[..., BrowserContext], settings: Settings
) -> None:
    settings.OKOCE_SIGNING_KEYS = new_keys()
    old = path_of_new_card("Siti Wulandari")
    settings.OKOCE_SIGNING_KEYS = rotated(settings.OKOCE_SIGNING_KEYS)
    new = path_of_new_card("Budi Santoso")
    page = new_context(viewport=PHONE).new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(f"{line.address}/verifikasi/luring")
    wait_for(page, READY, True)
    assert_accessible(page)

    line.cut()
    page.set_viewport_size(PHONE)
    page.goto(f"{line.address}/verifikasi/luring")
    for path, holder in ((old, "S*** W***"), (new, "B*** S***")):
        told = pasted(page, f"https://okoce.contoh{path}")
        assert "Asli saat kode kotaknya dibuat" in told
        assert holder in told
        assert "tidak bisa diketahui tanpa jaringan" in told
    assert page.get_attribute("[data-result] a", "href") == new
    assert_accessible(page)

    told = pasted(page, f"https://okoce.contoh{old.replace('/KA-', '/ＰＡＬＳＵ-KA-')}")
    assert "S*** W***" in told
    assert "ＰＡＬＳＵ" not in told, "nothing is shown as genuine but what was signed"
    told = pasted(page, with_another_holder(f"https://okoce.contoh{old}"))
    assert "Palsu: tanda tangannya tidak cocok" in told
    assert "P***" not in told
    assert "Bukan kode OK OCE" in pasted(page, "https://toko.contoh/diskon")
    assert "tidak membawa tanda tangan" in pasted(page, old.rpartition("/")[0])

    # a telephone's own camera opens the link itself
    page.goto(line.address + new)
    page.wait_for_selector("[data-result=genuine]")
    assert not [text for text in problems if "Content Security Policy" in text]


def test_a_name_holds_on_its_last_day_in_jakarta_without_network_too(
    line: Line, new_context: Callable[..., BrowserContext]
) -> None:
    last = date(2030, 12, 31)
    one = give_group_name(
        SYSTEM, active_group("Melati", SENEN), NewName("OK OCE Melati", "Gratis", date(2026, 5, 1), last)
    )
    link = signed_address(RequestFactory().get("/"), one.code)
    page = new_context(viewport=PHONE, service_workers="block").new_page()
    for at, said in (
        (datetime(2030, 12, 31, 16, 59, tzinfo=UTC), "Asli saat kode kotaknya dibuat"),
        (datetime(2030, 12, 31, 17, 0, tzinfo=UTC), "hanya berlaku sampai 31 Desember 2030"),
    ):
        page.clock.set_fixed_time(at)
        page.goto(f"{line.address}/verifikasi/luring")
        assert said in pasted(page, link)


def test_a_key_that_came_after_the_page_was_loaded_is_said_to_be_unknown(
    line: Line, new_context: Callable[..., BrowserContext], settings: Settings
) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{line.address}/verifikasi/luring")
    wait_for(page, READY, True)
    line.cut()
    settings.OKOCE_SIGNING_KEYS = rotated(settings.OKOCE_SIGNING_KEYS)
    assert signing_number() == 2
    newest = path_of_new_card("Citra Dewi")
    page.goto(f"{line.address}/verifikasi/luring")
    assert "Kunci nomor 2 tidak ada di perangkat ini" in pasted(page, newest)
    line.mend()
    page.goto(f"{line.address}/verifikasi/luring")
    assert "C*** D***" in pasted(page, newest)


def test_without_signatures_in_the_browser_the_page_says_so(
    line: Line, new_context: Callable[..., BrowserContext]
) -> None:
    path = path_of_new_card("Siti Wulandari")
    context = new_context(viewport=PHONE, service_workers="block")
    context.add_init_script(
        "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))"
    )
    page = context.new_page()
    page.goto(f"{line.address}/verifikasi/luring")
    told = pasted(page, path)
    assert "Peramban ini tidak bisa memeriksa" in told
    assert "S*** W***" not in told


def test_a_camera_or_a_photo_is_read_where_the_browser_can(
    line: Line, new_context: Callable[..., BrowserContext]
) -> None:
    """Chromium on Linux reads no squares: what it would have read is put in its mouth, all else is ours."""
    path = path_of_new_card("Siti Wulandari")
    context = new_context(viewport=PHONE, service_workers="block")
    context.add_init_script(
        f"""window.BarcodeDetector = class {{
          static async getSupportedFormats() {{ return ["qr_code"]; }}
          async detect(image) {{ return image.width > 1 ? [{{ rawValue: "https://okoce.contoh{path}" }}] : []; }}
        }};"""
    )
    page = context.new_page()
    page.goto(f"{line.address}/verifikasi/luring")
    page.wait_for_selector("[data-camera]:not([hidden])")
    assert page.is_hidden("[data-blind]")
    page.click("[data-camera]")  # there is none, or it is not allowed
    page.wait_for_selector("[data-trouble]:not([hidden])")
    assert "Kamera tidak bisa dibuka" in page.inner_text("[data-trouble]")
    for size, seen in ((1, "Tidak ada kode kotak dalam foto itu"), (2, "")):
        photo = page.evaluate(
            f"""async () => {{
              const canvas = new OffscreenCanvas({size}, {size});
              canvas.getContext("2d").fillRect(0, 0, {size}, {size});
              return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
            }}"""
        )
        page.set_input_files(
            "[data-photo]", [{"name": "foto.png", "mimeType": "image/png", "buffer": bytes(photo)}]
        )
        if seen:
            # a function, since the page's policy forbids to evaluate a text
            page.wait_for_function(
                "seen => document.querySelector('[data-trouble]').textContent.includes(seen)", arg=seen
            )
    page.wait_for_selector("[data-result=genuine]")
