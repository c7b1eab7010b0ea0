"""Tables as pages hand them in: columns, cells that may be links, an uploaded file's columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape  # Django's own does the same and asks of each value whether it is a promise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from okoce.foundation.web.numbers import count_text

NOTHING = "–"  # stands in a cell that has no value
LONGEST_CODE = 24  # longer than that is broken like any text


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    is_number: bool = False
    is_code: bool = False  # a telephone or member number: never broken in two
    is_evident: bool = (
        False  # in a tight table on a phone its values stand alone; the label is only read aloud
    )
    unit: str = ""  # what a number counts, said after it where the label is not seen


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than a text: a link, or a word with a state."""

    text: str
    href: str = ""
    tone: str | None = None  # draws a badge: "", verified, waiting, stuck, lit
    pick: str = ""  # the value of the row's box, on the first cell
    detail: str = ""  # below the text: a code, never broken in two, or more words than fit a line of a phone


CellValue = Cell | str | int | None


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of an uploaded file: its header as written, what it was taken for, a few of its values."""

    position: int
    header: str
    target: str  # our column's name; "" = ignored
    samples: Sequence[str] = ()
    remark: str = ""


def drawn_rows(columns: Sequence[Column], rows: Sequence[Sequence[CellValue]], pick: str = "") -> SafeString:
    """The body of a table: a list has hundreds of cells, and a template would take ten times as long over them."""
    heads = [(_attributes(column, False), _attributes(column, column.is_evident)) for column in columns]
    box = _box_of(pick) if pick else ""
    # a number alone at the head of a folded row says nothing
    first = f' data-label="{escape(columns[0].label)}"' if columns and columns[0].is_number else ""
    drawn = "".join(f"<tr>{''.join(_cells(heads, row, box, first))}</tr>\n" for row in rows)
    return mark_safe(drawn)  # noqa: S308 - every value in it was escaped


def _attributes(column: Column, is_evident: bool) -> str:
    looks = ["n"] if column.is_number else ["num"] if column.is_code else []
    looks += ["evident"] if is_evident else []
    look = f' class="{" ".join(looks)}"' if looks else ""
    unit = f' data-unit="{escape(column.unit)}"' if column.unit and is_evident else ""
    return f' data-label="{escape(column.label)}"{look}{unit}'


def _cells(heads: Sequence[tuple[str, str]], row: Sequence[CellValue], box: str, first: str) -> Iterator[str]:
    for place, ((plain, evident), value) in enumerate(zip(heads, row, strict=True)):
        if place:  # a dash alone says nothing without its label
            yield f"<td{plain if value in (None, NOTHING) else evident}>{_drawn(value)}</td>"
        else:
            yield f'<th scope="row"{first}>{_box(value, box)}{_drawn(value)}</th>'


def _box_of(pick: str) -> str:
    """The box of every row, with two places for what differs: its value and whom it is about."""
    words = escape(gettext("Pilih %(who)s"))
    box = f'<input type="checkbox" name="{escape(pick)}" value="%(value)s">'
    return f'<label class="pick">{box}<span class="sr">{words}</span></label>'


def _box(value: CellValue, box: str) -> str:
    if not box or not isinstance(value, Cell) or not value.pick:
        return ""
    return box % {"value": escape(value.pick), "who": escape(value.text)}


def _drawn(value: CellValue) -> str:
    if not isinstance(value, Cell):
        return escape(value) if isinstance(value, str) else count_text(value)
    text = escape(value.text)
    detail = _detail(value.detail) if value.detail else ""
    if value.tone is not None:
        tone = f" badge-{escape(value.tone)}" if value.tone else ""
        return f'<span class="badge{tone}">{text}</span>{detail}'
    return (f'<a href="{escape(value.href)}">{text}</a>' if value.href else text) + detail


def _detail(words: str) -> str:
    look = "cell-detail num" if len(words) <= LONGEST_CODE else "cell-detail"
    return f'<span class="{look}">{escape(words)}</span>'
