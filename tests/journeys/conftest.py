"""Journeys: the whole site behind a real browser, on a database of its own that is emptied after each."""

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.territory.loading import load_territory
from okoce.foundation.territory.queries import forget
from tests import emptying
from tests.barriers import violations_on

# The browser's library runs an event loop in this thread; the database is used beside it, not inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PASSWORD = "kata-sandi-perjalanan"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# Size and theme of a look at pages; the crossed ones show little more.
LOOKS = pytest.mark.parametrize(
    ("size", "scheme"),
    [
        pytest.param(PHONE, "light", id="phone-light"),
        pytest.param(DESK, "dark", id="desk-dark"),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.long),
        pytest.param(DESK, "light", id="desk-light", marks=pytest.mark.long),
    ],
)


@pytest.fixture
def site(live_server: LiveServer, transactional_db: None) -> Iterator[str]:
    """The address of a site with the whole territory and nobody in it."""
    load_territory()
    yield live_server.url
    if not emptying.is_left("territory_region"):
        forget()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts (size, theme, with or without script) that are closed at the end."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        made.append(chromium.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def secretary(site: str) -> str:
    """The e-mail of somebody at the secretariat, with the password of the journeys."""
    actor = Actor.system("journey")
    email = "citra@okoce.test"
    user = create_user(actor, NewUser(name="Citra", email=email, password=PASSWORD))
    grant_role(actor, user, "sekretariat", Anchors(), date(2018, 1, 1))
    return email


def follow(page: Page, selector: str) -> None:
    """Click what leads to another page, and wait until that page is whole: a click alone returns before it."""
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


def sign_in(page: Page, site: str, email: str, home: str = "/corong") -> None:
    """As a person does it: the page, two fields, the button."""
    page.goto(f"{site}/masuk")
    page.fill("[name=contact]", email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "main button")
    assert page.url == f"{site}{home}"


def assert_accessible(page: Page) -> None:
    """No finding of axe, no sideways scroll."""
    page.set_viewport_size(
        {"width": page.viewport_size["width"], "height": page.evaluate("document.body.scrollHeight")}
    )
    found = violations_on(page)
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
