"""WhatsApp proves that it is it, tells what became of messages, and nobody else is listened to."""

import hashlib
import hmac
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.foundation.notifications.models import DaySpend, Message
from okoce.foundation.notifications.tests.fakes import CloudApiFake, webhook_body
from okoce.foundation.notifications.tests.people import answered, sent_at

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
ADDRESS, SECRET, VERIFY = "/webhook/whatsapp", "app-secret", "verify-me"


@pytest.fixture(autouse=True)
def configured(settings: Settings) -> None:
    settings.OKOCE_WHATSAPP_SECRET, settings.OKOCE_WHATSAPP_VERIFY = SECRET, VERIFY


def signature(body: bytes, secret: str = SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def told(body: bytes, signed: str | None = None) -> int:
    client = Client(enforce_csrf_checks=True)
    headers = {"X-Hub-Signature-256": signature(body) if signed is None else signed}
    return client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code


def report(message: Message, status: str, seconds: int = 1_800_000_000, **more: Any) -> dict[str, Any]:
    return {
        "id": message.provider_id,
        "status": status,
        "timestamp": str(seconds),
        "recipient_id": "628120000001",
        **more,
    }


def sent(number: int = 1) -> Message:
    [message] = answered(number)
    sent_at()
    message.refresh_from_db()
    return message


def test_the_address_proves_itself_with_the_word_that_was_agreed(client: Client) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = client.get(ADDRESS, asked)
    assert (answer.status_code, answer.content) == (200, b"1158201444")
    assert client.get(ADDRESS, {**asked, "hub.verify_token": "guess"}).status_code == 403
    assert client.get(ADDRESS, {**asked, "hub.mode": "unsubscribe"}).status_code == 403


def test_without_a_secret_there_is_nothing_to_prove(client: Client, settings: Settings) -> None:
    settings.OKOCE_WHATSAPP_SECRET = ""
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    assert client.get(ADDRESS).status_code == 404
    assert client.get(ADDRESS, asked).status_code == 404


@pytest.mark.parametrize("secret", ["", "app-secret", "another"])
def test_without_a_secret_no_signature_is_right_and_nothing_is_recorded(
    whatsapp: CloudApiFake, settings: Settings, secret: str
) -> None:
    settings.OKOCE_WHATSAPP_SECRET = ""
    body = webhook_body(report(sent(), "read"))
    before = Message.objects.values().get()
    assert told(body, signature(body, secret)) == 401
    assert told(body, "") == 401
    assert Message.objects.values().get() == before


@pytest.mark.parametrize("signed", ["", "sha256=00", "sha1=abc", signature(b"other"), "sha256=ö"])
def test_a_wrong_signature_is_refused_and_nothing_is_recorded(whatsapp: CloudApiFake, signed: str) -> None:
    message = sent()
    before = Message.objects.values().get()
    assert told(webhook_body(report(message, "read")), signed) == 401
    assert Message.objects.values().get() == before


def test_the_signature_of_another_secret_counts_for_nothing(whatsapp: CloudApiFake) -> None:
    body = webhook_body(report(sent(), "delivered"))
    assert told(body, signature(body, "another")) == 401
    assert Message.objects.get().state == "sent"


def test_a_message_is_delivered_then_read_and_late_or_repeated_news_take_nothing_back(
    whatsapp: CloudApiFake,
) -> None:
    message = sent()
    for status in ("read", "delivered", "sent", "read"):
        assert told(webhook_body(report(message, status))) == 200
    message.refresh_from_db()
    assert message.state == "read"
    assert None not in (message.delivered_since, message.read_since)


def test_what_could_not_be_delivered_is_for_a_hand_and_costs_nothing(whatsapp: CloudApiFake) -> None:
    message = sent()
    failed = report(message, "failed", errors=[{"code": 131026, "title": "Message undeliverable"}])
    assert told(webhook_body(failed)) == 200
    assert told(webhook_body(failed)) == 200
    message.refresh_from_db()
    assert (message.state, message.problem, message.cost) == ("by_hand", "whatsapp code 131026", 0)
    assert DaySpend.objects.get().amount == 0


def test_a_failure_told_again_takes_nothing_back_from_the_volunteer_who_sent_it(
    whatsapp: CloudApiFake,
) -> None:
    message = sent()
    failed = webhook_body(report(message, "failed", errors=[{"code": 131026}]))
    told(failed)
    Message.objects.filter(pk=message.pk).update(state="sent", sent_by=7)
    assert told(failed) == 200
    assert Message.objects.get().state == "sent"


def test_a_try_that_was_not_the_last_fails_and_the_last_stands(whatsapp: CloudApiFake) -> None:
    """No answer came to the first, so it went again; later WhatsApp tells that the first could not be delivered."""
    message = sent()
    late = report(message, "failed", biz_opaque_callback_data=message.reference) | {"id": "wamid.first"}
    assert told(webhook_body(late)) == 200
    message.refresh_from_db()
    assert (message.state, message.cost) == ("sent", 400)


@pytest.mark.parametrize(
    "wrong", [{"id": ""}, {"id": "wamid.\0"}, {"timestamp": "999999999999"}, {"timestamp": "٣"}]
)
def test_what_is_not_as_documented_is_passed_over(whatsapp: CloudApiFake, wrong: dict[str, str]) -> None:
    message = sent()
    before = Message.objects.values().get()
    assert told(webhook_body(report(message, "read") | wrong)) == 200
    Message.objects.update(provider_id="")
    assert told(webhook_body(report(message, "read") | wrong)) == 200
    assert Message.objects.values().get() == before | {"provider_id": ""}


def test_news_of_one_of_which_nobody_knew_keep_it_from_going_out_again(whatsapp: CloudApiFake) -> None:
    """The worker died after handing it over: the report names it by our own reference."""
    whatsapp.is_silent = True
    [message] = answered(1)
    sent_at()
    message.refresh_from_db()
    assert message.state == "sending"
    news = report(message, "sent", biz_opaque_callback_data=message.reference) | {"id": "wamid.unheard"}
    assert told(webhook_body(news)) == 200
    message.refresh_from_db()
    assert (message.state, message.provider_id, message.held_until) == ("sent", "wamid.unheard", None)
    whatsapp.is_silent = False
    assert sent_at() == 0
    assert list(whatsapp.asked.values()) == [1]


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b'{"entry": 1}',
        b'{"entry": [{"changes": [{"field": "messages", "value": {"statuses": [1, {}, {"id": 1}]}}]}]}',
        webhook_body({"id": "wamid.stranger", "status": "read", "timestamp": "1800000000"}),
        webhook_body({"id": "x", "status": "read", "timestamp": "soon"}),
    ],
)
def test_what_is_not_about_one_of_ours_changes_nothing(body: bytes) -> None:
    assert told(body) == 200
    assert not Message.objects.exists()


def test_signed_nonsense_is_refused() -> None:
    assert told(b"\xff{") == 400
