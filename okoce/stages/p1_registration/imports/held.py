"""What the values of a column can be: a proposal where its header says nothing, never an answer."""

from collections.abc import Callable, Sequence

from okoce.community.members.nik import WrittenNik, parse_nik
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.foundation.territory.codes import read_code
from okoce.foundation.territory.states import LENGTH_OF, Level
from okoce.stages.p1_registration.imports.reading import Cell
from okoce.stages.p1_registration.imports.rejects import cell_text

MOSTLY = 0.8  # of the values: among those of a real file some are wrong


def held_by(cells: Sequence[Cell], wanted: Sequence[str]) -> str:
    """Which of the wanted columns nearly all of these values can belong to; "" where none, or where there is no value."""
    for column, is_one in _LOOKS.items():
        if column in wanted and cells and sum(map(is_one, cells)) >= MOSTLY * len(cells):
            return column
    return ""


def _is_nik(cell: Cell) -> bool:
    return isinstance(parse_nik(cell, today_wib()), WrittenNik)


def _is_phone(cell: Cell) -> bool:
    return not isinstance(parse_phone(cell), Unreadable | None)


def _is_code(cell: Cell) -> bool:
    reading = read_code(cell_text(cell))
    return not reading.malformed and len(reading.code or "") >= LENGTH_OF[Level.DISTRICT]


# The stricter ones first.
_LOOKS: dict[str, Callable[[Cell], bool]] = {"nik": _is_nik, "telepon": _is_phone, "kode_wilayah": _is_code}
