"""A contact as somebody types it on the command line."""

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable


def read_phone(text: str) -> str:
    """E.164, or a refusal that says what to write."""
    phone = parse_phone(text)
    if isinstance(phone, Unreadable):
        raise Invalid([FieldError("phone", " ".join(filter(None, (phone.reason, phone.suggestion))))])
    return phone


def read_contact(text: str) -> str:
    """An e-mail address or a phone number, as accounts keep them."""
    return text.strip().lower() if "@" in text else read_phone(text)
