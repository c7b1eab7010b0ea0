"""Every page of the matrix, shown to somebody who may open it: no barrier, at any width, light and dark."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.accounts.models import User
from tests.barriers import barriers_on, sideways_at
from tests.house.test_walk import MATRIX, OK
from tests.house.world import World, browser_of, world  # noqa: F401  (a fixture)

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NARROWEST, PHONE, DESK = 320, 360, 1280
EVERY_LOOK = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]
# A code is the longest word of a page.
WITH_CODES = {
    "group_trust", "partner_trust", "group_certificate", "group_name_sheet", "partner_name_sheet", "own_card",
    "member_detail", "replace_card", "revoke_card", "verify", "verify_signed", "search_names", "ticket", "own_ticket",
}  # fmt: skip
# The signs of a code are drawn by lot: the widest of all of them stands in for each.
WIDEST_CODES = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    texts.currentNode.data = texts.currentNode.data.replace(
      /\\b[A-Z]{2}(-[2-9A-Z]{4,6}){2,}\\b/g, code => code.replace(/[^-]/g, 'W'));
}"""
# A komunitas may bear a name with a word that is longer than a line of a phone.
WITH_NAMES = {
    "group_detail", "group_invitation", "group_certificate", "group_name_sheet", "group_trust", "first_steps",
    "nominate_officer", "change_areas", "plan_centre", "join_own_group", "own_group", "own_groups", "verify",
    "search_names", "register", "scoreboard", "group_list",
}  # fmt: skip
LONG_NAMES = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    texts.currentNode.data = texts.currentNode.data.replaceAll('Mawar', 'Kusumaningtyasprawirodihardjowati');
}"""
# A member may bear a name of one word that fills the column it is kept in.
LONG_NAME = "Wa" * 75
AT_A_DESK = ("member_list", "member_detail", "duplicate_list", "duplicate_detail", "desk")
SHOW_NAMES = {"member_list", "member_detail", "duplicate_list", "duplicate_detail", "desk", "own_page"} | {
    f"{name} of a secretariat" for name in AT_A_DESK
}
NO_PAGES = {"web_manifest", "service_worker"}


def shown() -> Iterator[tuple[str, str]]:
    """Each page of the matrix that shows itself, and the role to show it to; "" is nobody."""
    for name, page in MATRIX.items():
        if page.is_public and page.answer == OK and not page.post and name not in NO_PAGES:
            yield name, ""
        elif (page.roles or page.is_own) and page.answer == OK and not page.post:
            named = page.roles or {"anggota"}
            yield name, "administrator" if "administrator" in named else min(named)
    yield from (("gallery", ""), ("demo_codes", ""))  # in a demo


@pytest.fixture
def addresses(world: World, settings: Settings) -> list[tuple[str, str, str]]:  # noqa: F811  (the fixture above)
    """Name, role and path of what is shown; parts of pages that only a script asks for are left out."""
    settings.DEMO = "2018"
    roles = {role for _name, role in shown()}
    readers = {role: browser_of(role, world) if role else Client() for role in sorted(roles)}
    found = []
    for name, role in shown():
        path = world.address(name, world.near)
        if b"<html" in readers[role].get(path).content:
            found.append((name, path, session_of(readers[role])))
    return found


def session_of(client: Client) -> str:
    return client.cookies["sessionid"].value if "sessionid" in client.cookies else ""


def pages_of(chromium: Browser, site: str, sessions: set[str], **look: Any) -> dict[str, Page]:
    """One page each for nobody and for whoever has signed in."""
    made = {}
    for session in sessions:
        context = chromium.new_context(locale="id-ID", service_workers="block", **look)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        made[session] = context.new_page()
    return made


def walk(
    chromium: Browser,
    site: str,
    addresses: list[tuple[str, str, str]],
    width: int,
    scheme: str,
    change: str = "() => {}",
) -> list[str]:
    """What is wrong on these pages in this look, after a change that a script makes to each."""
    size = {"width": width, "height": 740}
    pages = pages_of(
        chromium, site, {session for *_, session in addresses}, viewport=size, color_scheme=scheme
    )
    findings = []
    for name, path, session in addresses:
        page = pages[session]
        page.set_viewport_size(size)
        page.goto(site + path)
        page.evaluate(change)
        found = barriers_on(page, width)
        if width == PHONE:
            page.set_viewport_size({"width": NARROWEST, "height": 740})
            found += sideways_at(page, NARROWEST)
        findings += [f"{name} at {width} {scheme}: {finding}" for finding in found]
    for page in pages.values():
        page.context.close()
    return findings


def test_no_page_has_a_barrier(
    live_server: LiveServer, chromium: Browser, addresses: list[tuple[str, str, str]]
) -> None:
    """Each page once, in turns of the four looks; all of them together are for `make test-long`."""
    findings = []
    for turn, (width, scheme) in enumerate(EVERY_LOOK):
        findings += walk(chromium, live_server.url, addresses[turn :: len(EVERY_LOOK)], width, scheme)
    assert findings == [], "\n".join(findings)


def test_no_code_is_wider_than_a_phone(
    live_server: LiveServer, chromium: Browser, addresses: list[tuple[str, str, str]]
) -> None:
    named = [one for one in addresses if one[0] in WITH_CODES]
    assert {"group_trust", "partner_trust", "ticket"} <= {name for name, *_ in named}
    findings = walk(chromium, live_server.url, named, PHONE, "light", WIDEST_CODES)
    assert findings == [], "\n".join(findings)


def test_no_long_name_is_wider_than_a_phone(
    live_server: LiveServer, chromium: Browser, addresses: list[tuple[str, str, str]]
) -> None:
    named = [one for one in addresses if one[0] in WITH_NAMES]
    assert {"group_invitation", "group_certificate", "group_name_sheet"} <= {name for name, *_ in named}
    findings = walk(chromium, live_server.url, named, PHONE, "light", LONG_NAMES)
    assert findings == [], "\n".join(findings)


def test_no_name_of_a_member_is_wider_than_a_phone(
    live_server: LiveServer,
    chromium: Browser,
    world: World,  # noqa: F811  (the fixture above)
    addresses: list[tuple[str, str, str]],
) -> None:
    """A name of one word that fills its column, wherever one is shown, and where a secretariat may tick people for a batch."""
    secretariat = session_of(browser_of("sekretariat", world))
    Member.objects.update(name=LONG_NAME)
    User.objects.update(name=LONG_NAME)
    desk = [(f"{name} of a secretariat", world.address(name, world.near), secretariat) for name in AT_A_DESK]
    sessions = {session for *_, session in addresses + desk}
    pages = pages_of(chromium, live_server.url, sessions, viewport={"width": NARROWEST, "height": 740})
    findings, named = [], set()
    for name, path, session in addresses + desk:
        pages[session].goto(live_server.url + path)
        if LONG_NAME in (pages[session].locator("body").text_content() or ""):
            named.add(name)
        findings += [f"{name}: {finding}" for finding in sideways_at(pages[session], NARROWEST)]
    found = pages[secretariat]  # at the desk, where she stands last
    found.fill("main [name=q]", world.near.number)
    found.press("main [name=q]", "Enter")
    found.locator("main").get_by_text(LONG_NAME).first.wait_for()
    findings += [f"found at the desk: {finding}" for finding in sideways_at(found, NARROWEST)]
    for page in pages.values():
        page.context.close()
    assert named >= SHOW_NAMES
    assert findings == [], "\n".join(findings)


@pytest.mark.long
@pytest.mark.parametrize(("width", "scheme"), EVERY_LOOK)
def test_no_page_has_a_barrier_in_any_look(
    live_server: LiveServer,
    chromium: Browser,
    addresses: list[tuple[str, str, str]],
    width: int,
    scheme: str,
) -> None:
    assert walk(chromium, live_server.url, addresses, width, scheme) == []
