"""What the first visit of `/` costs on the wire, as Chromium counts it, and when something is seen on a slow telephone."""

import gzip
import re
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bench.figures import Bar, Figure, Sample, one
from bench.plan import Plan
from bench.site import Site
from okoce.foundation.web.compression import pressed
from tests import browser

PAGE_BAR_KB, MAP_BAR_KB = 40, 9
LOOK_MS, MOST_LOOKS = 50, 400
SLOW_BYTES_A_SECOND = 400_000 / 8
SLOW_ROUND_TRIP_MS = 300
SLOW_CPU = 6
LIT = re.compile('<svg class="lit".*?</svg>', re.DOTALL)
SCREEN = {"width": 390, "height": 844}


@dataclass
class Visit:
    """The bytes of each request, headers and body, by address."""

    addresses: dict[str, str] = field(default_factory=dict)
    received: dict[str, float] = field(default_factory=dict)
    encoding: str = ""  # of the document
    landed_on: str = ""
    paint_ms: float = 0.0

    @property
    def kilobytes(self) -> float:
        return sum(self.received.values()) / 1024

    @property
    def document_kilobytes(self) -> float:
        """The first request that was answered with a page; a redirect before it is counted elsewhere."""
        return self.received.get(next(iter(self.addresses)), 0.0) / 1024

    def kilobytes_of(self, word: str) -> float:
        return sum(size for request, size in self.received.items() if word in self.addresses[request]) / 1024


def measure(plan: Plan) -> Iterator[Figure]:
    site = Site(plan.place("many"))
    with site.running() as (_pid, address), chromium_running() as chromium:
        visit(chromium, address)  # the first one of a server compiles templates
        plain = visit(chromium, address)
        html = urllib.request.urlopen(address + "/", timeout=30).read().decode()  # noqa: S310 - our own address
        slow = [visit(chromium, address, round_trip_ms=SLOW_ROUND_TRIP_MS) for _visit in range(plan.starts)]
    page = Figure("page_bytes", "first load of / on the wire", "KB", one(plain.kilobytes), Bar(PAGE_BAR_KB))
    page.note = f"{len(plain.received)} requests, headers included"
    page.ceiling, page.ceiling_name = plain.document_kilobytes, "the document alone"
    yield page
    yield _map(plain, html)
    paint = Figure("page_paint", "first paint at 400 kbit/s with the processor slowed six times", "ms")
    paint.sample = Sample.of(each.paint_ms for each in slow)
    paint.note = f"round trip {SLOW_ROUND_TRIP_MS} ms, {SCREEN['width']} × {SCREEN['height']}"
    yield paint


def _map(plain: Visit, html: str) -> Figure:
    """The picture of all kecamatan, and what the lit ones add to the document as it was sent to Chromium."""
    figure = Figure("map_bytes", "the konstelasi on the wire", "KB", bar=Bar(MAP_BAR_KB))
    base = plain.kilobytes_of("constellation")
    press = pressed if plain.encoding == "br" else _gzipped
    lit = _added(html, press)
    figure.sample = one(base + lit)
    figure.note = f"{base:.1f} the dots, {lit:.1f} the lit ones as {plain.encoding}"
    if press is not _gzipped:
        figure.note += f", {_added(html, _gzipped):.1f} for who reads only gzip"
    return figure


def _added(html: str, press: Callable[[bytes], bytes]) -> float:
    """Kilobytes by which the lit layer makes the document heavier."""
    return (len(press(html.encode())) - len(press(LIT.sub("", html).encode()))) / 1024


def _gzipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6)


@contextmanager
def chromium_running() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = browser.found()
    if path is None:
        raise RuntimeError(browser.HOW)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def visit(
    chromium: Any, address: str, path: str = "/", *, round_trip_ms: int = 0, session: str = ""
) -> Visit:
    """A first visit: nothing in any cache. With a round trip it is a slow line, and a slow processor; with a session,
    somebody signed in."""
    seen = Visit()
    context = chromium.new_context(viewport=SCREEN, device_scale_factor=2)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.on(
        "Network.requestWillBeSent",
        lambda said: seen.addresses.setdefault(said["requestId"], said["request"]["url"]),
    )
    wire.on(
        "Network.loadingFinished",
        lambda said: seen.received.update({said["requestId"]: said["encodedDataLength"]}),
    )
    wire.send("Network.enable")
    if round_trip_ms:
        _slow_down(wire, round_trip_ms)
    answer = page.goto(address + path, wait_until="networkidle", timeout=60_000)
    seen.landed_on = page.url.removeprefix(address)
    seen.encoding = answer.headers.get("content-encoding", "") if answer else ""
    seen.paint_ms = _painted_at(page)
    context.close()
    return seen


def _painted_at(page: Any) -> float:
    """Milliseconds until the first paint. Asked again from here: a page that forbids eval cannot be made to wait for it."""
    for _look in range(MOST_LOOKS):
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
        if painted:
            return float(painted)
        page.wait_for_timeout(LOOK_MS)
    raise RuntimeError("the page was not painted")


def _slow_down(wire: Any, round_trip_ms: int) -> None:
    speed = {"downloadThroughput": SLOW_BYTES_A_SECOND, "uploadThroughput": SLOW_BYTES_A_SECOND}
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": round_trip_ms, **speed})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
