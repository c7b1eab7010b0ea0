"""Keys of the installation: encryption with rotatable keys, and keyed hashes for uniqueness.

A ciphertext is: one byte key number, 12 bytes nonce, AES-256-GCM text with tag. The purpose is authenticated, so that a
value cannot be moved into another column.
"""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


@cache
def _ciphers(configured: str) -> dict[int, AESGCM]:
    numbered = (part.split(":", 1) for part in configured.split(",") if part)
    return {int(number): AESGCM(base64.b64decode(key)) for number, key in numbered}


@cache
def _newest(configured: str) -> tuple[bytes, AESGCM]:
    ciphers = _ciphers(configured)
    number = max(ciphers)
    return bytes([number]), ciphers[number]


class _KeyedHash:
    """HMAC-SHA256 with the key and the purpose already taken in: a third of the time of `hmac.digest`, which does that every
    time."""

    def __init__(self, key: bytes, purpose: str) -> None:
        block = hashlib.sha256().block_size
        padded = (key if len(key) <= block else hashlib.sha256(key).digest()).ljust(block, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + f"{purpose}\0".encode())
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))

    def of(self, text: str) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.digest()


@cache
def _hashing(configured: str, purpose: str) -> _KeyedHash:
    return _KeyedHash(base64.b64decode(configured), purpose)


def encrypt(purpose: str, plaintext: bytes) -> bytes:
    """Encrypt with the newest key."""
    return encryptor(purpose)(plaintext)


def encryptor(purpose: str, many: int = 1) -> Callable[[bytes], bytes]:
    """`encrypt` for many: the key is looked up once, and random bytes are drawn for so many at once."""
    number, cipher = _newest(settings.OKOCE_ENCRYPTION_KEYS)
    bound, nonces = purpose.encode(), random_pieces(NONCE, many)

    def encrypt_one(plaintext: bytes) -> bytes:
        nonce = next(nonces)
        return number + nonce + cipher.encrypt(nonce, plaintext, bound)

    return encrypt_one


def random_pieces(size: int, many: int) -> Iterator[bytes]:
    """Fresh random bytes, as often as asked; drawn for so many at once, since each draw is a call of the kernel."""
    while True:
        drawn = os.urandom(size * max(many, 1))
        for start in range(0, len(drawn), size):
            yield drawn[start : start + size]


def decrypt(purpose: str, ciphertext: bytes | memoryview) -> bytes:
    """Decrypt with whichever key the first byte names; raises cryptography's InvalidTag on a changed byte."""
    raw = bytes(ciphertext)
    cipher = _ciphers(settings.OKOCE_ENCRYPTION_KEYS)[raw[0]]
    return cipher.decrypt(raw[1 : 1 + NONCE], raw[1 + NONCE :], purpose.encode())


def keyed_hash(purpose: str, text: str) -> bytes:
    """32 bytes that are equal for equal texts and say nothing without the key."""
    return hasher(purpose)(text)


def hasher(purpose: str) -> Callable[[str], bytes]:
    """`keyed_hash` for many: the key is looked up once."""
    return _hashing(settings.OKOCE_HASH_KEY, purpose).of
