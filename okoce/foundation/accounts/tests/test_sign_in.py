"""Officers sign in with phone or e-mail; guessing is slow and tells nothing."""

import html
import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from okoce.foundation.accounts.models import SignInAttempt, User
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, account
from okoce.foundation.accounts.throttle import PER_ADDRESS, PER_CONTACT, WINDOW, forget_old_attempts
from tests.pages import refused
from tests.together import together

pytestmark = pytest.mark.django_db
DO_NOT_MATCH = "Nomor atau surel dan kata sandi belum cocok. Periksa keduanya."
TOO_OFTEN = "Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."


@pytest.fixture
def ani() -> User:
    return account()


def sign_in(client: Client, contact: str = EMAIL, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post("/masuk", {"contact": contact, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def fail(client: Client, times: int, contact: str = EMAIL) -> None:
    for _attempt in range(times):
        sign_in(client, contact, "salah-salah-salah")


def errors(response: HttpResponse) -> list[str]:
    """The sentences of the summary, as a person reads them."""
    page = html.unescape(str(refused(response)))
    return [sentence for sentence in (DO_NOT_MATCH, TOO_OFTEN) if sentence in page]


@pytest.mark.parametrize(
    "contact",
    ["0812-3456-7890", "+62 812 3456 7890", "6281234567890", " 0812 3456 7890 ", EMAIL, f" {EMAIL.upper()} "],
)
def test_phone_and_email_in_any_usual_spelling_open_the_door(client: Client, ani: User, contact: str) -> None:
    response = sign_in(client, contact)
    assert (response.status_code, response["Location"]) == (302, "/corong")
    assert client.session["_auth_user_id"] == str(ani.pk)


def test_the_session_gets_a_new_key(client: Client, ani: User) -> None:
    client.get("/masuk")
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("contact", "password"),
    [
        (EMAIL, "salah-salah-salah"),
        (EMAIL, PASSWORD + " "),
        (EMAIL, PASSWORD.upper()),
        ("tidak.ada@okoce.contoh", PASSWORD),
        ("0813-9999-0000", PASSWORD),
    ],
)
def test_every_failure_reads_the_same(client: Client, ani: User, contact: str, password: str) -> None:
    response = sign_in(client, contact, password)
    assert errors(response) == [DO_NOT_MATCH]
    assert not is_signed_in(client)


def test_a_failure_keeps_the_contact_and_never_the_password(client: Client, ani: User) -> None:
    page = str(refused(sign_in(client, "0812-3456-7890", "salah-salah-salah")))
    assert 'value="0812-3456-7890"' in page
    assert "salah-salah-salah" not in page


@pytest.mark.parametrize("contact", ["", "bukan nomor", "12", "0812\x003456", "x" * 300])
def test_what_is_no_contact_is_told_without_being_looked_up(client: Client, contact: str) -> None:
    assert refused(sign_in(client, contact)).select_one("#id_contact_error")
    assert not SignInAttempt.objects.exists()


def test_an_empty_post_asks_for_both_fields(client: Client) -> None:
    assert len(refused(client.post("/masuk")).select("#kesalahan a")) == 1


def test_an_unknown_contact_costs_as_much_as_a_wrong_password(
    client: Client, ani: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: as many password hashes and as many queries."""
    hashes: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashes.append("x") or encode(*args))
    account(phone=None, email="lama@okoce.contoh")
    User.objects.filter(email="lama@okoce.contoh").update(is_active=False)
    client.get("/masuk")  # what a page remembers for a while is not asked again
    costs = []
    for contact in (EMAIL, "tidak.ada@okoce.contoh", "lama@okoce.contoh"):
        hashes.clear()
        with CaptureQueriesContext(connection) as asked:
            sign_in(client, contact, "salah-salah-salah")
        costs.append((len(hashes), len(asked)))
    assert costs[0][0] == 1
    assert costs[0] == costs[1] == costs[2]


def test_after_five_failures_the_right_password_does_not_help_either(client: Client, ani: User) -> None:
    fail(client, PER_CONTACT)
    response = sign_in(client)
    assert errors(response) == [TOO_OFTEN]
    assert not is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_guesses_at_once_no_more_are_tried_than_one_after_the_other(
    ani: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: tried.append("x") or encode(*args))
    together(20, lambda place: sign_in(Client(REMOTE_ADDR=f"10.0.0.{place}"), EMAIL, f"salah-{place}"))
    assert len(tried) <= PER_CONTACT
    assert SignInAttempt.objects.count() == len(tried)


def test_the_right_password_leaves_no_failure_behind(client: Client, ani: User) -> None:
    sign_in(client)
    assert not SignInAttempt.objects.exists()


def test_four_failures_do_not_shut_the_door(client: Client, ani: User) -> None:
    fail(client, PER_CONTACT - 1)
    assert sign_in(client).status_code == 302


def test_the_failures_of_one_contact_count_in_all_its_spellings(client: Client, ani: User) -> None:
    for contact in ("0812-3456-7890", "+62 812 3456 7890", "081234567890", "6281234567890", "0812 3456 7890"):
        fail(client, 1, contact)
    assert errors(sign_in(client, "0812-3456-7890")) == [TOO_OFTEN]


def test_one_contact_shut_leaves_others_open(client: Client, ani: User) -> None:
    account(phone=None, email="budi@okoce.contoh")
    fail(client, PER_CONTACT)
    assert sign_in(client, "budi@okoce.contoh").status_code == 302


def test_a_contact_without_an_account_is_shut_out_just_the_same(client: Client) -> None:
    fail(client, PER_CONTACT, "tidak.ada@okoce.contoh")
    assert errors(sign_in(client, "tidak.ada@okoce.contoh")) == [TOO_OFTEN]


def test_one_address_that_tries_many_contacts_is_shut_out(client: Client, ani: User) -> None:
    guess_many(client)
    assert errors(sign_in(client)) == [TOO_OFTEN]
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert sign_in(elsewhere).status_code == 302


def test_one_home_network_that_tries_many_contacts_is_shut_out_whatever_its_address(ani: User) -> None:
    for number in range(PER_ADDRESS):
        fail(Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"), 1, f"orang{number}@okoce.contoh")
    assert errors(sign_in(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"))) == [TOO_OFTEN]
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 302


PROXY = "10.9.8.7"


def through_the_proxy(forwarded: str) -> Client:
    return Client(REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": forwarded})


def guess_many(client: Client) -> None:
    """One guess for each of many contacts, so that only the address can give it away."""
    for number in range(PER_ADDRESS):
        fail(client, 1, f"orang{number}@okoce.contoh")


@pytest.fixture
def proxy(settings: Settings) -> None:
    settings.OKOCE_PROXIES = (ip_network(PROXY),)


@pytest.mark.usefixtures("proxy")
def test_behind_our_proxy_one_guesser_does_not_shut_the_door_for_everybody(ani: User) -> None:
    guess_many(through_the_proxy("203.0.113.7"))
    assert errors(sign_in(through_the_proxy("203.0.113.7"))) == [TOO_OFTEN]
    assert sign_in(through_the_proxy("203.0.113.8")).status_code == 302


@pytest.mark.usefixtures("proxy")
def test_a_guesser_behind_our_proxy_cannot_change_its_address(ani: User) -> None:
    for number in range(PER_ADDRESS):
        fail(through_the_proxy(f"198.51.100.{number}, 203.0.113.7"), 1, f"orang{number}@okoce.contoh")
    browser = through_the_proxy("198.51.100.200, 203.0.113.7")
    assert errors(sign_in(browser)) == [TOO_OFTEN]
    assert not is_signed_in(browser)


def test_without_a_trusted_proxy_a_forwarded_address_changes_nothing(ani: User) -> None:
    for number in range(PER_ADDRESS):
        fail(through_the_proxy(f"198.51.100.{number}"), 1, f"orang{number}@okoce.contoh")
    assert errors(sign_in(through_the_proxy("198.51.100.200"))) == [TOO_OFTEN]


def test_waiting_helps(client: Client, ani: User) -> None:
    fail(client, PER_CONTACT)
    with time_machine.travel(timezone.now() + WINDOW + timedelta(seconds=1)):
        assert sign_in(client).status_code == 302


def test_attempts_are_kept_without_the_contact_and_only_as_long_as_they_count(
    client: Client, ani: User
) -> None:
    fail(client, 2)
    attempt = SignInAttempt.objects.order_by("id")[0]
    assert EMAIL.encode() not in bytes(attempt.contact_hash)
    assert forget_old_attempts() == 0
    with time_machine.travel(timezone.now() + WINDOW + timedelta(seconds=1)):
        assert forget_old_attempts() == 2


def test_somebody_who_has_left_cannot_come_in_and_is_out_at_once(client: Client, ani: User) -> None:
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/anggota").status_code == 302
    assert errors(sign_in(Client())) == [DO_NOT_MATCH]


@pytest.mark.parametrize(
    ("wanted", "destination"),
    [
        ("/anggota?q=siti", "/anggota?q=siti"),
        ("", "/corong"),
        ("https://jahat.contoh/", "/corong"),
        ("//jahat.contoh/", "/corong"),
        ("/\\jahat.contoh", "/corong"),
        ("http:///jahat.contoh", "/corong"),
        ("javascript:alert(1)", "/corong"),
        ("https://testserver.jahat.contoh/", "/corong"),
    ],
)
def test_after_sign_in_one_goes_on_within_the_house_only(
    client: Client, ani: User, wanted: str, destination: str
) -> None:
    assert sign_in(client, next=wanted)["Location"] == destination


def test_a_page_that_needs_sign_in_leads_there_and_back(client: Client, ani: User) -> None:
    response = client.get("/bukti?sesudah=3")
    assert (response.status_code, response["Location"]) == (302, "/masuk?next=/bukti%3Fsesudah%3D3")
    page = client.get(response["Location"]).content.decode()
    assert re.search(r'name="next" value="/bukti\?sesudah=3"', page)


def test_signing_out_is_a_post(client: Client, ani: User) -> None:
    sign_in(client)
    assert client.get("/keluar").status_code == 405
    assert is_signed_in(client)
    assert client.post("/keluar")["Location"] == "/masuk"
    assert not is_signed_in(client)


def test_signing_out_is_confirmed_once(client: Client, ani: User) -> None:
    sign_in(client)
    client.post("/keluar")
    said = "Anda sudah keluar dari perangkat ini."
    told = client.get("/masuk")
    assert said in told.content.decode()
    assert "no-store" in told["Cache-Control"]
    assert said not in client.get("/masuk").content.decode()


@pytest.mark.parametrize("path", ["/masuk", "/keluar"])
def test_a_post_without_the_forms_own_token_is_refused(ani: User, path: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert strict.post(path).status_code == 403


def test_the_sign_in_page_is_not_kept_by_caches(client: Client) -> None:
    assert "no-store" in client.get("/masuk")["Cache-Control"]
