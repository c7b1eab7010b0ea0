"""Reading XLSX: of a real writer, and of others that write it differently."""

import time
import tracemalloc
from datetime import date

import pytest

from okoce.stages.p1_registration.imports.reading import FileRefused, open_table
from okoce.stages.p1_registration.imports.spreadsheets import SpreadsheetFile
from okoce.stages.p1_registration.imports.tests.made_files import (
    ANI,
    BUDI,
    HEADER,
    parts_of,
    row_xml,
    sheet_xml,
    xlsx_file,
    zip_file,
)

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-421]dd\\ mmmm\\ yyyy"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="170"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
)


def test_a_sheet_is_read_with_the_row_numbers_that_it_shows() -> None:
    table = open_table(xlsx_file(["Daftar anggota 2018"], [], HEADER, ANI, [], BUDI), "anggota.xlsx")
    assert [(row.line, row.values["nama"]) for row in table.rows()] == [(4, "Ani"), (6, "Budi")]
    assert table.columns.row == 3
    assert table.described == "XLSX, lembar “Anggota”"


def test_a_sheet_that_begins_further_down_keeps_its_numbers() -> None:
    table = open_table(xlsx_file(HEADER, ANI, first_row=7))
    assert [row.line for row in table.rows()] == [9]


def test_the_first_sheet_with_a_header_is_taken() -> None:
    table = open_table(
        xlsx_file(HEADER, ANI, Petunjuk=[["Isi lembar Anggota"], ["nama", "wajib"]], Kosong=[])
    )
    assert table.described == "XLSX, lembar “Anggota”"
    assert len(list(table.rows())) == 1


def test_days_numbers_and_texts_come_as_what_they_are() -> None:
    header = [*HEADER, "tanggal_lahir", "omzet_bulanan", "nik"]
    table = open_table(xlsx_file(header, [*ANI, date(1990, 8, 17), 1500000.5, 3174041708900001]))
    values = next(table.rows()).values
    assert values["tanggal_lahir"] == date(1990, 8, 17)
    assert values["omzet_bulanan"] == 1500000.5
    assert isinstance(values["nik"], float)
    assert values["telepon"] == "081234567890"


def test_a_formula_is_its_last_result_and_is_never_computed() -> None:
    sheet = (
        '<row r="1">{}</row><row r="2"><c t="str"><f>CONCATENATE("A","ni")</f><v>Ani</v></c>'
        '<c><f>1+1</f><v>81234567890</v></c><c t="e"><v>#REF!</v></c></row>'
    )
    header = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER[:3])
    table = open_table(zip_file(parts_of(sheet_xml(sheet.format(header)))))
    assert next(table.rows()).values == {"nama": "Ani", "telepon": 81234567890, "kecamatan": "#REF!"}


def test_rich_text_phonetics_and_escapes_are_read_as_text() -> None:
    strings = (
        "<sst><si><r><t>Si</t></r><r><t>ti</t></r><rPh><t>zzz</t></rPh></si><si><t>Jl. Mawar_x000A_1</t></si>"
        "<si><t xml:space='preserve'> x_x0000_y</t></si></sst>"
    )
    rows = row_xml(1, ["nama", "telepon", "kecamatan", "alamat", "sumber"]) + (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>81234567890</v></c>'
        '<c r="C2" t="inlineStr"><is><t>Senen</t></is></c>'
        '<c r="D2" t="s"><v>1</v></c><c r="E2" t="s"><v>2</v></c><c r="F2" t="s"><v>99</v></c></row>'
    )
    table = open_table(zip_file(parts_of(sheet_xml(rows), **{"xl/sharedStrings.xml": strings})))
    values = next(table.rows()).values
    assert (values["nama"], values["alamat"], values["sumber"]) == ("Siti", "Jl. Mawar\n1", " xy")


def test_a_file_with_namespace_prefixes_is_the_same_file() -> None:
    sheet = sheet_xml(row_xml(1, HEADER) + row_xml(2, ANI))
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        sheet = (
            sheet.replace(f"<{tag} ", f"<x:{tag} ")
            .replace(f"<{tag}>", f"<x:{tag}>")
            .replace(f"</{tag}>", f"</x:{tag}>")
        )
    assert next(open_table(zip_file(parts_of(sheet))).rows()).values["nama"] == "Ani"


def test_one_cell_in_the_far_corner_costs_nothing() -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    file = zip_file(parts_of(sheet_xml(row_xml(1, HEADER) + row_xml(2, ANI) + corner)))
    tracemalloc.start()
    rows = list(open_table(file).rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [row.line for row in rows] == [2]
    assert peak < 8 * 1024 * 1024


def test_formatted_empty_rows_do_not_count() -> None:
    empty = "".join(f'<row r="{n}"><c s="1"/></row>' for n in range(3, 60))
    file = zip_file(parts_of(sheet_xml(row_xml(1, HEADER) + row_xml(2, ANI) + empty)))
    assert len(list(SpreadsheetFile(file, most_rows=10).rows())) == 58
    with pytest.raises(FileRefused, match="CSV"):
        SpreadsheetFile(xlsx_file(HEADER, *[ANI] * 11), most_rows=10)


def test_days_of_either_epoch_are_days_and_impossible_ones_stay_numbers() -> None:
    def first_day(serial: str, properties: str) -> object:
        rows = row_xml(1, [*HEADER[:3], "tanggal_lahir"]) + (
            f'<row r="2"><c t="str"><v>Ani</v></c><c r="D2" s="1"><v>{serial}</v></c></row>'
        )
        parts = parts_of(sheet_xml(rows), **{"xl/styles.xml": STYLES})
        parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("<sheets>", f"{properties}<sheets>")
        parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
            "</Relationships>",
            '<Relationship Id="r3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>',
        )
        return next(open_table(zip_file(parts)).rows()).values["tanggal_lahir"]

    assert first_day("33102", "") == date(1990, 8, 17)
    assert first_day("31640", '<workbookPr date1904="1"/>') == date(1990, 8, 17)
    assert first_day("2958465", '<workbookPr date1904="1"/>') == 2958465
    assert first_day("1E999", "") == "1E999"
    assert first_day("-3", "") == -3.0


@pytest.mark.long
def test_more_than_two_hundred_thousand_rows_are_refused_before_the_first_is_handed_out() -> None:
    rows = "".join(row_xml(n, ["Ani", "081234567890", "Senen"]) for n in range(2, 200_003))
    header = row_xml(1, ["nama", "telepon", "kecamatan"])
    with pytest.raises(FileRefused, match=r"200\.000 baris.*CSV"):
        open_table(zip_file(parts_of(sheet_xml(header + rows))))
    last = rows.rindex("<row")
    table = open_table(zip_file(parts_of(sheet_xml(header + rows[:last]))))
    started = time.perf_counter()
    assert sum(1 for _ in table.rows()) == 200_000
    assert time.perf_counter() - started < 60


@pytest.mark.long
def test_memory_does_not_grow_with_the_sheet() -> None:
    rows = "".join(row_xml(n, ["Ani", "081234567890", "Senen"]) for n in range(2, 60_000))
    file = zip_file(parts_of(sheet_xml(row_xml(1, ["nama", "telepon", "kecamatan"]) + rows)))
    del rows
    tracemalloc.start()
    assert sum(1 for _ in open_table(file).rows()) == 59_998
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
