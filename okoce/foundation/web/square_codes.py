"""QR codes: one path for a page, an image for a document."""

import io
import re

import segno
from django.utils.translation import gettext as _

from okoce.foundation.web.cards import SquareCode

QUIET = 2  # modules around; the white of the frame adds to it
# A code packs capitals and digits one and a half times as tightly: a link that ends in enough of them becomes two segments.
_CAPITALS = re.compile(r"[0-9A-Z$%*+\-./:]{16,}\Z")


def square_code(text: str, label: str = "") -> SquareCode:
    """For a page. `label` says what it leads to; by default, to what tells whether a card is genuine."""
    code = qr_of(text)
    runs = [
        f"M{column + QUIET} {row + QUIET}.5h{length}"
        for row, modules in enumerate(code.matrix)
        for column, length in _runs(modules)
    ]
    return SquareCode(
        "".join(runs),
        len(code.matrix) + 2 * QUIET,
        label or _("Kode kotak untuk memeriksa keaslian kartu"),
    )


def qr_of(text: str) -> segno.QRCode:
    """As few modules as the text allows: the fewer, the larger each is, and the cheaper the telephone that reads it."""
    tail = _CAPITALS.search(text)
    parts = [text[: tail.start()], tail.group(0)] if tail and tail.start() else text
    return segno.make_qr(parts, error="m")  # type: ignore[arg-type]  # parts become segments; the stubs do not know


def _runs(modules: bytes | bytearray) -> list[tuple[int, int]]:
    """Beginning and length of each dark run of a row."""
    found: list[tuple[int, int]] = []
    for column, is_dark in enumerate(modules):
        if not is_dark:
            continue
        if found and sum(found[-1]) == column:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((column, 1))
    return found


def qr_svg(text: str) -> str:
    """For a document."""
    drawn = io.BytesIO()
    qr_of(text).save(drawn, kind="svg", border=0, xmldecl=False, dark="#000")
    return drawn.getvalue().decode()
