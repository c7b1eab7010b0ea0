"""Keys of the installation: encryption with rotatable keys, and keyed hashes for uniqueness.

A ciphertext is: one byte key number, 12 bytes nonce, AES-256-GCM text with tag. The purpose is authenticated, so that a
value cannot be moved into another column.
"""

import base64
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


@cache
def _ciphers(configured: str) -> dict[int, AESGCM]:
    numbered = (part.split(":", 1) for part in configured.split(",") if part)
    return {int(number): AESGCM(base64.b64decode(key)) for number, key in numbered}


@cache
def _hash_key(configured: str) -> bytes:
    return base64.b64decode(configured)


def encrypt(purpose: str, plaintext: bytes) -> bytes:
    """Encrypt with the newest key."""
    ciphers = _ciphers(settings.OKOCE_ENCRYPTION_KEYS)
    number = max(ciphers)
    nonce = os.urandom(NONCE)
    return bytes([number]) + nonce + ciphers[number].encrypt(nonce, plaintext, purpose.encode())


def decrypt(purpose: str, ciphertext: bytes) -> bytes:
    """Decrypt with whichever key the first byte names; raises cryptography's InvalidTag on a changed byte."""
    raw = bytes(ciphertext)
    cipher = _ciphers(settings.OKOCE_ENCRYPTION_KEYS)[raw[0]]
    return cipher.decrypt(raw[1 : 1 + NONCE], raw[1 + NONCE :], purpose.encode())


def keyed_hash(purpose: str, text: str) -> bytes:
    """32 bytes that are equal for equal texts and say nothing without the key."""
    return hmac.digest(_hash_key(settings.OKOCE_HASH_KEY), f"{purpose}\0{text}".encode(), "sha256")
