"""The columns of a members file: who reads their cells, where the values go, and what has been read before."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from okoce.community.members.nik import parse_nik
from okoce.foundation.shared.dates import parse_day, parse_since
from okoce.foundation.shared.money import parse_count, parse_rupiah
from okoce.foundation.shared.phones import parse_phone
from okoce.foundation.shared.unreadable import Unreadable
from okoce.stages.p1_registration.imports.cells import (
    is_nothing,
    parse_email,
    parse_licence_kind,
    parse_line,
    parse_nib,
    parse_npwp,
    parse_sex,
    parse_work_status,
)
from okoce.stages.p1_registration.imports.reading import Cell

FIRST_PROGRAMME_DAY = date(2000, 1, 1)
MOST_WORKERS = 100_000
_LONGEST_PLACE = 100
LONGEST = {
    "nama_usaha": 200,
    "bidang_usaha": 100,
    "komunitas": 200,
    "p4_nomor": 100,
    "alamat": 500,
    "sumber": 100,
}
STAGE_COLUMNS = {f"p{stage}_tanggal": stage for stage in range(2, 8)}
REGION_COLUMNS = ("provinsi", "kabupaten", "kecamatan", "kelurahan", "kode_wilayah")
_HARDLY_REPEATED = frozenset({"nama_usaha", "alamat", "email", "nib", "npwp", "p4_nomor"})
_MOST_REMEMBERED = 150_000

Parser = Callable[[Cell, date], Any]


def _lines(column: str) -> Parser:
    longest = LONGEST.get(column, _LONGEST_PLACE)
    return lambda cell, _today: parse_line(cell, longest)


def _plain(parse: Callable[[object], Any]) -> Parser:
    return lambda cell, _today: parse(cell)


def _workers(cell: Cell, _today: date) -> int | Unreadable:
    count = parse_count(cell)
    if isinstance(count, int) and count > MOST_WORKERS:
        return Unreadable(
            _("%(count)s pekerja melebihi batas %(most)s.") % {"count": count, "most": MOST_WORKERS},
            _("Periksa angkanya."),
        )
    return count


def _past_day(cell: Cell, today: date) -> date | Unreadable:
    day = parse_day(cell, today=today)
    return _not_yet(day) if isinstance(day, date) and day > today else day


def _past_since(cell: Cell, today: date) -> date | Unreadable:
    day = parse_since(cell, today=today)
    return _not_yet(day) if isinstance(day, date) and day > today else day


def _programme_day(cell: Cell, today: date) -> date | Unreadable:
    day = _past_day(cell, today)
    if isinstance(day, date) and day < FIRST_PROGRAMME_DAY:
        return Unreadable(
            _("Tanggal %(day)s terlalu lama; gerakan ini belum ada sebelum tahun 2000.")
            % {"day": written(day)},
            _("Periksa tahunnya."),
        )
    return day


def _not_yet(day: date) -> Unreadable:
    return Unreadable(_("Tanggal %(day)s belum terjadi.") % {"day": written(day)}, _("Periksa tahunnya."))


def written(day: date) -> str:
    return f"{day:%d-%m-%Y}"


# Column → where its value goes, who reads it, and what stands for nothing. The region, the name and the two identities are
# read apart.
_READERS: dict[str, tuple[str, Parser, str | None]] = {
    "jenis_kelamin": ("sex", _plain(parse_sex), ""),
    "tanggal_lahir": ("birth_on", _past_day, None),
    "tanggal_daftar": ("registered_on", _programme_day, None),
    "persetujuan_tanggal": ("consent_on", _programme_day, None),
    "status_kerja": ("work_status", _plain(parse_work_status), ""),
    "nama_usaha": ("business_name", _lines("nama_usaha"), ""),
    "bidang_usaha": ("sector", _lines("bidang_usaha"), ""),
    "mulai_usaha": ("business_since", _past_since, None),
    "jumlah_pekerja": ("workers", _workers, None),
    "omzet_bulanan": ("turnover", _plain(parse_rupiah), None),
    "komunitas": ("group", _lines("komunitas"), ""),
    "p4_jenis": ("licence_kind", _plain(parse_licence_kind), ""),
    "p4_nomor": ("licence_number", _lines("p4_nomor"), ""),
    "pekerja_saat_izin": ("workers_at_licence", _workers, None),
    "nib": ("nib", _plain(parse_nib), ""),
    "npwp": ("npwp", _plain(parse_npwp), ""),
    "email": ("email", _plain(parse_email), ""),
    "alamat": ("address", _lines("alamat"), ""),
    "sumber": ("source", _lines("sumber"), ""),
}
# Those whose cells are judged together.
_APART: dict[str, Parser] = {
    "telepon": _plain(parse_phone),
    "nik": parse_nik,
    **{column: _lines(column) for column in REGION_COLUMNS},
}


def read_apart(column: str, cell: Cell, today: date) -> Any:
    """The value of a cell of the region or of the two identities; None for nothing, or why it cannot be read."""
    return None if cell is None or _says_nothing(cell) else _APART[column](cell, today)


def _says_nothing(cell: Cell) -> bool:
    return isinstance(cell, str) and is_nothing(cell.strip())


class Readings(dict[Cell, Any]):
    """What the cells of one parser were read as; a cell that it has not met is read now.

    A file of a million rows has a few thousand different days. Only text is remembered, because 1 and True are one key,
    and only what could be read: what cannot be is said anew, in the language of whoever asks.
    """

    __slots__ = ("_make_room", "_nothing", "_parse", "_today")

    def __init__(
        self, parse: Parser, today: date, make_room: Callable[[], None] | None, nothing: str | None = None
    ) -> None:
        super().__init__()
        self._parse = parse
        self._today = today
        self._make_room = make_room
        self._nothing = nothing

    def __missing__(self, cell: Cell) -> Any:
        value = None if cell is None or _says_nothing(cell) else self._parse(cell, self._today)
        if value is None:
            value = self._nothing
        if self._make_room and cell.__class__ is str and value.__class__ is not Unreadable:
            self._make_room()
            self[cell] = value
        return value


# The field of the row, or the stage whose day it is; and what the cells say.
Reader = tuple[str, int, Readings]


class Readers(dict[str, Reader]):
    """A reader for every column that is not read apart. Columns with the same parser share what it has read."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._readings: dict[Parser, Readings] = {}
        for column, (place, parse, nothing) in _READERS.items():
            keeps = column not in _HARDLY_REPEATED
            readings = self._of(parse, today, nothing) if keeps else Readings(parse, today, None, nothing)
            self[column] = (place, 0, readings)
        for column, stage in STAGE_COLUMNS.items():
            self[column] = ("", stage, self._of(_programme_day, today, None))

    def _of(self, parse: Parser, today: date, nothing: str | None) -> Readings:
        return self._readings.setdefault(parse, Readings(parse, today, self._make_room, nothing))

    def _make_room(self) -> None:
        if sum(map(len, self._readings.values())) >= _MOST_REMEMBERED:
            for readings in self._readings.values():
                readings.clear()


@lru_cache(maxsize=4)
def readers_on(today: date) -> Readers:
    """The readers of a day: what lies in the future on one day does not on the next."""
    return Readers(today)
