"""The code under which a sender reads her ticket: 84 bits that follow from the key of the form and what was told, so that the
same form sent twenty times leads to one ticket, also where the answer to the first got lost."""

import secrets

from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.verification.codes import ALPHABET, LOT_LENGTH, check_sign, compact, is_whole

PREFIX = "TK"
KEY_BYTES = 16
LONGEST_KEY = 64


def new_form_key() -> str:
    """What one form that is shown carries along: 128 bits by lot."""
    return secrets.token_urlsafe(KEY_BYTES)


def code_from(key: str, *told: str) -> str:
    """The code of what was told under a key, without dashes. Nobody finds it without the installation's key."""
    lot = int.from_bytes(keyed_hash("tickets.lot", "\0".join([key, *told])))
    signs = []
    for _place in range(LOT_LENGTH):
        lot, sign = divmod(lot, len(ALPHABET))
        signs.append(ALPHABET[sign])
    body = PREFIX + "".join(signs)
    return body + check_sign(body)


def code_hash(code: str) -> bytes:
    """As it is kept."""
    return keyed_hash("tickets.code", code)


def code_typed(typed: str) -> str:
    """A code as people type it, compact; "" for what cannot be one."""
    code = compact(typed)
    return code if is_whole(code) and code.startswith(PREFIX) else ""
