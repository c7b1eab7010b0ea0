"""Somebody without an account looks at the movement: on a phone and on a desk, in light and dark, without script."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext

from okoce.community.members.actions.entry import NewBusiness, NewMember
from okoce.foundation.access.actor import Actor
from okoce.stages.p1_registration.actions import register_member
from tests.journeys.conftest import LOOKS, PHONE, assert_accessible, follow

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LONG_NAME = "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo"
BAR_BYTES = 40 * 1024


def register(count: int, region: str = "31.71.04") -> None:
    for number in range(count):
        register_member(
            Actor.system("journey"),
            NewMember(
                name=f"{LONG_NAME} {number}",
                phone=f"08900000{number:04d}",
                region=region,
                sex="female",
                registered_on=date(2018, 5, 1),
                consent_on=date(2018, 5, 1),
                business=NewBusiness(),
            ),
        )


@LOOKS
def test_the_public_pages_have_no_barrier_empty_or_full(
    site: str, new_context: Callable[..., BrowserContext], size: dict[str, int], scheme: str
) -> None:
    page = new_context(viewport=size, color_scheme=scheme).new_page()
    addresses = (
        "/",
        "/corong?wilayah=31",
        "/corong?wilayah=31.71.04",
        "/corong?wilayah=tidak-ada",
        "/masuk",
        "/api/v1/docs",
    )
    for address in addresses:
        page.goto(site + address)
        assert_accessible(page)
    register(6)
    for address in ("/", "/corong", "/corong?wilayah=31.71"):
        page.goto(site + address)
        assert_accessible(page)


def test_nothing_scrolls_sideways_on_the_narrowest_phone(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for address in ("/", "/corong?wilayah=31", "/masuk"):
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def test_the_funnel_can_be_narrowed_and_dated_without_script(
    site: str, new_context: Callable[..., BrowserContext]
) -> None:
    register(6)
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{site}/corong")
    page.select_option("#narrow", "31")
    page.fill("#per", "2018-04-30")
    follow(page, ".scope-bar button")
    assert "wilayah=31" in page.url
    assert page.locator(".funnel-value").first.inner_text() == "0"
    page.fill("#per", "2018-05-01")
    follow(page, ".scope-bar button")
    assert page.locator(".funnel-value").first.inner_text() == "6"


def test_a_first_visit_stays_light(site: str, new_context: Callable[..., BrowserContext]) -> None:
    """Bytes on the wire of everything the first view asks for; the static files here are not even compressed, so the
    stylesheet is counted by its size in the brotli bench instead: see bench/."""
    register(3)
    page = new_context(viewport=PHONE).new_page()
    scripts: list[str] = []
    page.on(
        "request", lambda request: scripts.append(request.url) if request.resource_type == "script" else None
    )
    page.goto(f"{site}/")
    assert [script.removeprefix(site) for script in scripts] == ["/static/web/install.js"]  # no htmx
