"""Codes and what a phone is told leave by WhatsApp's Cloud API alone, where no other gateway is set."""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.config import notices
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.gateway import Notice, Undeliverable, channel_name, deliver
from okoce.foundation.accounts.models import SignInCode
from okoce.foundation.accounts.states import NoticeKind
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.models import DaySpend, Message, Wording
from okoce.foundation.notifications.tests.fakes import PHONE_ID, TOKEN, CloudApiFake, cloud_api, webhook_body
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.tests.factories import registered
from tests.cast import SYSTEM
from tests.pages import page, refused, words

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
PHONE, HERE = "+6281234567890", "203.0.113.7"
SECRET = "app-secret"


@pytest.fixture
def whatsapp(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudApiFake]:
    """The Cloud API is all that is configured."""
    monkeypatch.setattr(notices, "WAIT_SECONDS", 0)
    settings.OKOCE_WHATSAPP_PHONE_ID, settings.OKOCE_WHATSAPP_TOKEN = PHONE_ID, TOKEN
    with cloud_api() as fake:
        settings.OKOCE_WHATSAPP_URL = fake.url
        yield fake


def taken(fake: CloudApiFake) -> list[dict[str, Any]]:
    return list(fake.counted.values())


def names(fake: CloudApiFake) -> list[str]:
    return [body["template"]["name"] for body in taken(fake)]


def parameters(body: dict[str, Any], component: str = "body") -> list[str]:
    [found] = [one for one in body["template"].get("components", []) if one["type"] == component]
    return [one["text"] for one in found["parameters"]]


def send(purpose: str = "sign_in") -> None:
    send_code(PHONE, purpose=purpose, address=HERE)


def nameless(code: str, language: str = "id") -> None:
    """A version of words that WhatsApp has not approved, however it came there."""
    with transaction.atomic(), opened_by(SYSTEM):
        first = Wording.objects.get(code=code, language=language, version=1)
        first.pk, first.version, first.whatsapp_name = None, 2, ""
        first.save()


def test_a_member_signs_in_from_the_first_page_to_the_last(client: Client, whatsapp: CloudApiFake) -> None:
    siti: Member = registered(name="Siti Rahayu", phone=PHONE)
    assert client.post("/masuk", {"phone": "0812-3456-7890", "cara": "kode"})["Location"] == "/masuk/kode"
    assert "lewat WhatsApp ke 0812-••••-7890" in words(page(client.get("/masuk/kode")).main)
    [body] = taken(whatsapp)
    [code] = parameters(body)
    assert client.post("/masuk/kode", {"code": code})["Location"] == "/masuk/siapa"
    client.post("/masuk/siapa", {"person": f"m{siti.pk}"})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("purpose", ["sign_in", "registration", "new_phone", "group", "partner"])
def test_every_code_goes_as_whatsapp_wants_codes(whatsapp: CloudApiFake, purpose: str) -> None:
    send(purpose)
    [body] = taken(whatsapp)
    assert (body["to"], body["template"]["name"]) == (PHONE.lstrip("+"), "okoce_sign_in_code_1")
    assert body["template"]["language"] == {"code": "id"}
    assert parameters(body) == parameters(body, "button")
    accept_code(PHONE, parameters(body)[0], purpose=purpose, address=HERE)


def test_it_goes_in_the_language_of_the_page(whatsapp: CloudApiFake) -> None:
    with translation.override("en"):
        send()
    assert taken(whatsapp)[0]["template"]["language"] == {"code": "en"}


def test_a_guardian_reads_what_the_code_agrees_to_before_it_comes(whatsapp: CloudApiFake) -> None:
    send("guardian")
    first, second = taken(whatsapp)
    assert names(whatsapp) == ["okoce_guardian_asked_1", "okoce_guardian_code_1"]
    [code] = parameters(second)
    assert code not in str(first)
    assert parameters(first)[0].endswith(" WIB")
    accept_code(PHONE, code, purpose="guardian", address=HERE)


def test_a_guardian_is_sent_no_code_that_nothing_explains(whatsapp: CloudApiFake) -> None:
    nameless("guardian_asked")
    with pytest.raises(Refused, match="gangguan pengirim pesan"):
        send("guardian")
    assert taken(whatsapp) == []


@pytest.mark.parametrize(
    ("kind", "variables", "told"),
    [
        (NoticeKind.SIGN_IN_LOCKED, {"until": "12.16 WIB"}, ["12.16 WIB"]),
        (NoticeKind.PHONE_CHANGED, {"phone": "0812-••••-7891"}, ["0812-••••-7891"]),
    ],
)
def test_what_a_phone_is_told_goes_as_a_utility_template(
    whatsapp: CloudApiFake, kind: NoticeKind, variables: dict[str, str], told: list[str]
) -> None:
    deliver(PHONE, Notice(kind, variables))
    [body] = taken(whatsapp)
    assert body["template"]["name"] == f"okoce_{kind}_1"
    assert parameters(body) == told


def test_words_without_anything_to_fill_go_too(whatsapp: CloudApiFake) -> None:
    deliver(PHONE, Notice(NoticeKind.PHONE_LEFT, {}))
    assert names(whatsapp) == ["okoce_phone_left_1"]


def test_a_connection_that_has_gone_stale_fails_nobody(whatsapp: CloudApiFake) -> None:
    whatsapp.is_forgetful = True
    for _time in range(3):
        deliver(
            PHONE, Notice(NoticeKind.SIGN_IN_CODE, {"what": "kode masuk", "until": "12.00 WIB"}, "123456")
        )
    assert len(taken(whatsapp)) == 3


@pytest.mark.parametrize("passing", [(503, 2), (429, 80007), (500, 131000)])
def test_one_that_was_not_well_is_asked_once_more_under_the_same_reference(
    whatsapp: CloudApiFake, passing: tuple[int, int]
) -> None:
    whatsapp.refusals = [passing]
    send()
    assert list(whatsapp.asked.values()) == [2]
    assert len(taken(whatsapp)) == 1


@pytest.mark.parametrize(
    ("refusals", "reason", "tries"),
    [([(503, 2)] * 2, "whatsapp 503 code 2", 2), ([(400, 132001)], "whatsapp 400 code 132001", 1)],
)
def test_one_that_refuses_is_believed_and_its_owner_need_not_wait(
    whatsapp: CloudApiFake,
    refusals: list[tuple[int, int]],
    reason: str,
    tries: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whatsapp.refusals = list(refusals)
    with pytest.raises(Refused, match="gangguan pengirim pesan"):
        send()
    assert sum(whatsapp.asked.values()) == tries
    assert reason in caplog.text
    assert not SignInCode.objects.exists()
    send()


def test_one_that_never_answers_is_given_up(whatsapp: CloudApiFake) -> None:
    whatsapp.is_silent = True
    with pytest.raises(Undeliverable, match="no answer"):
        deliver(PHONE, Notice(NoticeKind.PHONE_LEFT, {}))
    assert list(whatsapp.asked.values()) == [2]


def test_without_an_approved_template_the_page_says_that_no_code_came(
    client: Client, whatsapp: CloudApiFake, caplog: pytest.LogCaptureFixture
) -> None:
    nameless("sign_in_code")
    answer = client.post("/masuk", {"phone": "0812-3456-7890", "cara": "kode"})
    assert "Kode belum terkirim karena gangguan pengirim pesan" in words(refused(answer).main)
    assert "no approved template" in caplog.text
    assert taken(whatsapp) == []


def test_a_code_stands_in_no_log_no_event_no_message_and_no_job(
    whatsapp: CloudApiFake, caplog: pytest.LogCaptureFixture, rows_of_jobs: Callable[[], str]
) -> None:
    whatsapp.refusals = [(503, 2)]
    send()
    [code] = parameters(taken(whatsapp)[0])
    notice = Notice(NoticeKind.SIGN_IN_CODE, {}, code)
    whatsapp.refusals = [(400, 132001)]
    with pytest.raises(Refused):
        send("registration")
    assert "whatsapp 400 code 132001" in caplog.text
    told = caplog.text + rows_of_jobs() + repr(notice)
    assert code not in told + repr(list(Event.objects.values()))
    assert not Message.objects.exists()
    assert not DaySpend.objects.exists()


@pytest.fixture
def rows_of_jobs() -> Callable[[], str]:
    def rows() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT args::text FROM procrastinate_jobs")
            return repr(cursor.fetchall())

    return rows


def test_a_gateway_of_its_own_goes_before(whatsapp: CloudApiFake, settings: Settings) -> None:
    settings.OKOCE_CODE_URL, settings.OKOCE_CODE_CHANNEL = "http://127.0.0.1:9/", "SMS"
    assert channel_name() == "SMS"
    with pytest.raises(Refused):
        send()
    assert taken(whatsapp) == []


def test_reports_about_a_code_change_nothing(whatsapp: CloudApiFake, settings: Settings) -> None:
    settings.OKOCE_WHATSAPP_SECRET = SECRET
    send()
    [reference] = whatsapp.asked
    for status in ("sent", "delivered", "read", "failed"):
        body = webhook_body(
            {
                "id": f"wamid.{reference[:24]}",
                "status": status,
                "timestamp": "1800000000",
                "biz_opaque_callback_data": reference,
            }
        )
        signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        answer = Client().post(
            "/webhook/whatsapp",
            body,
            content_type="application/json",
            headers={"X-Hub-Signature-256": signed},
        )
        assert answer.status_code == 200
    assert not Message.objects.exists()
    assert SignInCode.objects.count() == 1
