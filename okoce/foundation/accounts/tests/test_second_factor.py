"""Officers show a second factor before anything opens; what they do to their own account stands in its history."""

import base64
import re
import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from okoce.foundation.accounts.adapters import SecondFactorAdapter
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, account, granted
from okoce.foundation.events.models import Event
from tests.pages import page, words

pytestmark = pytest.mark.django_db
# Of Django and allauth.
THEIRS = (
    "This field is required",
    "Incorrect code",
    "valid JSON",
    "Null characters",
    "Bidang ini tidak",
    "Kode salah",
)


@pytest.fixture(autouse=True)
def required(settings: Settings) -> None:
    settings.OKOCE_SECOND_FACTOR = True


@pytest.fixture
def ani() -> User:
    user = account()
    granted(user)
    return user


def sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post("/masuk", {"contact": EMAIL, "password": password})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client: Client) -> str:
    """Sign in and install the app; answers its secret."""
    sign_in(client)
    secret = words(page(client.get("/akun/keamanan/aplikasi")).select_one("main code"))
    answer = client.post("/akun/keamanan/aplikasi", {"code": code_now(secret)})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/kode-cadangan")
    return secret


def kinds() -> list[str]:
    return list(
        Event.objects.filter(kind__startswith="accounts.s").order_by("id").values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    "path", ["/", "/anggota", "/corong", "/bukti", "/akun/kata-sandi", "/galeri", "/akun/sesi"]
)
def test_an_officer_without_one_is_kept_at_the_enrolment(client: Client, ani: User, path: str) -> None:
    sign_in(client)
    for answer in (client.get(path), client.post(path)):
        assert (answer.status_code, answer["Location"]) == (302, "/akun/keamanan")
    assert "Petugas wajib memakai pengaman kedua" in client.get("/akun/keamanan").content.decode()


def test_it_can_leave_and_choose_its_language_before(client: Client, ani: User) -> None:
    sign_in(client)
    assert client.get("/bahasa/en")["Location"] == "/"
    assert client.post("/keluar")["Location"] == "/masuk"
    assert client.get("/akun/sesi")["Location"] == "/masuk?next=/akun/sesi"


def test_the_app_opens_the_house_and_gives_codes_in_reserve(client: Client, ani: User) -> None:
    enrol(client)
    assert client.get("/akun/sesi").status_code == 200
    codes = [words(line) for line in page(client.get("/akun/kode-cadangan")).select("main li code")]
    assert len(codes) == 10
    assert all(re.fullmatch(r"[0-9]{8}", code) for code in codes)
    [event] = Event.objects.filter(kind="accounts.second_factor_added")
    assert (event.author, event.payload["factor"]) == (f"user:{ani.pk}", "totp")


def test_the_next_sign_in_asks_for_a_code_of_the_app(client: Client, ani: User) -> None:
    secret = enrol(client)
    browser = Client()
    assert sign_in(browser)["Location"] == "/masuk/langkah-kedua"
    assert browser.get("/anggota")["Location"].startswith("/masuk?next=")
    wrong = browser.post("/masuk/langkah-kedua", {"code": "000000"})
    assert "Kode belum cocok." in words(page(wrong, 422).select_one("#id_code_error"))
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        answer = browser.post("/masuk/langkah-kedua", {"code": code_now(secret)})
        assert answer["Location"] == "/corong"
        assert browser.get("/akun/sesi").status_code == 200


def test_a_code_of_the_app_counts_once(client: Client, ani: User) -> None:
    secret = enrol(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        first, second = Client(), Client()
        for browser in (first, second):
            sign_in(browser)
            answer = browser.post("/masuk/langkah-kedua", {"code": code_now(secret)})
        assert answer.status_code == 422
        assert first.get("/akun/sesi").status_code == 200


def test_a_code_in_reserve_opens_once(client: Client, ani: User) -> None:
    enrol(client)
    code = words(page(client.get("/akun/kode-cadangan")).select_one("main li code"))
    answers = []
    for _time in range(2):
        browser = Client()
        sign_in(browser)
        answers.append(browser.post("/masuk/langkah-kedua", {"code": code}).status_code)
    assert answers == [302, 422]


def test_guessing_the_second_step_is_slowed(client: Client, ani: User) -> None:
    enrol(client)
    browser = Client()
    sign_in(browser)
    for _guess in range(6):
        answer = browser.post("/masuk/langkah-kedua", {"code": "000000"})
    assert "Terlalu banyak percobaan" in words(page(answer, 422).select_one("#id_code_error"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"code": ""}, "Bagian ini kosong. Isi dahulu, lalu kirim lagi."),
        ({"code": "000000"}, "Kode belum cocok. Lihat lagi di aplikasi"),
        ({"code": "a\x00b"}, "Ada tanda yang tidak terbaca di isian ini."),
        ({"credential": ""}, "Bagian ini kosong. Isi dahulu, lalu kirim lagi."),
        ({"credential": "{"}, "Jawaban perangkat Anda tidak terbaca."),
        ({"credential": '{"id": 1}'}, "Kunci sandi ini belum cocok."),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_wrong_at_the_second_step_is_said_in_our_words(
    client: Client, ani: User, given: dict[str, str], says: str, language: str
) -> None:
    enrol(client)
    browser = Client(headers={"accept-language": language})
    sign_in(browser)
    said = words(page(browser.post("/masuk/langkah-kedua", given), 422).select_one("#kesalahan"))
    if language == "id":
        assert says in said
    assert not any(theirs in said for theirs in THEIRS)


def test_every_sentence_of_the_second_factor_is_ours() -> None:
    ours, theirs = SecondFactorAdapter.error_messages, DefaultMFAAdapter.error_messages
    assert [code for code in theirs if ours[code] == theirs[code]] == []


def test_a_session_from_before_the_enrolment_elsewhere_must_show_it_too(client: Client, ani: User) -> None:
    old = Client()
    sign_in(old)
    enrol(client)
    answer = old.get("/anggota?q=siti")
    assert answer["Location"] == "/akun/pastikan/kode?next=%2Fanggota%3Fq%3Dsiti"


def test_the_secret_of_the_app_is_kept_encrypted(client: Client, ani: User) -> None:
    secret = enrol(client)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert secret.encode() not in base64.b64decode(kept)


def test_changing_the_security_later_asks_to_confirm_first(client: Client, ani: User) -> None:
    enrol(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        answer = client.get("/akun/keamanan/aplikasi/lepas")
        assert answer["Location"].startswith("/akun/pastikan")
        where = answer["Location"]
        assert "belum cocok" in client.post(where, {"password": "salah"}).content.decode()
        assert client.post(where, {"password": PASSWORD})["Location"] == "/akun/keamanan/aplikasi/lepas"
        assert client.post("/akun/keamanan/aplikasi/lepas")["Location"] == "/akun/keamanan"
    assert not Authenticator.objects.exists()
    assert kinds()[-1] == "accounts.second_factor_removed"


def test_a_member_needs_none(client: Client) -> None:
    user = account(email=None)
    User.objects.filter(pk=user.pk).update(member_id=7)
    client.force_login(user)
    assert client.get("/akun/sesi").status_code == 200


def test_a_demo_asks_for_none(client: Client, ani: User, settings: Settings) -> None:
    settings.OKOCE_SECOND_FACTOR = False
    sign_in(client)
    assert client.get("/akun/sesi").status_code == 200


def test_a_page_for_everybody_looks_for_no_session(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/masuk")
    with django_assert_num_queries(0):
        client.get("/masuk/siapa/tidak-ada")
