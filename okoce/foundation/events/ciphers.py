"""Personal changes are written under a key per person: destroying the key erases the history and keeps the trail."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from okoce.foundation.shared.keys import NONCE, decrypt, encrypt

PURPOSE = "events.subject_key"
# One encoder for all: json.dumps would make a new one each time.
as_text = json.JSONEncoder(ensure_ascii=False, default=str).encode


def new_key() -> tuple[bytes, bytes]:
    """A fresh key and its wrapped form."""
    key = os.urandom(32)
    return key, encrypt(PURPOSE, key)


def unwrap(wrapped: bytes | memoryview) -> bytes:
    return decrypt(PURPOSE, bytes(wrapped))


def seal(key: bytes, changes: dict[str, Any]) -> bytes:
    """Encrypt changes (`{field: [before, after]}`) under a person's key."""
    nonce = os.urandom(NONCE)
    plaintext = as_text(changes).encode()
    return nonce + AESGCM(key).encrypt(nonce, plaintext, None)


def unseal(key: bytes, sealed: bytes | memoryview) -> dict[str, Any]:
    raw = bytes(sealed)
    opened: dict[str, Any] = json.loads(AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], None))
    return opened
