"""What people write to the desk and it to them, made safe to store."""

from okoce.foundation.shared.errors import FieldError, Invalid
from okoce.foundation.shared.texts import clean_text
from okoce.foundation.shared.unreadable import Unreadable

LONGEST_TEXT, LONGEST_LETTER = 2_000, 200


def words_in(field: str, text: str, missing: str) -> str:
    """What somebody wrote, as it is stored; refuses nothing, too much, and what cannot be read."""
    read = clean_text(text, LONGEST_LETTER if field == "letter" else LONGEST_TEXT)
    if isinstance(read, Unreadable):
        raise Invalid([FieldError(field, f"{read.reason} {read.suggestion}".strip())])
    if not read:
        raise Invalid([FieldError(field, missing)])
    return read
