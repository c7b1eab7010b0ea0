"""The keys that sign what may be verified without network: `1:<base64>` signs, `1:public:<base64>` only verifies.

The highest number signs. A rotation keeps of the key so far its public half alone, so that what was printed stays genuine and
nobody can sign with it any more.
"""

import base64
import hashlib
import hmac
import secrets

NAME = "OKOCE_SIGNING_KEYS"
SEED_BYTES = 32
MOST = 255  # a number is one byte of the claim
PUBLIC = "public:"
_DERIVED = b"okoce.verification.signing.1"


def new_keys() -> str:
    return f"1:{_encoded(secrets.token_bytes(SEED_BYTES))}"


def derived_keys(hash_key: str) -> str:
    """For an installation from before there were such keys, whose secrets stand in the environment: out of the key that
    never changes, so that all its processes sign alike."""
    return f"1:{_encoded(hmac.digest(base64.b64decode(hash_key), _DERIVED, hashlib.sha256))}"


def are_usable(keys: str) -> bool:
    """Each with a number of its own and of the right length; the newest one signs."""
    numbers: dict[int, bool] = {}
    for part in keys.split(","):
        number, _colon, key = part.partition(":")
        is_public = key.startswith(PUBLIC)
        if not (number.isascii() and number.isdigit() and 0 < int(number) <= MOST) or int(number) in numbers:
            return False
        try:
            is_key = len(base64.b64decode(key.removeprefix(PUBLIC), validate=True)) == SEED_BYTES
        except ValueError:
            return False
        if not is_key:
            return False
        numbers[int(number)] = not is_public
    return numbers[max(numbers)]


def rotated(keys: str) -> str:
    """The same with a new key that signs; of all others their public half."""
    parts = keys.split(",")
    newest = max(int(part.partition(":")[0]) for part in parts)
    return ",".join(
        [*(_retired(part) for part in parts), f"{newest + 1}:{_encoded(secrets.token_bytes(SEED_BYTES))}"]
    )


def newest(keys: str) -> int:
    return max(int(part.partition(":")[0]) for part in keys.split(","))


def _retired(part: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    number, _colon, key = part.partition(":")
    if key.startswith(PUBLIC):
        return part
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(key)).public_key().public_bytes_raw()
    return f"{number}:{PUBLIC}{_encoded(public)}"


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
