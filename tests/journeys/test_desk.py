"""An officer with people waiting: registers by keyboard alone, and goes on while the line is down."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from okoce.community.members.models import Consent, Member
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.pipeline.tests.factories import registered
from okoce.stages.p1_registration.models import DeskSubmission
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PEOPLE = 10
LETTERS = "abcdefghij"


@pytest.fixture
def at_the_desk(site: str, new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Open the desk as a kecamatan officer of Senen."""
    actor, email = Actor.system("journey"), "ani@okoce.test"
    user = create_user(actor, NewUser(name="Ani", email=email, password=PASSWORD))
    grant_role(actor, user, "petugas_kecamatan", Anchors(region="31.71.04"), date(2018, 1, 1))

    def opened(**options: object) -> Page:
        page = new_context(**{"viewport": DESK, **options}).new_page()
        sign_in(page, site, email)
        page.goto(f"{site}/meja")
        return page

    return opened


def wait_for_focus(page: Page, field: str) -> None:
    page.wait_for_function("id => document.activeElement.id === id", arg=field)


def press(page: Page, *keys: str) -> None:
    """Text is typed and closed by Enter, as a scanner does; names of keys are pressed."""
    for key in keys:
        if key in {"Enter", "Space"}:
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
            page.keyboard.press("Enter")


def register_by_keyboard(page: Page, number: int) -> None:
    """From the search box to the search box, no mouse: phone, name, NIK, birth date, sex, work, two consents."""
    wait_for_focus(page, "id_q")
    press(page, f"08130000{number:04d}")
    wait_for_focus(page, "id_name")
    press(
        page,
        f"Siti Nomor {LETTERS[number]}",
        "Enter",
        f"31710441079{number:02d}001",
        "01-07-1990",
        "P",
    )
    press(page, "Enter", "Paseban", "Enter")
    wait_for_focus(page, "id_consent")
    press(page, "Space", "Enter", "Space", "Enter", "Enter")


ON_SCREEN = """() => ["id_q", "id_name", "id_address", "id_consent", "id_contact"]
    .map((id) => document.getElementById(id)).concat(document.querySelector("[data-desk-form] [type=submit]"))
    .every((one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= innerHeight)"""


def test_the_desk_is_one_screen(at_the_desk: Callable[..., Page]) -> None:
    """From the box to the button nothing is scrolled; what is alike for the queue is one line until it is opened."""
    page = at_the_desk(viewport={"width": 1280, "height": 800})
    assert page.evaluate(ON_SCREEN)
    assert "Senen, Kota Jakarta Pusat" in page.inner_text(".desk-same summary")
    page.click(".desk-same summary")
    wait_for_focus(page, "id_district")
    press(page, "Enter", "Enter", "Pasar Senen")
    wait_for_focus(page, "id_paper_on")
    assert page.inner_text("[data-desk-same-told]").endswith("Pasar Senen")
    page.click(".desk-same summary")
    register_by_keyboard_from_the_box(page)
    wait_for_lines(page, "#desk-lately li", 1)
    assert page.inner_text("[data-desk-same-told]").endswith("Pasar Senen")
    assert not page.locator(".desk-same[open]").count()
    assert_accessible(page)


def register_by_keyboard_from_the_box(page: Page) -> None:
    page.focus("#id_q")
    register_by_keyboard(page, 0)


def wait_for_lines(page: Page, selector: str, count: int) -> None:
    page.wait_for_function(
        "([selector, count]) => document.querySelectorAll(selector).length === count", arg=[selector, count]
    )


def test_ten_people_are_registered_by_keyboard_alone_though_the_line_drops_for_two(
    at_the_desk: Callable[..., Page],
) -> None:
    page = at_the_desk()
    page.evaluate("() => { window.sameDocument = true }")
    for number in range(4):
        register_by_keyboard(page, number)
        wait_for_lines(page, "#desk-lately li", number + 1)

    page.context.set_offline(True)
    for number in (4, 5):
        register_by_keyboard(page, number)
        page.wait_for_selector(f"text=Tersimpan di perangkat ini: {number - 3} orang menunggu dikirim.")
        assert not page.locator("#desk-work > .notice").count(), "nothing is told of the one before"
    assert Member.objects.count() == 4
    assert "Siti" not in page.evaluate("() => JSON.stringify({...localStorage})"), "what waits is sealed"
    page.context.set_offline(False)
    wait_for_lines(page, ".desk-sent", 2)
    wait_for_lines(page, "#desk-lately li", 6)

    for number in range(6, PEOPLE):
        register_by_keyboard(page, number)
        wait_for_lines(page, "#desk-lately li", number + 1)
    assert page.evaluate("() => window.sameDocument")
    assert page.evaluate("() => localStorage.length") == 0
    assert_everybody_came_once()
    assert_accessible(page)


def assert_everybody_came_once() -> None:
    members = list(Member.objects.order_by("id"))
    assert [member.name[-1] for member in members] == list(LETTERS)
    assert {(member.region, member.village, member.sex) for member in members} == {
        ("31.71.04", "31.71.04.1003", "female")
    }
    assert Consent.objects.count() == 2 * PEOPLE
    assert DeskSubmission.objects.count() == PEOPLE


def test_what_waited_survives_a_closed_page_and_all_goes_without_script_too(
    at_the_desk: Callable[..., Page], site: str
) -> None:
    page = at_the_desk()
    page.context.set_offline(True)
    wait_for_focus(page, "id_q")
    press(page, "0812")
    wait_for_focus(page, "id_name")
    page.keyboard.type("Siti")
    page.check("#id_consent")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=1 orang menunggu dikirim")
    page.close()

    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(f"{site}/meja")
    again.wait_for_selector("text=1 orang perlu dibetulkan")
    leave_and_come_back(again, site)
    again.wait_for_selector("text=1 orang perlu dibetulkan")
    again.click('button:text-is("Betulkan")')
    wait_for_focus(again, "id_phone")
    assert again.locator("#id_name").input_value() == "Siti"
    again.fill("#id_phone", "081300001111")
    again.keyboard.press("Control+Enter")
    again.wait_for_selector("#desk-lately li")
    again.wait_for_selector("[data-desk-state]", state="hidden")
    assert Member.objects.get().phone == "+6281300001111"

    register_without_script(at_the_desk(java_script_enabled=False, viewport=PHONE))
    assert sorted(Member.objects.values_list("name", flat=True)) == ["Agus", "Siti"]


def test_one_whom_the_server_cannot_take_holds_nobody_else_up(at_the_desk: Callable[..., Page]) -> None:
    page = at_the_desk()

    def stumble(route: Route) -> None:
        if "Nomor+a" in (route.request.post_data or ""):
            route.fulfill(status=500, body="")
        else:
            route.continue_()

    page.route("**/meja/daftar", stumble)
    page.context.set_offline(True)
    for number in range(2):
        register_by_keyboard(page, number)
        page.wait_for_selector(f"text={number + 1} orang menunggu dikirim.")
    page.context.set_offline(False)
    wait_for_lines(page, ".desk-sent", 1)
    page.wait_for_selector("text=Tersimpan di perangkat ini: 1 orang menunggu dikirim.")
    assert Member.objects.get().name == "Siti Nomor b"


def test_a_known_person_is_looked_at_and_the_queue_goes_on_as_it_was(
    at_the_desk: Callable[..., Page], site: str
) -> None:
    siti = registered(name=f"Siti {'wardhani' * 12}", phone="081300000001")
    page = at_the_desk(viewport={"width": 320, "height": 740})
    page.click(".desk-same summary")
    wait_for_focus(page, "id_district")
    page.fill("#id_paper_on", "17-08-2018")
    page.fill("#id_q", "081300000001")
    page.press("#id_q", "Enter")
    page.wait_for_selector("#h-found")
    page.wait_for_function("() => document.activeElement.matches('#h-found + .list a')")
    assert_accessible(page)
    page.keyboard.press("Escape")
    wait_for_focus(page, "id_q")
    follow(page, "#h-found + .list a")
    assert page.url.endswith(siti.number)
    assert_accessible(page)
    page.goto(f"{site}/meja")
    assert page.locator("#id_paper_on").input_value() == "17-08-2018"
    page.fill("#id_name", siti.name)
    page.fill("#id_phone", "081300000001")
    page.check("#id_consent")
    page.press("#id_name", "Control+Enter")
    page.wait_for_selector("#desk-lately li >> text=formulir kertas · sudah terdaftar")
    assert_accessible(page)
    register_a_mistaken_minor(page)


def register_a_mistaken_minor(page: Page) -> None:
    """The guardian's part opens while the year is typed; what is left out is gone on with, the box too."""
    page.fill("#id_paper_on", "")
    page.locator("#id_birth_on").press_sequentially("01-07-2010")
    page.wait_for_selector("#id_guardian_name")
    page.press("#id_name", "Control+Enter")
    page.wait_for_selector("#id_name_error")
    page.fill("#id_name", "Agus")
    page.fill("#id_phone", "081300000002")
    page.fill("#id_birth_on", "01-07-1990")
    page.press("#id_name", "Control+Enter")
    page.wait_for_selector("#id_name_error", state="detached")
    wait_for_focus(page, "id_consent")


def leave_and_come_back(page: Page, site: str) -> None:
    """What waits outlives the sign-out, sealed, and the officer is told so."""
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    follow(page, ".shell-person button")
    assert asked[0].startswith("1 orang belum terkirim. Isiannya tetap tersimpan terkunci")
    assert page.evaluate("() => JSON.stringify({...localStorage})").count("okoce.desk.") == 1
    sign_in(page, site, "ani@okoce.test")
    page.goto(f"{site}/meja")


def register_without_script(page: Page) -> None:
    page.fill("#id_q", "081300002222")
    follow(page, "[data-desk-search] button")
    assert page.locator("#id_phone").input_value() == "081300002222"
    page.fill("#id_name", "Agus 😀")
    page.check("#id_consent")
    follow(page, "[data-desk-form] button")
    assert page.title().startswith("Kesalahan:")
    assert page.locator("#id_name").input_value() == "Agus 😀"
    page.fill("#id_name", "Agus")
    follow(page, "[data-desk-form] button")
    page.reload()  # sends the same form again
    assert page.locator("#desk-lately li").count() == 2


def test_the_console_stays_clean_while_people_are_looked_for(at_the_desk: Callable[..., Page]) -> None:
    registered(name="Siti Aminah")
    page, said = at_the_desk(), []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for typed, shown in (("Siti", "#h-found"), ("081300001234", "#desk-work .notice"), ("Siti", "#h-found")):
        page.fill("#id_q", typed)
        with page.expect_response("**/meja/cari"):
            page.press("#id_q", "Enter")
        page.wait_for_selector(shown)
        page.wait_for_timeout(300)  # htmx settles after it has swapped
    assert said == []
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(300)
    assert "inline style" in said[0], "what breaks the page's own rules is told in this console"
