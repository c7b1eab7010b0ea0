"""Codes on cards and certificates: `KA-7RQ29X-MP3FDB-KW4TZN`. Two letters say what it is, 17 are drawn by lot, one checks them.

The alphabet has 31 signs, none of which is mistaken for another (no 0 and O, no 1, I and L). 31 is prime, so that a sum
with different weights tells every single wrong sign and every two exchanged ones apart. 17 signs by lot are 84 bits. The first
cards had eleven, `KA-7RQ2-9XMP-3FDB`: they stay genuine.
"""

import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PREFIX_LENGTH = 2
LOT_LENGTH = 17
CODE_LENGTH = PREFIX_LENGTH + LOT_LENGTH + 1
FIRST_CODE_LENGTH = PREFIX_LENGTH + 11 + 1
GROUPED = {CODE_LENGTH: 6, FIRST_CODE_LENGTH: 4}  # signs between two dashes
LONGEST_TYPED = 60
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_SEPARATORS = re.compile(r"[\W_]+")


def new_code(prefix: str) -> str:
    """A fresh code, without dashes: as it is stored."""
    body = prefix + "".join(secrets.choice(ALPHABET) for _ in range(LOT_LENGTH))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The last sign of a code."""
    return ALPHABET[-_weighted(body) % len(ALPHABET)]


def compact(typed: str) -> str:
    """A code as people type it, in any case and with whatever between, as it is stored. It need not be a right one."""
    return _SEPARATORS.sub("", typed[:LONGEST_TYPED]).upper()


def is_whole(code: str) -> bool:
    """True when a compact code is one that could have been given out: else something was mistyped."""
    is_shaped = len(code) in GROUPED and all(sign in _VALUES for sign in code)
    return is_shaped and check_sign(code[:-1]) == code[-1]


def show_code(code: str) -> str:
    """As it stands on paper: the kind, then groups of six (of four on the first cards)."""
    rest, size = code[PREFIX_LENGTH:], GROUPED.get(len(code), 6)
    return "-".join([code[:PREFIX_LENGTH], *(rest[at : at + size] for at in range(0, len(rest), size))])


def _weighted(body: str) -> int:
    """Weights 2, 3, …: the check sign itself counts once."""
    return sum(weight * _VALUES[sign] for weight, sign in enumerate(body, start=2))
