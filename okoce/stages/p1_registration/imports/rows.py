"""One row, judged by itself: every cell is read, everything wrong is said at once.

Territories and komunitas stay as they were written, because only the database knows them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from okoce.community.members.names import clean_name, name_key
from okoce.community.members.nik import OLDEST_AGE, Nik, parse_nik
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
    text_of,
)
from okoce.stages.p1_registration.imports.reading import Cell, RawRow
from okoce.stages.p1_registration.imports.refusals import RowError, RowWarning

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
_STAGE_COLUMNS = {f"p{stage}_tanggal": stage for stage in range(2, 8)}
_REGION_COLUMNS = ("provinsi", "kabupaten", "kecamatan", "kelurahan", "kode_wilayah")
_KECAMATAN_CODE_DIGITS = 6
_HARDLY_REPEATED = frozenset({"nama_usaha", "alamat", "email", "nib", "npwp", "p4_nomor"})
_MOST_REMEMBERED = 200_000


class RawRegion(NamedTuple):
    """The residence as written; the territory resolves it."""

    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    code: str = ""


@dataclass(slots=True)
class ParsedRow:
    """One person as the row states them, with typed values; None or '' where it says nothing."""

    line: int
    name: str
    name_key: str
    region: RawRegion
    phone: str | None = None
    nik: str | None = None
    nik_sex: str = ""
    nik_birth_on: date | None = None
    sex: str = ""
    birth_on: date | None = None
    work_status: str = ""
    registered_on: date | None = None
    consent_on: date | None = None
    business_name: str = ""
    sector: str = ""
    business_since: date | None = None
    workers: int | None = None
    turnover: int | None = None
    group: str = ""
    stage_days: dict[int, date] = field(default_factory=dict)
    licence_kind: str = ""
    licence_number: str = ""
    workers_at_licence: int | None = None
    nib: str | None = None
    npwp: str | None = None
    email: str = ""
    address: str = ""
    source: str = ""
    warnings: list[RowWarning] = field(default_factory=list)


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
            % {"day": _written(day)},
            _("Periksa tahunnya."),
        )
    return day


# Column → where its value goes → who reads it. The region, the name and the two identities are read apart.
_READERS: dict[str, tuple[str, Parser]] = {
    "jenis_kelamin": ("sex", _plain(parse_sex)),
    "tanggal_lahir": ("birth_on", _past_day),
    "tanggal_daftar": ("registered_on", _programme_day),
    "persetujuan_tanggal": ("consent_on", _programme_day),
    "status_kerja": ("work_status", _plain(parse_work_status)),
    "nama_usaha": ("business_name", _lines("nama_usaha")),
    "bidang_usaha": ("sector", _lines("bidang_usaha")),
    "mulai_usaha": ("business_since", _past_since),
    "jumlah_pekerja": ("workers", _workers),
    "omzet_bulanan": ("turnover", _plain(parse_rupiah)),
    "komunitas": ("group", _lines("komunitas")),
    "p4_jenis": ("licence_kind", _plain(parse_licence_kind)),
    "p4_nomor": ("licence_number", _lines("p4_nomor")),
    "pekerja_saat_izin": ("workers_at_licence", _workers),
    "nib": ("nib", _plain(parse_nib)),
    "npwp": ("npwp", _plain(parse_npwp)),
    "email": ("email", _plain(parse_email)),
    "alamat": ("address", _lines("alamat")),
    "sumber": ("source", _lines("sumber")),
}
_PARSERS: dict[str, Parser] = {
    "telepon": _plain(parse_phone),
    "nik": parse_nik,
    **{column: _lines(column) for column in _REGION_COLUMNS},
    **{column: parser for column, (_place, parser) in _READERS.items()},
    **dict.fromkeys(_STAGE_COLUMNS, _programme_day),
}


def parse_row(raw: RawRow, today: date) -> ParsedRow | list[RowError]:
    """The person in the row, or everything that is wrong with it. `today`: the latest day begun anywhere."""
    if raw.fault:
        return [raw.fault]
    errors: list[RowError] = []
    values = raw.values
    memory = _memory_of(today)
    name = _name(values.get("nama"), errors)
    row = ParsedRow(raw.line, name, name_key(name) if name else "", _region(values, memory, errors))
    _read_identity(row, values, today, errors)
    for column, cell in values.items():
        if column in _READERS:
            value = _remembered(column, cell, memory, today, errors)
            if value is not None:
                setattr(row, _READERS[column][0], value)
        elif column in _STAGE_COLUMNS:
            value = _remembered(column, cell, memory, today, errors)
            if value is not None:
                row.stage_days[_STAGE_COLUMNS[column]] = value
    if errors:
        return errors
    return _judge_together(row, today)


class _Memory(dict[tuple[str, Any], Any]):
    """What cells of one column were read as: a file of a million rows has a few thousand different days."""


@lru_cache(maxsize=4)
def _memory_of(_today: date) -> _Memory:
    return _Memory()


def _remembered(column: str, cell: Cell, memory: _Memory, today: date, errors: list[RowError]) -> Any:
    if column in _HARDLY_REPEATED or cell.__class__ is not str:
        return _read(column, cell, today, errors)
    try:
        return memory[column, cell]
    except KeyError:
        before = len(errors)
        value = _read(column, cell, today, errors)
        if len(errors) == before:
            _remember(memory, (column, cell), value)
        return value


def _remember(memory: _Memory, key: tuple[str, Any], value: Any) -> None:
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = value


def _read(column: str, cell: Cell, today: date, errors: list[RowError]) -> Any:
    if cell.__class__ is str and is_nothing(cell.strip()):
        return None
    value = _PARSERS[column](cell, today)
    if value.__class__ is Unreadable:
        errors.append(RowError.of(column, value))
        return None
    return value


def _name(cell: Cell, errors: list[RowError]) -> str:
    text = "" if cell is None else text_of(cell)
    if not text.strip("-–—. "):
        errors.append(
            RowError("nama", _("Nama kosong."), _("Tulis nama seperti di KTP; satu kata pun boleh."))
        )
        return ""
    name = clean_name(text)
    if isinstance(name, Unreadable):
        errors.append(RowError.of("nama", name))
        return ""
    return name


def _region(values: dict[str, Cell], memory: _Memory, errors: list[RowError]) -> RawRegion:
    cells = tuple(values.get(column) for column in _REGION_COLUMNS)
    known = memory.get(("", cells))
    if known is not None:
        return known
    before = len(errors)
    region = RawRegion(
        *(_region_part(column, cell, errors) for column, cell in zip(_REGION_COLUMNS, cells, strict=True))
    )
    if len(errors) == before and not region.district and _digits(region.code) < _KECAMATAN_CODE_DIGITS:
        errors.append(_no_kecamatan(region))
    if len(errors) == before:
        _remember(memory, ("", cells), region)
    return region


def _region_part(column: str, cell: Cell, errors: list[RowError]) -> str:
    return "" if cell is None else _read(column, cell, date.max, errors) or ""


def _digits(code: str) -> int:
    return sum(character.isdigit() for character in code)


def _read_identity(row: ParsedRow, values: dict[str, Cell], today: date, errors: list[RowError]) -> None:
    before = len(errors)
    if "telepon" in values:
        row.phone = _read("telepon", values["telepon"], today, errors)
    if "nik" in values:
        nik: Nik | None = _read("nik", values["nik"], today, errors)
        if nik:
            row.nik, row.nik_sex, row.nik_birth_on = nik.digits, nik.sex, nik.birth_on
    if row.phone is None and row.nik is None and len(errors) == before:
        errors.append(
            RowError(
                "telepon",
                _("Telepon dan NIK dua-duanya kosong."),
                _("Isi salah satu, supaya orangnya bisa dikenali."),
            )
        )


def _judge_together(row: ParsedRow, today: date) -> ParsedRow | list[RowError]:
    """What only shows when cells are seen side by side."""
    if row.birth_on:
        error = _implausible_birth(row.birth_on, row.registered_on, today)
        if error:
            return [error]
    if row.nik:
        _compare_with_nik(row)
    if 4 not in row.stage_days and (
        row.licence_kind or row.licence_number or row.workers_at_licence is not None
    ):
        row.warnings.append(
            RowWarning(
                "p4_tanggal",
                _("Data izin tanpa tanggal P4 tidak dihitung sebagai P4; isi p4_tanggal kalau sudah terbit."),
            )
        )
    return row


def _implausible_birth(birth_on: date, registered_on: date | None, today: date) -> RowError | None:
    if today.year - birth_on.year > OLDEST_AGE:
        reason = _("Lahir %(day)s berarti umurnya lebih dari %(age)s tahun.") % {
            "day": _written(birth_on),
            "age": OLDEST_AGE,
        }
        return RowError("tanggal_lahir", reason, _("Periksa tahun lahirnya."))
    if registered_on and birth_on >= registered_on:
        reason = _("Tanggal lahir %(birth)s tidak sebelum tanggal daftar %(registered)s.") % {
            "birth": _written(birth_on),
            "registered": _written(registered_on),
        }
        return RowError("tanggal_lahir", reason, _("Periksa kedua tanggal itu; mungkin tertukar."))
    return None


def _compare_with_nik(row: ParsedRow) -> None:
    """A NIK is never corrected, so a difference is worth a look and no more."""
    if row.sex and row.sex != row.nik_sex:
        row.warnings.append(
            RowWarning("jenis_kelamin", _("Jenis kelamin berbeda dengan yang tersirat di NIK."))
        )
    if row.birth_on and row.birth_on != row.nik_birth_on:
        row.warnings.append(
            RowWarning("tanggal_lahir", _("Tanggal lahir berbeda dengan yang tersirat di NIK."))
        )


def _no_kecamatan(region: RawRegion) -> RowError:
    if region.code:
        return RowError(
            "kode_wilayah",
            _("Kode wilayah %(code)s tidak sampai kecamatan.") % {"code": region.code},
            _("Tulis enam angka kode kecamatan, misalnya 31.71.04, atau isi kolom kecamatan."),
        )
    return RowError(
        "kecamatan",
        _("Kecamatan kosong."),
        _("Isi nama kecamatan tempat tinggal, beserta kabupaten atau kotanya."),
    )


def _not_yet(day: date) -> Unreadable:
    return Unreadable(_("Tanggal %(day)s belum terjadi.") % {"day": _written(day)}, _("Periksa tahunnya."))


def _written(day: date) -> str:
    return f"{day:%d-%m-%Y}"
