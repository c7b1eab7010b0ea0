"""Member numbers: `OK-` + eight digits of the record + a check digit, so that a mistyped number finds nobody."""

import re

from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from okoce.foundation.shared.typed_numbers import BIGGEST_ID

DIGITS = 8
_TYPED = re.compile(r"OK[0-9]{8,19}")
# An import asks for hundreds of thousands of check digits. Every second digit from the right is doubled, and the digits of
# the result are added up; a pair adds up alike wherever it stands.
_SUMS_OF_PAIRS = tuple(pair // 10 + sum(divmod(2 * (pair % 10), 10)) for pair in range(100))


def member_number(record_id: int) -> str:
    """The number of a record, e.g. 123 -> `OK-00000123-0`."""
    digits = f"{record_id:08d}"
    return f"OK-{digits}-{check_digit(digits)}"


def record_id_of(typed: str) -> int | None:
    """The record behind a number as people type it: with or without dashes, `OK` and check digit. None for a wrong one.

    Exactly eight digits are read as the number without its check digit; more digits must end in the right one.
    """
    compact = re.sub(r"[\s.\-–_]", "", typed).upper()
    if compact.isascii() and compact.isdigit():
        compact = "OK" + compact
    if not _TYPED.fullmatch(compact):
        return None
    digits = compact[2:]
    if len(digits) > DIGITS:
        digits, check = digits[:-1], digits[-1]
        if str(check_digit(digits)) != check:
            return None
    record_id = int(digits)
    return record_id if 0 < record_id <= BIGGEST_ID else None


def check_digit(digits: str) -> int:
    """Luhn's digit (ISO/IEC 7812-1): catches each single wrong digit and nearly each swap of neighbours."""
    total, rest = 0, int(digits)
    while rest:
        rest, pair = divmod(rest, 100)
        total += _SUMS_OF_PAIRS[pair]
    return -total % 10


def holds_its_id(number: str) -> Exact:
    """That the digits of a number, but for the check digit, are those of the record's id: what makes it unique."""
    digits = Func(F(number), Value("-"), Value(2), function="split_part", output_field=TextField())
    return Exact(
        Func(digits, Value("0"), function="ltrim", output_field=TextField()), Cast(F("id"), TextField())
    )
