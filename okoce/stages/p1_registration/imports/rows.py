"""Rows judged by themselves: every cell is read, everything wrong with a row is said at once.

Cells are read column by column, since the cells of a column are alike and there are a million of them. Territories and
komunitas stay as they were written, because only the database knows them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from okoce.community.members.births import birth_problem
from okoce.community.members.names import clean_name, is_garbled, name_key
from okoce.community.members.nik import NikWarning, WrittenNik, bearer_warnings
from okoce.foundation.shared.unreadable import Unreadable, shown
from okoce.pipeline.licences import read_licence_number
from okoce.stages.p1_registration.imports.cells import text_of
from okoce.stages.p1_registration.imports.columns import (
    REGION_COLUMNS,
    Readers,
    read_apart,
    readers_on,
    written,
)
from okoce.stages.p1_registration.imports.facts import UNDATED, Facts
from okoce.stages.p1_registration.imports.reading import Cell, RawRow
from okoce.stages.p1_registration.imports.refusals import RowError, RowWarning

_KECAMATAN_CODE_DIGITS = 6
_COLUMN_OF = {"birth_on": "tanggal_lahir", "sex": "jenis_kelamin"}
_MOST_REGIONS = 50_000
_FIELDS = tuple(one.name for one in fields(Facts))
# What a reader answers instead of a value where a row is to be refused.
_FAULTS = frozenset({Unreadable, list})
# What stands in a field of which no column tells.
_NOTHING = {"region": ""} | {one.name: one.default for one in fields(Facts) if one.default in ("", None)}


class RawRegion(NamedTuple):
    """The residence as written; the territory resolves it."""

    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    code: str = ""


@dataclass(slots=True)
class ParsedRow:
    """One person as the row states them. Of the facts, those that only the programme's own data tell are still blank."""

    line: int
    facts: Facts
    region: RawRegion
    group: str = ""
    nik: WrittenNik | None = None
    warnings: list[RowWarning] = field(default_factory=list)


Judged = ParsedRow | list[RowError]


def parse_row(raw: RawRow, today: date) -> Judged:
    """`parse_rows` for a single one."""
    return parse_rows([raw], today)[0]


def parse_rows(raws: Sequence[RawRow], today: date) -> list[Judged]:
    """The people in these rows of one table, or everything that is wrong with a row. `today`: the latest day begun anywhere."""
    readable = [raw for raw in raws if raw.fault is None]
    judged = iter(_Block(readable).judged(today) if readable else ())
    return [next(judged) if raw.fault is None else [raw.fault] for raw in raws]


class _Block:
    """Rows that stand one after another, column by column."""

    def __init__(self, raws: Sequence[RawRow]) -> None:
        self._lines = [raw.line for raw in raws]
        self._cells = _columns_of(raws)
        self._errors: dict[int, list[RowError]] = {}  # by the row's place in the block

    def judged(self, today: date) -> list[Judged]:
        names = self._noted("nama", list(map(_name, self._column("nama"))))
        regions = self._noted("", list(map(_region, *map(self._column, REGION_COLUMNS))))
        phones, niks = self._identities(today)
        values = self._read(readers_on(today)) | {
            "name": names,
            "name_key": [name and name_key(name) for name in names],
            "phone": phones,
            "nik": [nik and nik.digits for nik in niks],
        }
        groups = values.pop("group", None) or repeat("")
        facts = map(Facts, *(values.get(name) or repeat(_NOTHING[name]) for name in _FIELDS))
        rows = map(ParsedRow, self._lines, facts, regions, groups, niks)
        errors = self._errors
        return [errors.get(place) or _judge_together(row, today) for place, row in enumerate(rows)]

    def _column(self, column: str) -> Sequence[Cell]:
        return self._cells.get(column) or [None] * len(self._lines)

    def _noted(self, column: str, values: list[Any]) -> list[Any]:
        """The same values, without those among them that are reasons to refuse a row: these are noted."""
        if _FAULTS.isdisjoint(map(type, values)):
            return values
        for place, value in enumerate(values):
            if value.__class__ is Unreadable:
                self._refuse(place, RowError.of(column, value))
            elif value.__class__ is list:
                self._refuse(place, *value)
        return [None if value.__class__ in _FAULTS else value for value in values]

    def _refuse(self, place: int, *errors: RowError) -> None:
        self._errors.setdefault(place, []).extend(errors)

    def _identities(self, today: date) -> tuple[list[Any], list[Any]]:
        phones, niks = (
            [read_apart(column, cell, today) for cell in self._column(column)]
            for column in ("telepon", "nik")
        )
        for place, (phone, nik) in enumerate(zip(phones, niks, strict=True)):
            if phone is None and nik is None:
                self._refuse(place, _nobody_known())
        return self._noted("telepon", phones), self._noted("nik", niks)

    def _read(self, readers: Readers) -> dict[str, Any]:
        """Values of every column but those read apart, by the field that they belong to."""
        values: dict[str, Any] = {}
        days: dict[int, list[Any]] = {}
        for column, cells in self._cells.items():
            if column in readers:
                place, stage, known = readers[column]
                read = self._noted(column, list(map(known.__getitem__, cells)))
                if stage:
                    days[stage] = read
                else:
                    values[place] = read
        values["stages"] = stages = self._stages(days)
        given = values.get("registered_on") or [None] * len(self._lines)
        consents = values.get("consent_on") or repeat(None)
        values["is_registered_on_given"] = [day is not None for day in given]
        values["registered_on"] = [
            day or consent or (min(known.values()) if known else UNDATED)
            for day, consent, known in zip(given, consents, stages, strict=False)
        ]
        return values

    def _stages(self, days: dict[int, list[Any]]) -> list[dict[int, date]]:
        if not days:
            return [{} for _line in self._lines]
        stages = tuple(days)
        return [
            {stage: day for stage, day in zip(stages, row, strict=True) if day is not None}
            for row in zip(*days.values(), strict=True)
        ]


def _columns_of(raws: Sequence[RawRow]) -> dict[str, Sequence[Cell]]:
    """The cells of each column, '' or None where a row has none."""
    places = raws[0].places
    width = max(places.values(), default=-1) + 1
    rows = [
        raw.cells if len(raw.cells) >= width else [*raw.cells, *[None] * (width - len(raw.cells))]
        for raw in raws
    ]
    by_place = list(zip(*rows, strict=False))  # what stands right of the last column has been judged
    return {column: by_place[place] for column, place in places.items()}


def _name(cell: Cell) -> str | Unreadable:
    text = "" if cell is None else text_of(cell)
    if not text.strip("-–—. "):
        return Unreadable(_("Nama kosong."), _("Tulis nama seperti di KTP; satu kata pun boleh."))
    return clean_name(text)


# Residences as their cells were written: files repeat the same few thousand.
_regions: dict[tuple[Cell, ...], RawRegion] = {}


def _region(*cells: Cell) -> RawRegion | list[RowError]:
    return _regions.get(cells) or _region_anew(cells)


def _region_anew(cells: tuple[Cell, ...]) -> RawRegion | list[RowError]:
    parts = [read_apart(column, cell, date.max) for column, cell in zip(REGION_COLUMNS, cells, strict=True)]
    errors = [
        RowError.of(column, part)
        for column, part in zip(REGION_COLUMNS, parts, strict=True)
        if part.__class__ is Unreadable
    ]
    if errors:
        return errors
    region = RawRegion(*(part or "" for part in parts))
    if not region.district and _digits(region.code) < _KECAMATAN_CODE_DIGITS:
        return [_no_kecamatan(region)]
    if len(_regions) >= _MOST_REGIONS:
        _regions.clear()
    _regions[cells] = region
    return region


def _digits(code: str) -> int:
    return sum(character.isdigit() for character in code)


def _judge_together(row: ParsedRow, today: date) -> Judged:
    """What only shows when cells are seen side by side."""
    facts = row.facts
    if facts.birth_on:
        error = _implausible_birth(facts.birth_on, facts, today)
        if error:
            return [error]
    if not facts.name.isascii() and is_garbled(facts.name):
        row.warnings.append(_garbled(facts.name))
    if row.nik:
        row.warnings += map(of_nik, bearer_warnings(row.nik, facts.birth_on, facts.sex))
    if 4 in facts.stages:
        number = read_licence_number(facts.licence_kind.upper(), facts.licence_number)
        if isinstance(number, Unreadable):
            return [RowError.of("p4_nomor", number)]
        facts.licence_number = number
    elif facts.licence_kind or facts.licence_number or facts.workers_at_licence is not None:
        row.warnings.append(
            RowWarning(
                "p4_tanggal",
                _("Data izin tanpa tanggal P4 tidak dihitung sebagai P4."),
                _("Isi p4_tanggal kalau sudah terbit."),
            )
        )
    return row


def _implausible_birth(birth_on: date, facts: Facts, today: date) -> RowError | None:
    if facts.is_registered_on_given and birth_on >= facts.registered_on:
        reason = _("Tanggal lahir %(birth)s tidak sebelum tanggal daftar %(registered)s.") % {
            "birth": written(birth_on),
            "registered": written(facts.registered_on),
        }
        return RowError("tanggal_lahir", reason, _("Periksa kedua tanggal itu; mungkin tertukar."))
    problem = birth_problem(birth_on, min(facts.registered_on, today))
    return RowError.of("tanggal_lahir", problem) if problem else None


def _garbled(name: str) -> RowWarning:
    """An encoding that nobody names is read as Windows-1252, in which any file means something."""
    quoted = shown(name).replace("”", '"')  # what is quoted ends at the first of them
    return RowWarning(
        "nama",
        _("Nama “%(name)s” berisi tanda yang janggal.") % {"name": quoted},
        _("Periksa penyandian berkasnya: simpan sebagai CSV UTF-8, atau betulkan namanya."),
    )


def of_nik(odd: NikWarning) -> RowWarning:
    """What is odd about a NIK, beside the column in which it shows."""
    return RowWarning(_COLUMN_OF.get(odd.field, odd.field), odd.reason, odd.suggestion)


def _nobody_known() -> RowError:
    return RowError(
        "telepon",
        _("Telepon dan NIK dua-duanya kosong."),
        _("Isi salah satu, supaya orangnya bisa dikenali."),
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
