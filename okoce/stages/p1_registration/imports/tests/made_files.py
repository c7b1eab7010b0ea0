"""Members files made on the spot: whole ones with a real writer, broken ones by hand."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import xlsxwriter

from okoce.stages.p1_registration.imports.reading import FileRefused, RawRow, open_table

HEADER = ["nama", "telepon", "kecamatan", "kabupaten", "provinsi"]
ANI = ["Ani", "081234567890", "Senen", "Jakarta Pusat", "DKI Jakarta"]
BUDI = ["Budi", "081345678901", "Tebet", "Jakarta Selatan", "DKI Jakarta"]


def csv_file(
    *rows: Sequence[str], delimiter: str = ",", encoding: str = "utf-8", end: str = "\n"
) -> io.BytesIO:
    """Rows joined as they are: what needs quotes brings them along."""
    return io.BytesIO("".join(delimiter.join(row) + end for row in rows).encode(encoding))


def text_file(text: str | bytes) -> io.BytesIO:
    return io.BytesIO(text.encode() if isinstance(text, str) else text)


def xlsx_file(
    *rows: Sequence[object], first_row: int = 0, **more_sheets: Iterable[Sequence[object]]
) -> io.BytesIO:
    """A workbook of a real writer: one sheet per keyword before the main one, dates as dates."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, content in [*more_sheets.items(), ("Anggota", rows)]:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(content, first_row):
            for place, cell in enumerate(row):
                _write(sheet, number, place, cell, day)
    book.close()
    file.seek(0)
    return file


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, place: int, cell: object, day: object) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, day)
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell)
    else:
        sheet.write(row, place, cell)


def row_xml(number: int, cells: Sequence[str]) -> str:
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def sheet_xml(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="m"><sheetData>{rows}</sheetData></worksheet>'


def parts_of(sheet: str | bytes, **other: str) -> dict[str, str | bytes]:
    """The smallest set of parts that is a workbook with this sheet."""
    return {
        "_rels/.rels": _relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "sharedStrings.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet,
        **other,
    }


def _relations(*relations: tuple[str, str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="{i}" Type="x/{kind}" Target="{part}"/>' for i, kind, part in relations
    )
    return f"<Relationships>{inner}</Relationships>"


def read_or_sentence(content: bytes | io.BytesIO) -> list[RawRow] | str:
    """What a person gets for this file: rows, or one sentence. Anything else is a fault of ours."""
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    try:
        return list(open_table(file, "berkas").rows())
    except FileRefused as refused:
        return refused.sentence


def zip_file(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.seek(0)
    return file
