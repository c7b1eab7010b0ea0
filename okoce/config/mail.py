"""E-mail goes out where a server for it is configured; a demo shows it on its page; elsewhere it is refused, not lost silently."""

from collections.abc import Sequence

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from okoce.demo.outbox import DemoOutbox

log = structlog.get_logger(__name__)


class ConfiguredMail(EmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if settings.DEMO != "none":
            for message in email_messages:
                DemoOutbox().send(" ".join(message.to), f"{message.subject}: {message.body}")
            return len(email_messages)
        if not settings.EMAIL_HOST:
            log.warning(
                "no mail server configured (OKOCE_MAIL_HOST): mail not sent", messages=len(email_messages)
            )
            return 0
        return super().send_messages(email_messages) or 0
