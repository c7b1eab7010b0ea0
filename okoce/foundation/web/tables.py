"""Tables as pages hand them in: columns, cells that may be links, an uploaded file's columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from okoce.foundation.web.numbers import count_text


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than a text: a link, or a word with a state."""

    text: str
    href: str = ""
    tone: str | None = None  # draws a badge: "", verified, waiting, stuck, lit
    pick: str = ""  # the value of the row's box, on the first cell


CellValue = Cell | str | int | None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of an uploaded file: its header as written, what it was taken for, a few of its values."""

    position: int
    header: str
    target: str  # our column's name; "" = ignored
    samples: Sequence[str] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DrawnCell:
    label: str
    is_number: bool
    text: str
    href: str = ""
    tone: str | None = None
    pick: str = ""

    @property
    def is_badge(self) -> bool:
        return self.tone is not None


def drawn_rows(columns: Sequence[Column], rows: Sequence[Sequence[CellValue]]) -> list[list[DrawnCell]]:
    """Each row's cells beside their column, ready for a template that decides nothing."""
    return [[_drawn(column, value) for column, value in zip(columns, row, strict=True)] for row in rows]


def _drawn(column: Column, value: CellValue) -> DrawnCell:
    if isinstance(value, Cell):
        return DrawnCell(column.label, column.is_number, value.text, value.href, value.tone, value.pick)
    return DrawnCell(column.label, column.is_number, value if isinstance(value, str) else count_text(value))
