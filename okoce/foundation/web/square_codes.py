"""QR codes: one path for a page, an image for a document."""

import io

import segno
from django.utils.translation import gettext as _

from okoce.foundation.web.cards import SquareCode

QUIET = 2  # modules around; the white of the frame adds to it


def square_code(text: str, label: str = "") -> SquareCode:
    """For a page. `label` says what it leads to; by default, to what tells whether a card is genuine."""
    code = segno.make_qr(text, error="m")
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
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=0, xmldecl=False, dark="#000")
    return drawn.getvalue().decode()
