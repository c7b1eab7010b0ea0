"""Keyset paging: `?limit=&cursor=` → `{"items": […], "next": CURSOR|null}`. A cursor is opaque to callers."""

import base64
import binascii
import json
from typing import Annotated, Any, Generic, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from okoce.foundation.shared.errors import FieldError, Invalid

Item = TypeVar("Item")
MOST = 100

Limit = Annotated[int, Field(ge=1, le=MOST)]
Cursor = Annotated[str, Field(max_length=500)]


class Page(Schema, Generic[Item]):
    """One page of a list; `next` is the cursor of the following page, or null on the last."""

    items: list[Item]
    next: str | None = None


def encode_cursor(position: list[Any]) -> str:
    """The place after which the next page starts."""
    return base64.urlsafe_b64encode(json.dumps(position, default=str).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The place that `encode_cursor` wrote; raises Invalid for anything else."""
    try:
        position = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, UnicodeDecodeError):
        position = None
    if not isinstance(position, list) or len(position) != length:
        raise Invalid([FieldError("cursor", _("Penunjuk halaman ini tidak dikenal. Mulai lagi tanpa cursor."))])
    return position
