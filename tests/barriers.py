"""What keeps people out of a page: what axe finds, sideways scroll, small text, small targets."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

SMALL_TEXT = """() => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg,.sr,[hidden]') &&
  [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()) &&
  parseFloat(getComputedStyle(e).fontSize) < 16)
  .map(e => e.outerHTML.slice(0, 80))"""
# Links in running text and in cells of tables are as high as their line.
SMALL_TARGETS = """() => [...document.querySelectorAll('a,button,input,select,summary,textarea')]
  .map(e => [e, (e.closest('label,.input-money') || e).getBoundingClientRect()])
  .filter(([e, r]) => r.width && r.height && r.height < 44 && !e.closest('p,td,th,dd,.sr'))
  .map(([e]) => e.outerHTML.slice(0, 80))"""


def barriers_on(page: Any, width: int) -> list[str]:
    """Everything that is wrong with the page as it stands, at this width."""
    findings = sideways_at(page, width)
    findings += [f"small text {found}" for found in page.evaluate(SMALL_TEXT)]
    findings += [f"small target {found}" for found in page.evaluate(SMALL_TARGETS)]
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    # A sticky bar hides what lies under it at one scroll position, so axe sees the page at full height.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    return findings + [f"axe {found['id']} {_places(found)}" for found in violations_on(page)]


def violations_on(page: Any) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands. What it has found good stays in the browser: to tell of each part of a page that it
    passes each rule took longer than to look."""
    page.evaluate(AXE_SCRIPT)
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(told => told.violations)", options
    )
    return found


def sideways_at(page: Any, width: int) -> list[str]:
    scrolls = page.evaluate("document.documentElement.scrollWidth") > width
    return [f"scrolls sideways at {width}"] if scrolls else []


def _places(found: dict[str, Any]) -> list[Any]:
    return [node["target"] for node in found["nodes"]][:3]
