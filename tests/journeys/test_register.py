"""Somebody registers herself on a 360 px phone: without script, and on a line that drops twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from tests.journeys.conftest import PHONE, assert_accessible, follow
from tests.outbox import Outbox

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NUMBER = "+6281234567890"
LONG_NAME = "Raden Roro Kusumaningtyas Widyastuti Prawirodihardjo"
NEXT = "main .action-bar button"
LOST = "[data-resend-lost]"


def give_number(page: Page, site: str, outbox: Outbox) -> None:
    page.goto(f"{site}/daftar?komunitas=MAWAR&sumber=wa")
    assert "Mawar" in page.inner_text("main")
    page.fill("#id_phone", "0812 3456 7890")
    follow(page, NEXT)
    page.fill("#id_code", outbox.code(NUMBER))
    follow(page, NEXT)


def tell_about_herself(page: Page) -> None:
    page.fill("#id_name", LONG_NAME)
    page.fill("#id_birth_on", "17 Agustus 1990")
    page.check("input[value=female]")


def choose_place(page: Page) -> None:
    page.fill("#id_cari", "Meruya Utara, Kembangan")
    follow(page, "main form[role=search] button")
    follow(page, "#offers button")


def tell_about_work(page: Page) -> None:
    page.check("input[value=trading]")
    page.fill("#id_trade", "Jahit kebaya")
    follow(page, NEXT)


def assert_one_member(page: Page) -> None:
    member = Member.objects.get()
    assert page.url.endswith("/daftar/selesai")
    assert member.number in page.inner_text("main")
    assert (member.name, member.region, member.village) == (LONG_NAME, "31.73.08", "31.73.08.1002")


def test_without_script_from_the_link_to_the_card(
    site: str, outbox: Outbox, new_context: Callable[..., BrowserContext]
) -> None:
    active_group("Mawar", "31.73")
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    give_number(page, site, outbox)
    tell_about_herself(page)
    follow(page, NEXT)
    choose_place(page)
    tell_about_work(page)
    follow(page, NEXT)  # the komunitas that invited her is chosen
    page.check("#id_programme")
    follow(page, NEXT)
    assert_one_member(page)
    assert Member.objects.get().group_id is not None


def test_without_script_the_way_back_leads_over_what_was_refused(
    site: str, outbox: Outbox, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{site}/daftar")
    page.fill("#id_phone", "0812 345")
    follow(page, NEXT)
    assert page.input_value("#id_phone") == "0812 345"
    page.fill("#id_phone", "0812 3456 7890")
    follow(page, NEXT)
    page.fill("#id_code", outbox.code(NUMBER))
    follow(page, NEXT)
    tell_about_herself(page)
    page.fill("#id_birth_on", "31-02-1990")
    follow(page, NEXT)
    assert page.is_visible("#id_birth_on_error")
    assert (page.input_value("#id_name"), page.input_value("#id_birth_on")) == (LONG_NAME, "31-02-1990")
    page.fill("#id_birth_on", "17 Agustus 1990")
    follow(page, NEXT)
    choose_place(page)
    page.check("input[value=trading]")
    follow(page, NEXT)
    tell_about_work(page)
    seen = []
    for _step in range(5):
        answer = page.go_back()
        assert answer is not None
        assert (answer.status, page.locator(".field-invalid").count()) == (200, 0)
        seen.append(page.url.removeprefix(site))
    assert {"/daftar/usaha", "/daftar/diri"} <= set(seen)
    page.goto(f"{site}/daftar/diri")
    assert page.input_value("#id_birth_on") == "17 Agustus 1990"


def position(page: Page) -> str:
    return str(page.locator(".action-bar").evaluate("bar => getComputedStyle(bar).position"))


@pytest.mark.parametrize("width", [320, 360])
def test_the_longest_day_is_read_whole_and_the_button_lies_on_nothing_that_is_still_to_do(
    site: str, outbox: Outbox, new_context: Callable[..., BrowserContext], width: int
) -> None:
    active_group("Mawar", "31.73")
    page = new_context(viewport={"width": width, "height": 740}, java_script_enabled=True).new_page()
    give_number(page, site, outbox)
    assert position(page) == "static"
    tell_about_herself(page)
    assert position(page) == "sticky"
    page.fill("#id_birth_on", "24 September 2090")
    assert page.locator("#id_birth_on").evaluate("field => field.scrollWidth <= field.clientWidth")
    page.click(NEXT)
    page.wait_for_selector("#id_birth_on_error")
    assert position(page) == "static"


def test_on_a_line_that_drops_twice_nothing_is_lost_and_one_member_is_made(
    site: str, outbox: Outbox, new_context: Callable[..., BrowserContext]
) -> None:
    active_group("Mawar", "31.73")
    context = new_context(viewport=PHONE)
    page = context.new_page()
    give_number(page, site, outbox)
    tell_about_herself(page)
    context.set_offline(True)
    page.click(NEXT)
    page.wait_for_selector(LOST)
    assert page.input_value("#id_name") == LONG_NAME
    assert_accessible(page)
    context.set_offline(False)
    page.wait_for_url("**/daftar/tempat")
    choose_place(page)
    tell_about_work(page)
    page.close()  # and the browser was closed
    page = context.new_page()
    page.goto(f"{site}/daftar")
    follow(page, "main a.button")
    follow(page, NEXT)
    page.check("#id_programme")
    lose_first_answer(page)
    page.click(NEXT)
    page.wait_for_selector(LOST)
    page.wait_for_url("**/daftar/selesai")
    assert_one_member(page)
    assert_accessible(page)


def lose_first_answer(page: Page) -> None:
    """The member is made, and the line drops before she hears of it."""
    answers = []

    def lose(route: Route) -> None:
        if not answers:
            answers.append(route.fetch(max_redirects=0))
            route.abort()
        else:
            route.continue_()

    page.route("**/daftar/persetujuan", lose)
