"""Keyset paging: `?limit=&cursor=` → `{"items": […], "next": CURSOR|null}`. A cursor is opaque to callers."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, Field

from okoce.foundation.api.fields import Paragraph

Item = TypeVar("Item")
MOST = 100

Limit = Annotated[int, Field(ge=1, le=MOST, description="How many per page.")]
Cursor = Annotated[Paragraph, Field(description="`next` of the page before.")]


class Page(BaseModel, Generic[Item]):
    """One page of a list; `next` is the cursor of the following page, or null on the last."""

    items: list[Item]
    next: str | None
