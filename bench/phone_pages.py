"""What a telephone meets first: the weight of `/`, `/daftar`, `/masuk` and `/saya`, and when something is seen of them on a
slow line. The ceiling of a first paint is an answer of a few letters by the same server to the same browser."""

import gzip
import urllib.request
from collections.abc import Iterator
from typing import Any

from bench.figures import Bar, Figure, Sample, one
from bench.first_page import SCREEN, SLOW_CPU, Visit, chromium_running, visit
from bench.plan import Plan
from bench.site import Site
from okoce.foundation.web import stylesheet

ROUND_TRIP_MS = 400
LOOKS = 5
BYTES_BAR_KB, PAINT_BAR_MS = 40, 1500
BARE = "/healthz"
# Comes after the page has been painted, once for each version of the site.
BROUGHT_BY_WORKER = ("/sw.js", "/luring")
PATHS = ("/", "/daftar", "/masuk", "/saya")
# Somebody for /saya: the first member of the movement signs in, as the sign-in by code would let them.
SIGN_IN = """
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from okoce.community.members.models import Member
from okoce.foundation.accounts.sign_in import sign_in_member
request = RequestFactory(SERVER_NAME="127.0.0.1").get("/")
request.session, request.user = SessionStore(), AnonymousUser()
with request_context(request):
    sign_in_member(request, Member.objects.order_by("pk").values_list("pk", flat=True)[0])
request.session.save()
print("session", request.session.session_key)
"""


def measure(plan: Plan) -> Iterator[Figure]:
    site = Site(plan.place("many"))
    looks = max(LOOKS, plan.starts) if plan.starts > 1 else 1
    with site.running() as (_pid, address), chromium_running() as chromium:
        session = _session(site)
        bare = Sample.of(_slow(chromium, address, BARE, "").paint_ms for _look in range(looks))
        for path in PATHS:
            who = session if path == "/saya" else ""
            visit(chromium, address, path, session=who)  # the first one of a server compiles templates
            yield _weight(visit(chromium, address, path, session=who), path)
            yield _paint([_slow(chromium, address, path, who) for _look in range(looks)], path, bare)
        yield _worker(address)


def _session(site: Site) -> str:
    """The key of a member's session; all else that a shell says is left out."""
    said = site.okoce("shell", "-c", SIGN_IN).split()
    return said[said.index("session") + 1]


def _slow(chromium: Any, address: str, path: str, session: str) -> Visit:
    return visit(chromium, address, path, round_trip_ms=ROUND_TRIP_MS, session=session)


def _weight(seen: Visit, path: str) -> Figure:
    figure = Figure(f"weight_{_key(path)}", f"first load of {path} on the wire", "KB", bar=Bar(BYTES_BAR_KB))
    if _has_landed(seen, path, figure):
        figure.sample = one(seen.kilobytes)
        figure.note = f"{len(seen.received)} requests, headers included"
        figure.ceiling, figure.ceiling_name = seen.document_kilobytes, "the document alone"
    return figure


def _paint(seen: list[Visit], path: str, bare: Sample) -> Figure:
    figure = Figure(
        f"paint_{_key(path)}", f"first paint of {path} on a slow line", "ms", bar=Bar(PAINT_BAR_MS)
    )
    if _has_landed(seen[0], path, figure):
        figure.sample = Sample.of(each.paint_ms for each in seen)
        width, height = SCREEN["width"], SCREEN["height"]
        figure.note = f"400 kbit/s, round trip {ROUND_TRIP_MS} ms, processor slowed {SLOW_CPU} times, {width} × {height}"
        figure.ceiling, figure.ceiling_name = bare.median, f"{BARE}: two letters, no stylesheet"
    return figure


def _has_landed(seen: Visit, path: str, figure: Figure) -> bool:
    """Whether the page answered itself, or sent the visitor on; /daftar goes on to its first block."""
    if not seen.landed_on.startswith(path):
        figure.problem = f"led to {seen.landed_on}"
    return not figure.problem


def _worker(address: str) -> Figure:
    """What the service worker costs who comes for the first time; the stylesheet is there already."""
    figure = Figure("worker_bytes", "service worker and its page, after the paint", "KB")
    sizes = []
    for path in BROUGHT_BY_WORKER:
        headers = {"Accept-Encoding": "gzip", "Cookie": f"{stylesheet.COOKIE}={stylesheet.VERSION}"}
        asked = urllib.request.Request(address + path, headers=headers)  # noqa: S310 - our own
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own address
            body = answer.read()
        sizes.append(len(body))
        figure.note += f"{path} {len(gzip.decompress(body)) / 1024:.1f} unpacked, "
    figure.note = figure.note.rstrip(", ")
    figure.sample = one(sum(sizes) / 1024)
    return figure


def _key(path: str) -> str:
    return path.strip("/") or "home"
