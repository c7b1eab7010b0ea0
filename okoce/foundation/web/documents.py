"""Documents on paper: a layout (typst) and data, drawn on demand, never stored.

Data reach the layout as one JSON text and stay text there: no name can become a command of the layout.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse

LONGEST_WORD = 20
PIECE = 5
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_BREAK = "\u200b"


def pdf_of(layout: Path, data: Mapping[str, Any]) -> bytes:
    """The layout filled with the data, as PDF."""
    sent = {"data": json.dumps(data, ensure_ascii=False)}
    return bytes(typst.compile(str(layout), root=str(layout.parent), format="pdf", sys_inputs=sent))


def breakable(text: str) -> str:
    """The same text, in which a very long word may be broken at the end of a line."""
    return _LONG_WORD.sub(lambda found: _BREAK.join(_pieces(found.group())), text)


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A document to open or keep; no cache on the way keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _pieces(word: str) -> list[str]:
    return [word[at : at + PIECE] for at in range(0, len(word), PIECE)]
