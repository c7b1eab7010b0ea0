"""What people told, sealed with the installation's key: the database alone says nothing."""

from okoce.foundation.shared.keys import decrypt, encrypt, keyed_hash

WORDS, PHONE, ABOUT = "tickets.words", "tickets.phone", "tickets.about"


def seal(purpose: str, text: str) -> bytes | None:
    """None for no words."""
    return encrypt(purpose, text.encode()) if text else None


def unseal(purpose: str, sealed: bytes | memoryview | None) -> str:
    """ "" where nothing was told, or it was forgotten."""
    return decrypt(purpose, sealed).decode() if sealed else ""


def phone_key(phone: str) -> bytes:
    return keyed_hash(PHONE, phone)
