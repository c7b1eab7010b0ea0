"""Keyed hashes and encryption with the keys of the installation."""

import base64
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from okoce.foundation.shared.keys import decrypt, encrypt, keyed_hash


@pytest.mark.parametrize("length", [1, 32, 64, 65, 200])
def test_a_keyed_hash_is_hmac_sha256_whatever_the_length_of_the_key(length: int, settings: Settings) -> None:
    key = bytes(range(length))
    settings.OKOCE_HASH_KEY = base64.b64encode(key).decode()
    assert keyed_hash("members.nik", "3171046510900001") == hmac.digest(
        key, b"members.nik\x003171046510900001", "sha256"
    )


@given(st.text(), st.text())
def test_only_equal_texts_have_equal_hashes(one: str, other: str) -> None:
    assert (keyed_hash("a", one) == keyed_hash("a", other)) == (one == other)


def test_another_key_gives_another_hash(settings: Settings) -> None:
    before = keyed_hash("a", "b")
    settings.OKOCE_HASH_KEY = base64.b64encode(b"another").decode()
    assert keyed_hash("a", "b") != before


def test_the_newest_key_encrypts_and_the_older_ones_still_decrypt(settings: Settings) -> None:
    first, second = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
    settings.OKOCE_ENCRYPTION_KEYS = f"1:{first}"
    old = encrypt("a", b"rahasia")
    settings.OKOCE_ENCRYPTION_KEYS = f"1:{first},2:{second}"
    new = encrypt("a", b"rahasia")
    assert (old[0], new[0]) == (1, 2)
    assert decrypt("a", old) == decrypt("a", new) == b"rahasia"
