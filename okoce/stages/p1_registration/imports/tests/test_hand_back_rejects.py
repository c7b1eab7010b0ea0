"""The rejects file: the rows as they came, with reasons, importable by itself."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.stages.p1_registration.imports.formulas import guard, unguard
from okoce.stages.p1_registration.imports.reading import RawRow, Table, open_table
from okoce.stages.p1_registration.imports.refusals import RowError
from okoce.stages.p1_registration.imports.rejects import RejectsWriter, cell_text
from okoce.stages.p1_registration.imports.rows import parse_row
from okoce.stages.p1_registration.imports.tests.made_files import text_file, xlsx_file

TODAY = date(2026, 11, 21)
ERRORS = [
    RowError("telepon", "Nomornya salah.", "Perbaiki."),
    RowError("nama", "Namanya salah.", "Perbaiki."),
]


def handed_back(table: Table, errors: Sequence[RowError] | None = None) -> io.BytesIO:
    stream = io.StringIO(newline="")
    writer = RejectsWriter(stream, table.columns)
    for row in table.rows():
        judged = errors or parse_row(row, TODAY)
        if isinstance(judged, Sequence):
            writer.write(row, judged)
    return io.BytesIO(stream.getvalue().encode())


def lines_of(file: io.BytesIO) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))


def rows_of(file: io.BytesIO) -> list[RawRow]:
    return list(open_table(file).rows())


def test_refused_rows_come_back_unchanged_with_reasons() -> None:
    table = open_table(
        text_file(
            "Judul\nNama Lengkap;Foto;No. HP;Kecamatan\n Ani ;x;0812;Senen\nBudi;y;081234567890;Tebet\n"
        )
    )
    file = handed_back(table)
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    [line] = lines_of(file)
    assert list(line) == ["Nama Lengkap", "Foto", "No. HP", "Kecamatan", "baris", "kolom", "alasan", "usulan"]
    assert (line["Nama Lengkap"], line["Foto"], line["No. HP"]) == (" Ani ", "x", "0812")
    assert (line["baris"], line["kolom"]) == ("3", "No. HP")
    assert "bukan nomor" in line["alasan"]
    assert line["usulan"]


def test_a_row_with_several_faults_comes_back_once() -> None:
    [line] = lines_of(handed_back(open_table(text_file("nama,telepon,kecamatan\nA,1,S\n")), ERRORS))
    assert line["kolom"] == "telepon; nama"
    assert line["alasan"] == "telepon: Nomornya salah. nama: Namanya salah."
    assert line["usulan"] == "telepon; nama: Perbaiki."


def test_the_file_is_imported_by_itself_and_only_the_corrected_row_is_taken() -> None:
    first = handed_back(open_table(text_file("nama,telepon,kecamatan\nAni,0812,Senen\nBudi,0813,Tebet\n")))
    corrected = io.BytesIO(first.getvalue().replace(b"Ani,0812,", b"Ani,081234567890,"))
    table = open_table(corrected)
    assert table.columns.unknown == []
    second = handed_back(table)
    [line] = lines_of(second)
    assert line["nama"] == "Budi"
    assert list(line) == ["nama", "telepon", "kecamatan", "baris", "kolom", "alasan", "usulan"]


@pytest.mark.parametrize(
    "content", ["=cmd|' /C calc'!A0", "+62812", "-5", "@SUM(1)", "\tx", "\rx", "'=1", "'", "''", "'Aisyah"]
)
def test_nothing_leaves_raw_that_a_spreadsheet_would_run(content: str) -> None:
    written = guard(content)
    assert written[:1] not in "=+-@\t\r\n"
    assert unguard(written) == content


def test_a_formula_in_a_header_or_a_reason_is_guarded_too() -> None:
    table = open_table(text_file("nama,telepon,kecamatan,=1+1\n=A1,0812,Senen,+x\n"))
    text = handed_back(table, [RowError("=1+1", "=reason", "@do")]).getvalue().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_cells_of_a_spreadsheet_go_out_so_that_they_read_back_the_same() -> None:
    header = ["nama", "telepon", "kecamatan", "nik", "tanggal_lahir", "omzet_bulanan"]
    given_row = ["=x", 8123456789, "Senen", 3171046510900010.0, date(1990, 10, 25), 1500000.5]
    before = open_table(xlsx_file(header, given_row))
    after = open_table(handed_back(before, ERRORS))
    [one], [other] = list(before.rows()), list(after.rows())
    assert other.values["tanggal_lahir"] == "1990-10-25"
    assert other.values["telepon"] == "8123456789"
    one_errors, other_errors = parse_row(one, TODAY), parse_row(other, TODAY)
    assert isinstance(one_errors, list)
    assert isinstance(other_errors, list)
    assert (
        [error.column for error in one_errors] == [error.column for error in other_errors] == ["nama", "nik"]
    )


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (3.0, "3"),
        (3.5, "3.5"),
        (3171046510900010.0, "3.17104651090001E+15"),
        (date(1990, 8, 17), "1990-08-17"),
        (datetime(1990, 8, 17, 10, 5), "1990-08-17 10:05:00"),  # noqa: DTZ001 - a spreadsheet's clock has no zone
    ],
)
def test_a_cell_as_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text  # type: ignore[arg-type] # parametrised


def test_a_row_with_too_many_cells_keeps_them_all() -> None:
    table = open_table(text_file("nama,telepon,kecamatan\nAni,081234567890,Senen,Jl. Mawar,2\n"))
    file = handed_back(table)
    assert b"Jl. Mawar,2" in file.getvalue()
    assert rows_of(file)[0].fault is not None


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r"), max_size=12)


@given(
    st.lists(
        st.lists(
            st.one_of(CELLS, st.sampled_from(["=1", "'=1", "+62", "-", "@a", "'", '"', "a\nb"])),
            min_size=4,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(deadline=None, max_examples=200)
def test_any_text_survives_the_round_trip(rows: list[list[str]]) -> None:
    header = ["nama", "telepon", "kecamatan", "catatan"]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([header, *[[guard(cell) for cell in row] for row in rows]])
    table = open_table(text_file(stream.getvalue()))
    once = handed_back(table, ERRORS)
    twice = handed_back(open_table(once), ERRORS)
    kept = [list(row.cells) for row in table.rows()]
    assert [list(row.cells)[:4] for row in rows_of(once)] == kept
    assert [list(row.cells)[:4] for row in rows_of(twice)] == kept
