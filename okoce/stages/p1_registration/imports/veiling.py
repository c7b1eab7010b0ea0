"""What somebody gets of refused rows who only reads: the same rows, with no NIK in full. Showing one in full is a deed of its own."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path

from okoce.community.members.nik import mask_nik
from okoce.stages.p1_registration.imports.formulas import guard
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.rejects import BYTE_ORDER_MARK, cell_text

# Sixteen digits in a row, also in groups: what somebody may have typed into any column.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_DIGIT = re.compile(r"\d")
_KEPT = 4  # digits of a NIK that is none: enough to see which region was meant


def veiled(text: str) -> str:
    """The text with every NIK in it masked."""
    return _SIXTEEN.sub(lambda found: mask_nik("".join(_DIGIT.findall(found[0]))), text)


def veiled_rejects(path: Path, mapped: Mapping[str, str]) -> Iterator[str]:
    """A file of refused rows, line by line, with the NIK masked wherever it stands; one that is wrong has only its beginning."""
    with open_table(path, mapped=mapped or None) as table:
        yield BYTE_ORDER_MARK + _line(table.headers, table.delimiter)
        place = table.columns.positions.get("nik")
        for raw in table.rows():
            cells = [cell_text(cell) for cell in raw.cells]
            yield _line(
                [_of_nik(text) if at == place else veiled(text) for at, text in enumerate(cells)],
                table.delimiter,
            )


def _of_nik(text: str) -> str:
    if _SIXTEEN.search(text):
        return veiled(text)
    return text[:_KEPT] + _DIGIT.sub("•", text[_KEPT:])


def _line(cells: Iterable[str], delimiter: str) -> str:
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow([guard(text) for text in cells])
    return out.getvalue()
