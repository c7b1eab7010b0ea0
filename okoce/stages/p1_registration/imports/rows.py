"""One row, judged by itself: every cell is read, everything wrong is said at once.

Territories and komunitas stay as they were written, because only the database knows them.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from okoce.community.members.names import clean_name, name_key
from okoce.community.members.nik import OLDEST_AGE, Nik
from okoce.foundation.shared.unreadable import Unreadable
from okoce.stages.p1_registration.imports.cells import text_of
from okoce.stages.p1_registration.imports.columns import (
    REGION_COLUMNS,
    Readers,
    read_apart,
    readers_on,
    written,
)
from okoce.stages.p1_registration.imports.reading import Cell, RawRow
from okoce.stages.p1_registration.imports.refusals import RowError, RowWarning

_KECAMATAN_CODE_DIGITS = 6
_MOST_REGIONS = 50_000


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


def parse_row(raw: RawRow, today: date) -> ParsedRow | list[RowError]:
    """The person in the row, or everything that is wrong with it. `today`: the latest day begun anywhere."""
    if raw.fault:
        return [raw.fault]
    errors: list[RowError] = []
    values, readers = raw.values, readers_on(today)
    name = _name(values.get("nama"), errors)
    region = _region(values, errors)
    row = ParsedRow(raw.line, name, name_key(name) if name else "", region)
    _read_identity(row, values, today, errors)
    _read_cells(row, values, readers, errors)
    if errors:
        return errors
    return _judge_together(row, today)


def _read_cells(row: ParsedRow, values: dict[str, Cell], readers: Readers, errors: list[RowError]) -> None:
    """Every cell but those read apart. Runs for every cell of a million rows, so it looks up each once."""
    for column, cell in values.items():
        reader = readers.get(column)
        if reader is None:
            continue
        place, stage, known = reader
        value = known[cell]
        if value is None:
            continue
        if value.__class__ is Unreadable:
            errors.append(RowError.of(column, value))
        elif stage:
            row.stage_days[stage] = value
        else:
            setattr(row, place, value)


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


# Residences as their cells were written: files repeat the same few thousand.
_regions: dict[tuple[Cell, ...], RawRegion] = {}


def _region(values: dict[str, Cell], errors: list[RowError]) -> RawRegion:
    cells = tuple([values.get(column) for column in REGION_COLUMNS])
    known = _regions.get(cells)
    if known is not None:
        return known
    before = len(errors)
    region = RawRegion(
        *(_region_part(column, cell, errors) for column, cell in zip(REGION_COLUMNS, cells, strict=True))
    )
    if len(errors) == before and not region.district and _digits(region.code) < _KECAMATAN_CODE_DIGITS:
        errors.append(_no_kecamatan(region))
    if len(errors) == before:
        if len(_regions) >= _MOST_REGIONS:
            _regions.clear()
        _regions[cells] = region
    return region


def _region_part(column: str, cell: Cell, errors: list[RowError]) -> str:
    return "" if cell is None else _read(column, cell, date.max, errors) or ""


def _read(column: str, cell: Cell, today: date, errors: list[RowError]) -> Any:
    value = read_apart(column, cell, today)
    if value.__class__ is Unreadable:
        errors.append(RowError.of(column, value))
        return None
    return value


def _digits(code: str) -> int:
    return sum(character.isdigit() for character in code)


def _read_identity(row: ParsedRow, values: dict[str, Cell], today: date, errors: list[RowError]) -> None:
    before = len(errors)
    if "telepon" in values:
        row.phone = _read("telepon", values["telepon"], today, errors)
    if "nik" in values:
        nik: Nik | None = _read("nik", values["nik"], today, errors)
        if nik is not None:
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
            "day": written(birth_on),
            "age": OLDEST_AGE,
        }
        return RowError("tanggal_lahir", reason, _("Periksa tahun lahirnya."))
    if registered_on and birth_on >= registered_on:
        reason = _("Tanggal lahir %(birth)s tidak sebelum tanggal daftar %(registered)s.") % {
            "birth": written(birth_on),
            "registered": written(registered_on),
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
