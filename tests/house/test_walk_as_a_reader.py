"""Whoever reads all and writes nothing opens her pages and finds on none of them a form or a link that would refuse her."""

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import Resolver404, resolve

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from tests.house.test_walk import MATRIX, OK, REFUSED, Page, decisions
from tests.house.world import World, browser_of, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture
ROLE = "auditor"


def is_open(page: Page) -> bool:
    return page.is_public or page.is_own or ROLE in page.roles


def may_send(page: Page) -> bool:
    return is_open(page) and (page.writers is None or ROLE in page.writers)


def page_at(address: str) -> Page | None:
    """The page that an address of ours leads to; None for files and for other houses."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        return MATRIX.get(str(resolve(parts.path).url_name))
    except Resolver404:
        return None


def led_astray(client: Client, address: str) -> list[str]:
    """Forms and links of a page that would answer her with a refusal."""
    answer = client.get(address)
    if answer.status_code != OK or "html" not in answer.headers.get("Content-Type", ""):
        return []
    drawn = BeautifulSoup(answer.content.decode(), "html.parser")
    sent = [str(form.get("action") or address) for form in drawn.select("form[method=post]")]
    sent += [str(button["formaction"]) for button in drawn.select("[formaction]")]
    refusing = [to for to in sent if (page := page_at(to)) is not None and not may_send(page)]
    linked = [str(link["href"]) for link in drawn.select("a[href^='/']")]
    return refusing + [to for to in linked if (page := page_at(to)) is not None and not is_open(page)]


def test_no_page_of_the_auditors_offers_what_would_refuse_her(world: World) -> None:
    client, before = browser_of(ROLE, world), decisions()
    found = {
        name: astray
        for name, page in MATRIX.items()
        if is_open(page) and not page.post
        for astray in [led_astray(client, world.address(name, world.near))]
        if astray
    }
    assert found == {}
    assert decisions() == before


def test_what_she_reads_takes_no_form_from_her(world: World) -> None:
    client, before = browser_of(ROLE, world), decisions()
    read_only = [name for name, page in MATRIX.items() if is_open(page) and not may_send(page)]
    assert read_only
    for name in read_only:
        assert client.post(world.address(name, world.near)).status_code == REFUSED, name
    assert decisions() == before
