"""What is said of a header row: which column is missing or stands twice, which is not read, what to do."""

from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache

from django.utils.translation import gettext as _

from okoce.foundation.shared.edits import likeness
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.unreadable import shown
from okoce.stages.p1_registration.imports.column_names import column_name
from okoce.stages.p1_registration.imports.header_rows import HEADER_WITHIN_ROWS, Head
from okoce.stages.p1_registration.imports.headers import (
    ColumnMap,
    Mapped,
    column_keys,
    column_meant,
    is_passed_over,
    missing_among,
    normalised,
    text_of_header,
)
from okoce.stages.p1_registration.imports.refusals import FileRefused
from okoce.stages.p1_registration.imports.spellings import COLUMNS, SPELLINGS

MOST_NAMED = 12
_ALIKE = 0.8
_SHORTEST_ALIKE = 4  # of three letters, any two words are alike


def require_header(columns: ColumnMap | None, head: Head) -> ColumnMap:
    """The map, or a refusal that says what stands at the top instead of a header."""
    if columns is None:
        raise FileRefused(_no_header(head), missing=missing_among(()))
    return columns


def require_columns(columns: ColumnMap) -> ColumnMap:
    """The map, or a refusal that names what was found and what is missing."""
    if columns.twice:
        raise FileRefused(_twice(columns), headers=columns.headers)
    if columns.missing:
        raise FileRefused(
            _lacks(columns, _listed(columns.headers)) + " " + _("Tambahkan kolomnya, lalu kirim lagi."),
            headers=columns.headers,
            missing=columns.missing,
        )
    return columns


def unread_sentence(columns: ColumnMap, *, may_choose: bool = False) -> str:
    """Which columns were not read, and what to do; "" where all were. Nothing that somebody typed is left out in silence."""
    if not columns.unknown:
        return ""
    names = {"names": _first_names([f"“{shown(name)}”" for name in columns.unknown])}
    if may_choose:
        return (
            _(
                "Kolom yang tidak dikenal dan tidak dibaca: %(names)s. Kalau isinya penting, pilih artinya di bawah."
            )
            % names
        )
    return (
        _(
            "Kolom yang tidak dikenal dan tidak dibaca: %(names)s. Kalau isinya penting, ganti judulnya, lalu impor"
            " lagi; tidak ada yang digandakan."
        )
        % names
    )


def passed_over_sentence(columns: ColumnMap, mapped: Mapped, *, may_choose: bool = False) -> str:
    """Which columns are not read because somebody chose so, in this file or one before, though their headers are known."""
    keys = zip(column_keys(columns.headers), columns.headers, strict=True)
    passed_over = [f"“{shown(header)}”" for key, header in keys if is_passed_over(key, header, mapped)]
    if not passed_over:
        return ""
    names = {"names": _first_names(passed_over)}
    if may_choose:
        return (
            _("Kolom yang dilewati sesuai pilihan: %(names)s. Kalau isinya penting, pilih artinya di bawah.")
            % names
        )
    return _("Kolom yang dilewati sesuai pilihan: %(names)s.") % names


def sentence_to_choose(columns: ColumnMap) -> str:
    """What somebody has to choose before the file can be read; "" where nothing is left to choose."""
    said = []
    if columns.missing:
        said.append(
            _("Belum diketahui kolom mana yang berisi %(missing)s. Pilih artinya di bawah, lalu simpan.")
            % {"missing": "; ".join(map(_in_words, columns.missing))}
        )
    said += [
        _("“%(first)s” dan “%(second)s” sama-sama berarti “%(column)s”. Pilih satu, dan lewati yang lain.")
        % {"first": shown(one.first), "second": shown(one.second), "column": column_name(one.column)}
        for one in columns.twice[:MOST_NAMED]
    ]
    return " ".join(said)


def _in_words(missing: str) -> str:
    """What is missing, as a page says it: a file calls it by the names of the format."""
    return missing.replace("kode_wilayah", "kode wilayah").replace("nik", "NIK")


def sentence_for_the_command(columns: ColumnMap) -> str:
    """The same at the terminal: with every header, what it is read as or comes near to, and how to say what it means."""
    if columns.twice:
        first = columns.twice[0]
        how = _('Atau lewati salah satunya, misalnya: --column "%(header)s="') % {
            "header": shown(first.second)
        }
        return f"{_twice(columns)} {how}"
    told = _first_names(
        [f"“{shown(header)}” → {_read_as(columns, header)}" for header in columns.headers if header]
    )
    return " ".join(
        [
            _lacks(columns, told),
            _('Ganti judulnya di berkas, atau sebutkan artinya, misalnya: --column "%(header)s=%(column)s"')
            % {"header": shown(_first_unread(columns)), "column": _first_needed(columns)},
        ]
    )


def read_meanings(told: Sequence[str], headers: Sequence[str]) -> dict[str, str]:
    """What was told of columns as `HEADER=column`, by the headers' keys; nothing after the sign: it is not to be read."""
    keys = column_keys(headers)
    meanings = {}
    for one in told:
        header, sign, column = (part.strip() for part in one.rpartition("="))
        key = next((key for key in keys if key == header), None) or next(
            (key for key in keys if normalised(key) and normalised(key) == normalised(header)), None
        )
        if not sign or column.lower() not in {"", *COLUMNS}:
            raise Refused(_not_a_meaning(one))
        if key is None:
            raise Refused(
                _("Tidak ada kolom berjudul “%(header)s”. Judul di berkas ini: %(found)s.")
                % {"header": shown(header), "found": _listed(headers)}
            )
        meanings[key] = column.lower()
    return meanings


def _not_a_meaning(told: str) -> str:
    return _("“%(told)s” tidak bisa dibaca. Tulis JUDUL=KOLOM dengan salah satu kolom ini: %(columns)s.") % {
        "told": shown(told),
        "columns": ", ".join(COLUMNS),
    }


@lru_cache(maxsize=4_000)
def nearest_column(header: str) -> str:
    """The column whose spelling an unknown header comes close to; "" where it is like none."""
    word = normalised(header)
    near = get_close_matches(word, SPELLINGS, n=1, cutoff=_ALIKE) if len(word) >= _SHORTEST_ALIKE else []
    # alike for the library is also what holds the other whole: "peserta" is no misspelling of "hp peserta"
    return SPELLINGS[near[0]] if near and likeness(word, near[0]) >= _ALIKE else ""


def _read_as(columns: ColumnMap, header: str) -> str:
    if header in columns.found.values():
        return next(column for column, written in columns.found.items() if written == header)
    near = column_meant(header) or nearest_column(header)
    return f"{near}?" if near and near not in columns.found else "?"


def _first_unread(columns: ColumnMap) -> str:
    """The header that most likely holds what is missing: one that comes near to it, else the first that nobody reads."""
    unread = [header for header in columns.unknown if header] or [
        header for header in columns.headers if header
    ]
    needed = _needed(columns)
    return next((header for header in unread if nearest_column(header) in needed), unread[0])


def _first_needed(columns: ColumnMap) -> str:
    needed = _needed(columns)
    near = nearest_column(_first_unread(columns))
    return near if near in needed else needed[0]


def _needed(columns: ColumnMap) -> list[str]:
    wanted = ("nama", "telepon", "nik", "kecamatan", "kode_wilayah")
    return [
        column for column in wanted if missing_among(columns.found) != missing_among([*columns.found, column])
    ]


def _lacks(columns: ColumnMap, found: str) -> str:
    return _("Baris judul (baris %(row)s) tidak punya kolom %(missing)s. Yang ditemukan: %(found)s.") % {
        "row": columns.row,
        "missing": "; ".join(columns.missing),
        "found": found,
    }


def _twice(columns: ColumnMap) -> str:
    first, second, column = columns.twice[0]
    return _(
        "Dua kolom berarti sama: “%(first)s” dan “%(second)s” sama-sama %(column)s. "
        "Hapus atau ganti judul salah satunya, lalu kirim lagi."
    ) % {"first": shown(first), "second": shown(second), "column": column}


def _listed(headers: Sequence[str]) -> str:
    return _first_names([shown(header) for header in headers if header])


def _first_names(names: Sequence[str]) -> str:
    rest = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (_(" dan %(count)s lainnya") % {"count": rest} if rest > 0 else "")


def _no_header(head: Head) -> str:
    rows = ([text_of_header(cell) for cell in cells] for _number, cells in head)
    first = next((texts for texts in rows if any(texts)), None)
    if first is None:
        return _(
            "Berkas ini kosong: tidak ada satu baris pun. Kirim berkas yang berisi baris judul dan data."
        )
    return _(
        "Tidak ada baris judul di %(rows)s baris pertama. Yang terbaca di atas: %(found)s. "
        "Tulis judul kolom seperti nama, telepon, kecamatan, lalu kirim lagi."
    ) % {"rows": HEADER_WITHIN_ROWS, "found": _listed(first)}
