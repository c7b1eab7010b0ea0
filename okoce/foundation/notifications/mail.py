"""E-mail, through whatever Django is told to send with (SMTP, or a demo's page)."""

import smtplib
import socket
from dataclasses import dataclass

from django.core.mail import EmailMessage

from okoce.foundation.notifications.adapters import Ready, Rejected, Unavailable, Unsure

FOR_EVER = 500  # SMTP's answers from here on are final


@dataclass(frozen=True, slots=True)
class Mail:
    """`domain` names the sender in Message-ID, which is the same at every try: a mailbox shows it once."""

    domain: str
    is_remote: bool = True
    wakes_people: bool = True

    @property
    def takes_templates_only(self) -> bool:
        return False

    def send(self, ready: Ready) -> str:
        message_id = (
            f"<{ready.reference[:32]}@{self.domain}>"  # long ones are folded, and some mailboxes stumble
        )
        headers = {
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": ready.language,
        }
        message = EmailMessage(ready.subject, ready.body, to=[ready.address], headers=headers)
        try:
            is_sent = message.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _text in error.recipients.values()]
            raise _refusal(min(codes, default=FOR_EVER)) from error
        except smtplib.SMTPResponseException as error:
            # a refusal of sender or sign-in is ours to repair, not the address's fault
            is_final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= FOR_EVER
            raise _refusal(error.smtp_code if is_final else 0) from error
        except (ConnectionRefusedError, socket.gaierror, smtplib.SMTPNotSupportedError) as error:
            raise Unavailable(f"mail not reached: {type(error).__name__}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unsure(f"no answer of mail: {type(error).__name__}") from error
        except ValueError as error:  # an address that cannot stand in a header
            raise Rejected("mail address unusable") from error
        if not is_sent:
            raise Unavailable("mail not taken")
        return message_id


def _refusal(code: int) -> Exception:
    return Rejected(f"mail {code}") if code >= FOR_EVER else Unavailable(f"mail {code}")
