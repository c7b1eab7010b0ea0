"""One's own password and sessions."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings

from okoce.foundation.accounts.jobs import send_password_reset
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, account, granted
from okoce.foundation.accounts.views.sessions import device_text
from okoce.foundation.events.models import Event
from tests.pages import page, words

pytestmark = pytest.mark.django_db
NEW = "tiga-gajah-berenang"
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Mobile Safari/537.36"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def ani() -> User:
    user = account()
    granted(user)
    return user


def browser(user_agent: str = ANDROID) -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/masuk", {"contact": EMAIL, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/sesi").status_code == 200


def devices(client: Client) -> list[str]:
    return [words(row) for row in page(client.get("/akun/sesi")).select("main .list-name")]


def reset_jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'accounts.send_password_reset'"
        )
        return [text for (text,) in cursor.fetchall()]


def test_sessions_are_listed_with_the_present_one_first(ani: User) -> None:
    phone, desk = browser(), browser(FIREFOX)
    assert devices(desk) == ["Firefox, Windows", "Chrome, Android"]
    assert devices(phone) == ["Chrome, Android", "Firefox, Windows"]


def test_one_session_is_ended_from_afar(ani: User) -> None:
    phone, desk, third = browser(), browser(FIREFOX), browser(FIREFOX)
    number = page(desk.get("/akun/sesi")).select_one("main [name=session]")["value"]
    assert desk.post("/akun/sesi", {"session": number})["Location"] == "/akun/sesi"
    assert [is_in(client) for client in (phone, desk, third)] == [False, True, True]
    assert Event.objects.get(kind="accounts.sessions_ended").payload["count"] == 1


def test_all_other_sessions_are_ended_at_once(ani: User) -> None:
    phone, desk, third = browser(), browser(FIREFOX), browser()
    desk.post("/akun/sesi")
    assert [is_in(client) for client in (phone, desk, third)] == [False, True, False]


@pytest.mark.parametrize("number", ["x", "-1", "1 OR 1=1", "9" * 5000])
def test_a_number_that_is_none_ends_no_session(ani: User, number: str) -> None:
    phone, desk = browser(), browser(FIREFOX)
    desk.post("/akun/sesi", {"session": number})
    assert [is_in(client) for client in (phone, desk)] == [True, True]


def test_nobody_ends_a_strangers_session(ani: User) -> None:
    phone = browser()
    stranger = account(phone=None, email="budi@okoce.contoh")
    granted(stranger)
    other = Client()
    other.post("/masuk", {"contact": "budi@okoce.contoh", "password": PASSWORD})
    from allauth.usersessions.models import UserSession

    number = UserSession.objects.get(user=ani).pk
    other.post("/akun/sesi", {"session": str(number)})
    assert is_in(phone)


def test_a_new_password_ends_the_other_sessions(ani: User) -> None:
    phone, desk = browser(), browser()
    answer = desk.post("/akun/kata-sandi", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert answer["Location"] == "/akun/keamanan"
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert User.objects.get(pk=ani.pk).check_password(NEW)
    assert Event.objects.get(kind="accounts.password_changed").author == f"user:{ani.pk}"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"oldpassword": "salah"}, "oldpassword"),
        ({"password1": "pendek", "password2": "pendek"}, "password1"),
        ({"password2": "yang-lain-sekali"}, "password2"),
    ],
)
def test_a_password_that_does_not_do_is_told_beside_the_field(
    ani: User, values: dict[str, str], field: str
) -> None:
    desk = browser()
    answer = desk.post(
        "/akun/kata-sandi", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **values}
    )
    assert words(page(answer, 422).select_one(f"#id_{field}_error"))
    assert User.objects.get(pk=ani.pk).check_password(PASSWORD)


def test_a_forgotten_password_is_renewed_by_mail(client: Client, ani: User) -> None:
    assert (
        client.post("/akun/kata-sandi/lupa", {"email": EMAIL.upper()})["Location"]
        == "/akun/kata-sandi/lupa/terkirim"
    )
    send_password_reset(ani.pk, "https://okoce.contoh/")
    [message] = mail.outbox
    assert message.to == [EMAIL]
    [path] = re.findall(r"https://okoce\.contoh(/akun/kata-sandi/baru/\S+)", str(message.body))
    form = client.get(path, follow=True)
    where = form.redirect_chain[-1][0]
    assert path.rsplit("/", 1)[1] not in where
    assert client.post(where, {"password1": NEW, "password2": NEW})["Location"] == "/akun/kata-sandi/selesai"
    assert User.objects.get(pk=ani.pk).check_password(NEW)
    assert "Tautan ini tidak berlaku" in client.get(path).content.decode()


def test_no_answer_tells_whether_an_email_is_known_and_no_secret_waits_in_the_queue(
    client: Client, ani: User
) -> None:
    answers = [
        client.post("/akun/kata-sandi/lupa", {"email": email}) for email in (EMAIL, "tak.ada@okoce.contoh")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/akun/kata-sandi/lupa/terkirim")
    }
    [job] = reset_jobs()
    assert f'"user_id": {ani.pk}' in job
    assert EMAIL not in job
    assert mail.outbox == []


def test_asking_for_mail_again_and_again_is_refused(client: Client, ani: User) -> None:
    answers = [client.post("/akun/kata-sandi/lupa", {"email": EMAIL}).status_code for _time in range(6)]
    assert answers[:5] == [302] * 5
    assert answers[5] == 429
    assert (
        "Terlalu banyak percobaan" in client.post("/akun/kata-sandi/lupa", {"email": EMAIL}).content.decode()
    )


def test_a_member_is_told_that_no_password_is_needed(client: Client) -> None:
    user = account(email=None, password=None)
    User.objects.filter(pk=user.pk).update(member_id=7)
    client.force_login(user)
    assert "kata sandi tidak perlu" in client.get("/akun/kata-sandi/buat").content.decode()
    assert client.post("/akun/kata-sandi/buat", {"password1": NEW, "password2": NEW}).status_code == 403
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_mail_of_a_demo_stays_in_the_demo(client: Client, ani: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "okoce.config.mail.ConfiguredMail"
    settings.DEMO = "2018"
    send_password_reset(ani.pk, "http://testserver/")
    assert "/akun/kata-sandi/baru/" in client.get("/demo/kode").content.decode()


@pytest.mark.parametrize(
    ("agent", "text"),
    [(ANDROID, "Chrome, Android"), ("curl/8", "Perangkat tidak dikenal"), ("", "Perangkat tidak dikenal")],
)
def test_a_device_is_named_as_people_know_it(agent: str, text: str) -> None:
    assert device_text(agent) == text
