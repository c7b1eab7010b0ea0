"""E-mail by a real SMTP server on this machine."""

from collections.abc import Iterator
from email import message_from_string
from email.policy import default

import pytest
from pytest_django import Settings

from okoce.foundation.notifications.mail import Mail
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.states import Channel
from okoce.foundation.notifications.tests.fakes import SmtpFake, smtp_server
from okoce.foundation.notifications.tests.people import (
    Crowd,
    answered,
    chosen,
    reached,
    sent_at,
    siti,
    welcomed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpFake]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER = "127.0.0.1", ""
    settings.DEFAULT_FROM_EMAIL = "OK OCE <kabar@okoce.contoh>"
    crowd = Crowd(m1=siti(1, email="siti@contoh.id"))
    with smtp_server() as fake, reached(crowd, {Channel.EMAIL.value: Mail("okoce.contoh")}):
        settings.EMAIL_PORT = fake.port
        yield fake


def one() -> Message:
    return Message.objects.get()


def test_who_chose_mail_gets_the_words_by_mail(smtp: SmtpFake) -> None:
    chosen(To(member_id=1), channel="email")
    welcomed(1)
    assert sent_at() == 1
    [(sender, recipient, text)] = smtp.taken
    assert (sender, recipient) == ("<kabar@okoce.contoh>", "<siti@contoh.id>")
    mail = message_from_string(text, policy=default)
    assert mail["Subject"] == "Selamat datang di OK OCE"
    assert mail["Message-ID"] == f"<{one().reference[:32]}@okoce.contoh>"
    assert "Halo Siti 1, selamat datang di OK OCE. Nomor anggota Anda OKOCE-1." in " ".join(
        mail.get_content().split()
    )
    assert (one().state, one().channel, one().cost) == ("sent", "email", 0)


def test_where_only_mail_is_set_up_mail_is_taken(smtp: SmtpFake) -> None:
    welcomed(1)
    sent_at()
    assert (one().channel, len(smtp.taken)) == ("email", 1)


def test_a_mailbox_that_is_not_there_is_for_hands(smtp: SmtpFake) -> None:
    smtp.refusals = ["550 no such user"]
    answered(1)
    sent_at()
    assert (one().state, one().problem, smtp.taken) == ("by_hand", "mail 550", [])


def test_a_full_mailbox_is_tried_again(smtp: SmtpFake) -> None:
    smtp.refusals = ["452 mailbox full"]
    welcomed(1)
    sent_at()
    assert (one().state, one().problem) == ("waiting", "mail 452")


def test_a_server_that_is_not_there_is_tried_again(smtp: SmtpFake, settings: Settings) -> None:
    settings.EMAIL_PORT = 9
    welcomed(1)
    sent_at()
    assert (one().state, one().problem) == ("waiting", "mail not reached: ConnectionRefusedError")
