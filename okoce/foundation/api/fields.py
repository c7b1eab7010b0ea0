"""Kinds of fields that several operations take: days, whole numbers, plain text, stages. Strict, so that the schema is true."""

import re
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from okoce.foundation.shared.typed_numbers import BIGGEST_ID

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def wrong(code: str, sentence: str) -> PydanticCustomError:
    """A finding in our own words. The sentence is no template: braces in what somebody sent stay as they are."""
    return PydanticCustomError(code, "{sentence}", {"sentence": sentence})


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise wrong("date", _("Tanggal ditulis seperti 2026-11-21."))
    if not isinstance(value, str | date):
        raise wrong("date", _("Tanggal ditulis seperti 2026-11-21."))
    return value


def _no_text(value: Any) -> Any:
    if isinstance(value, str | bool):
        raise wrong("int_type", _("Harus bilangan bulat."))
    return value


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise wrong(
            "text", _("Ada tanda yang tidak terbaca (kode kendali atau huruf rusak). Ketik ulang teksnya.")
        )
    return text


# A calendar day; datetimes, timestamps and other spellings are refused rather than guessed.
Day = Annotated[date, BeforeValidator(_iso_day)]
# A whole number in JSON; "3" and true are none.
Whole = Annotated[int, BeforeValidator(_no_text)]
Identifier = Annotated[int, BeforeValidator(_no_text), Field(ge=1, le=BIGGEST_ID)]

# Text without control codes: a code or number, a line, a paragraph.
Code = Annotated[str, Field(max_length=60), AfterValidator(_storable)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_storable)]
Paragraph = Annotated[str, Field(max_length=500), AfterValidator(_storable)]
