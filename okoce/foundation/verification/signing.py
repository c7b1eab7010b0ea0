"""What the QR of a genuine thing says to a checker without network: a short claim, signed with Ed25519 (ADR 0025).

The claim, before it is written in Base32: version, number of the key, day of signing, since and until (days since 2000 in two
bytes each, 0 for none), then holder and place, each behind its length in bytes; then the signature over a domain word, the
compact code and all of that. The code itself stands in the link before it and is signed, so a claim fits no other code.
"""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from okoce.foundation.verification.registry import Finding

VERSION = 1
DOMAIN = b"okoce.verification.claim"
ZERO_DAY = date(2000, 1, 1)
LAST_DAY = ZERO_DAY + timedelta(days=0xFFFF)
# Bytes: a name or a place beyond is shortened; the page, asked online, shows it whole.
LONGEST_HOLDER, LONGEST_PLACE = 48, 40
SIGNATURE_BYTES = 64
CUT = "…"
_HEAD = struct.Struct(">BBHHH")
_PUBLIC = "public:"


class Forged(Exception):
    """The claim is none of ours, or something in it was changed."""


class UnknownKey(Forged):
    """It names a key that we do not know: one that was taken out, so that nobody can tell any more who signed."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a signed claim says of the code before it."""

    key: int
    signed_on: date
    since: date
    until: date | None
    holder: str
    place: str


def signed_claim(code: str, found: Finding, day: date) -> str:
    """What goes behind a code in its QR: letters and digits that a QR packs most tightly."""
    number, key = _signing_key(settings.OKOCE_SIGNING_KEYS)
    days = (_day_number(day), _day_number(found.since), _day_number(found.until) if found.until else 0)
    holder, place = _cut(found.holder, LONGEST_HOLDER), _cut(_near(found.place), LONGEST_PLACE)
    body = _HEAD.pack(VERSION, number, *days)
    body += bytes([len(holder)]) + holder + bytes([len(place)]) + place
    return base64.b32encode(body + key.sign(_message(code, body))).decode().rstrip("=")


def read_claim(code: str, text: str) -> Claim:
    """What a claim says, if it was signed for this code by one of our keys; else raises Forged, or UnknownKey."""
    try:
        raw = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
        body, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
        _key_of(body).verify(signature, _message(code, body))
        return _parsed(body)
    except (ValueError, IndexError, InvalidSignature, struct.error) as error:
        raise Forged from error


def _key_of(body: bytes) -> Ed25519PublicKey:
    """The key that a claim names. A number that was never given out is a forger's."""
    version, number, *_days = _HEAD.unpack_from(body)
    known = _public_keys(settings.OKOCE_SIGNING_KEYS)
    if version != VERSION or not 0 < number <= max(known):
        raise Forged
    if number not in known:
        raise UnknownKey
    return known[number]


def public_keys() -> Mapping[int, str]:
    """By number, each in Base64: to be published."""
    known = _public_keys(settings.OKOCE_SIGNING_KEYS)
    return {
        number: base64.b64encode(key.public_bytes_raw()).decode() for number, key in sorted(known.items())
    }


def signing_number() -> int:
    """The number of the key that signs now."""
    return _signing_key(settings.OKOCE_SIGNING_KEYS)[0]


def _message(code: str, body: bytes) -> bytes:
    return DOMAIN + code.encode() + b"\0" + body


def _parsed(body: bytes) -> Claim:
    version, number, signed_on, since, until = _HEAD.unpack_from(body)
    if version != VERSION:
        raise ValueError(version)
    at = _HEAD.size
    holder = body[at + 1 : at + 1 + body[at]]
    at += 1 + len(holder)
    place = body[at + 1 : at + 1 + body[at]]
    return Claim(
        key=number,
        signed_on=_day_of(signed_on),
        since=_day_of(since),
        until=_day_of(until) if until else None,
        holder=holder.decode(),
        place=place.decode(),
    )


def _near(place: str) -> str:
    """Kecamatan and kabupaten say where; the province would make the QR coarser."""
    return ", ".join(place.split(", ")[:2])


def _cut(text: str, longest: int) -> bytes:
    raw = text.encode()
    if len(raw) <= longest:
        return raw
    return raw[: longest - len(CUT.encode())].decode(errors="ignore").rstrip().encode() + CUT.encode()


def _day_number(day: date) -> int:
    """Days since 2000; what lies outside is moved to its end."""
    return (min(max(day, ZERO_DAY + timedelta(days=1)), LAST_DAY) - ZERO_DAY).days


def _day_of(number: int) -> date:
    return ZERO_DAY + timedelta(days=number)


def _parts(configured: str) -> list[tuple[int, str]]:
    numbered = (part.partition(":") for part in configured.split(",") if part)
    return [(int(number), key) for number, _colon, key in numbered]


@cache
def _signing_key(configured: str) -> tuple[int, Ed25519PrivateKey]:
    number, key = max(_parts(configured))
    return number, Ed25519PrivateKey.from_private_bytes(base64.b64decode(key))


@cache
def _public_keys(configured: str) -> dict[int, Ed25519PublicKey]:
    return {number: _public(key) for number, key in _parts(configured)}


def _public(key: str) -> Ed25519PublicKey:
    raw = base64.b64decode(key.removeprefix(_PUBLIC))
    if key.startswith(_PUBLIC):
        return Ed25519PublicKey.from_public_bytes(raw)
    return Ed25519PrivateKey.from_private_bytes(raw).public_key()
