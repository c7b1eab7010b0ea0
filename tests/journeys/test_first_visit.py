"""Who comes for the first time sees the page without another round trip; whoever comes again does not load the same twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from okoce.foundation.web import stylesheet
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LOADED = """() => performance.getEntriesByType("resource").filter(one => one.name.endsWith("okoce.css"))
  .map(one => [one.renderBlockingStatus, one.transferSize > 0])"""
LOOK = """() => ["body", "h1", "main", ".button, button", ".site-header", "footer"].map(part => {
  const seen = document.querySelector(part), style = getComputedStyle(seen), {x, y, width, height} = seen.getBoundingClientRect();
  return [part, x, y, width, height, style.color, style.backgroundColor, style.font];
})"""


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no-script"])
def test_a_first_visit_waits_for_no_stylesheet_and_the_next_takes_it_from_the_cache(
    site: str, new_context: Callable[..., BrowserContext], has_script: bool
) -> None:
    context = new_context(viewport=PHONE, java_script_enabled=has_script, service_workers="block")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)

    page.goto(f"{site}/masuk")
    assert page.locator("style").count() == 1
    assert page.evaluate(LOADED) == [["non-blocking", True]]
    first = page.evaluate(LOOK)
    assert _noted(context) == stylesheet.VERSION

    page.goto(f"{site}/masuk")
    assert page.locator("style").count() == 0
    assert page.evaluate(LOADED) == [["blocking", False]]
    assert page.evaluate(LOOK) == first
    assert complaints == []


def test_another_inline_style_is_refused(site: str, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{site}/masuk")
    assert _refuses(page, "h1 { color: rgb(1, 2, 3) }")
    assert not _refuses(page, stylesheet.TEXT)


def _refuses(page: Page, text: str) -> bool:
    """Whether the browser leaves a style alone that somebody puts into the page."""
    question = """text => {
      const style = document.createElement("style");
      style.textContent = text;
      document.head.append(style);
      return style.sheet === null;
    }"""
    return bool(page.evaluate(question, text))


def _noted(context: BrowserContext) -> str:
    [note] = [cookie for cookie in context.cookies() if cookie["name"] == stylesheet.COOKIE]
    return str(note["value"])
