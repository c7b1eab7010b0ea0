"""A short list of people and a form of boxes on a narrow telephone: nothing sticks out, the bar of deeds leaves room to read, and a
hint stands with its box."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.pipeline.tests.factories import registered, walked_to
from tests.barriers import barriers_on, sideways_at
from tests.cast import SENEN
from tests.journeys.conftest import sign_in
from tests.journeys.test_member import phone_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HEIGHT = 740
HIDDEN_LABELS = """() => [...document.querySelectorAll('.table-tight .evident')]
  .map(cell => parseFloat(getComputedStyle(cell, '::before').width))"""
# Of each hint: whether it lies in its own box.
APART = """() => [...document.querySelectorAll('.choice label')].map(box => {
  const hint = document.getElementById((box.querySelector('input').getAttribute('aria-describedby') || '').split(' ')[0]);
  if (!hint) return null;
  const [of, to] = [hint.getBoundingClientRect(), box.getBoundingClientRect()];
  return {inside: of.top >= to.top && of.bottom <= to.bottom, words: hint.textContent.trim()};
}).filter(Boolean)"""


def narrow(new_context: Callable[..., BrowserContext], width: int, scheme: str = "light") -> BrowserContext:
    return new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)


@pytest.mark.parametrize("width", [320, 360])
def test_a_list_of_two_does_not_scroll_sideways_and_leaves_the_screen_to_them(
    site: str, secretary: str, new_context: Callable[..., BrowserContext], width: int
) -> None:
    registered(name="Siti Aminah binti Abdurrahman Wahid", region=SENEN)
    walked_to(3, name="Agus", region=SENEN)
    page: Page = narrow(new_context, width).new_page()
    sign_in(page, site, secretary)
    page.goto(f"{site}/anggota")
    assert page.locator(".table-tight tbody tr").count() == 2
    assert sideways_at(page, width) == []
    assert [wide for wide in page.evaluate(HIDDEN_LABELS) if wide > 1] == [], (
        "a hidden label sticks out of no row"
    )
    bar = page.locator(".batch-bar")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "static"
    page.locator(".pick input").first.check()
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "sticky"
    box = bar.bounding_box()
    assert box is not None
    assert box["height"] <= HEIGHT * 0.2
    assert bar.locator("button").count() > 1
    assert sideways_at(page, width) == []
    assert barriers_on(page, width) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_hint_stands_in_its_own_box(
    site: str, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = phone_of(registered(name="Siti", region=SENEN), site, narrow(new_context, 360, scheme))
    page.goto(f"{site}/saya/data/izin")
    hints = page.evaluate(APART)
    assert len(hints) >= 2
    assert [hint["words"] for hint in hints if not hint["inside"]] == []
    assert barriers_on(page, 360) == []
