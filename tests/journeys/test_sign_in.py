"""Signing in by code on a phone, also without JavaScript; and a passkey at the officer's desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings

from okoce.demo import context
from okoce.demo.replay import note_synthetic
from okoce.foundation.access.roles import ROLES
from okoce.foundation.accounts.models import User
from okoce.pipeline.tests.factories import registered
from tests.barriers import sideways_at
from tests.journeys.conftest import DESK, PASSWORD, PHONE, assert_accessible, follow
from tests.outbox import Outbox

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NUMBER = "+6281234567890"
# Words of a sign-in that stand on two lines; after a hyphen a line may end.
BROKEN = """codes => codes.flatMap(code => {
  const text = code.firstChild, range = document.createRange();
  return [...text.data.matchAll(/[^-]+-?/g)].filter(word => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1;
  }).map(word => word[0]);
})"""


@pytest.mark.parametrize("has_script", [True, False])
def test_a_member_of_a_family_signs_in_by_code(
    site: str, new_context: Callable[..., BrowserContext], outbox: Outbox, has_script: bool
) -> None:
    registered(name="Asep Rahayu", phone=NUMBER)
    siti = registered(name="Siti Rahayu Widyastuti", phone=NUMBER)
    page = new_context(viewport=PHONE, java_script_enabled=has_script).new_page()
    page.goto(f"{site}/masuk?next=/corong")
    page.fill("[name=phone]", "0812 3456")
    follow(page, "text=Kirim kode")
    assert page.is_visible("#id_phone_error")
    page.reload()
    assert page.input_value("[name=phone]") == "0812 3456"
    page.fill("[name=phone]", "0812-3456-7890")
    follow(page, "text=Kirim kode")
    assert page.url == f"{site}/masuk/kode"
    page.fill("[name=code]", "12")
    follow(page, "main button:has-text('Masuk')")
    assert page.is_visible("#id_code_error")
    page.reload()
    for field in ("code", "phone"):  # each page that was passed, and never the browser's own error
        page.go_back()
        assert page.is_visible(f"[name={field}]")
    page.go_forward()
    page.fill("[name=code]", outbox.code(NUMBER))
    follow(page, "main button:has-text('Masuk')")
    if has_script:
        assert_accessible(page)
    follow(page, "text=Siti R. W.")
    assert page.url == f"{site}/corong"
    assert User.objects.get().member_id == siti.pk


def test_an_officer_puts_on_a_passkey_and_comes_back_with_it(
    site: str, new_context: Callable[..., BrowserContext], secretary: str, settings: Settings
) -> None:
    settings.OKOCE_SECOND_FACTOR = True
    context = new_context(viewport=DESK)
    page = context.new_page()
    _give_authenticator(context, page)
    page.goto(f"{site}/masuk")
    _fill_password(page, secretary)
    assert page.url == f"{site}/akun/keamanan"
    follow(page, "text=Pasang kunci sandi")
    assert_accessible(page)
    follow(page, "main button:has-text('Pasang kunci sandi')")
    assert page.url == f"{site}/akun/kode-cadangan"
    assert page.locator("main li code").count() == 10
    page.goto(f"{site}/anggota")
    assert page.url == f"{site}/anggota"
    context.clear_cookies()
    page.goto(f"{site}/masuk")
    _fill_password(page, secretary)
    assert page.url == f"{site}/masuk/langkah-kedua"
    assert_accessible(page)
    follow(page, "main button:has-text('Pakai kunci sandi')")
    assert page.url == f"{site}/corong"


def _fill_password(page: Page, email: str) -> None:
    page.fill("[name=contact]", email)
    page.fill("[name=password]", PASSWORD)
    follow(page, "text=Masuk dengan kata sandi")


def _give_authenticator(context: BrowserContext, page: Page) -> None:
    """A device of the browser's own that says yes, as a finger on a phone does."""
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("width", [320, 360])
def test_no_sign_in_of_the_demo_breaks_in_the_middle_of_a_word(
    site: str,
    new_context: Callable[..., BrowserContext],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    width: int,
) -> None:
    settings.DEMO = "2018"
    note_synthetic("2018")
    monkeypatch.setattr(context, "_remembered", context._Remembered())
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(f"{site}/masuk")
    codes = page.locator("#h-demo ~ dl code")
    assert codes.count() > len(ROLES)
    assert codes.evaluate_all(BROKEN) == []
    assert sideways_at(page, width) == []
