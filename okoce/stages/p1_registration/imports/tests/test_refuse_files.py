"""Files that are no members files, by accident or on purpose: one sentence each, nothing unpacked."""

import gzip
import io
import random
import struct
import time
import tracemalloc
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.stages.p1_registration.imports.containers import Container
from okoce.stages.p1_registration.imports.reading import FileRefused, open_table
from okoce.stages.p1_registration.imports.tests.made_files import (
    ANI,
    HEADER,
    csv_file,
    parts_of,
    read_or_sentence,
    row_xml,
    sheet_xml,
    xlsx_file,
    zip_file,
)

GOOD_SHEET = sheet_xml(row_xml(1, HEADER) + row_xml(2, ANI))


def refusal(content: bytes | io.BytesIO, name: str = "berkas") -> str:
    file = content if isinstance(content, io.BytesIO) else io.BytesIO(content)
    with pytest.raises(FileRefused) as refused:
        open_table(file, name)
    assert refused.value.sentence.endswith(".")
    return refused.value.sentence


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "JPEG"),
        (b"\x7fELF" + bytes(100), "ELF"),
        (gzip.compress(b"nama,telepon", mtime=0), "gzip"),
        (b"<!DOCTYPE html><table><tr><td>nama</td></tr></table>", "HTML"),
        (b"\xef\xbb\xbf <html><body></body></html>", "HTML"),
        (b"{\\rtf1 nama}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ".xlsx"),
        (random.Random(1).randbytes(5000), "."),
        (bytes(5000), "bukan teks"),
        (b"halo dunia", "halo dunia"),
        (b"\n\n\n", "kosong"),
        (b"[1, 2, 3]", "judul"),
    ],
)
def test_what_is_no_spreadsheet_is_named(content: bytes, said: str) -> None:
    assert said in refusal(content)


def test_the_name_of_the_file_does_not_decide() -> None:
    assert len(list(open_table(xlsx_file(HEADER, ANI), "anggota.csv").rows())) == 1
    assert len(list(open_table(csv_file(HEADER, ANI), "anggota.xlsx").rows())) == 1


def test_a_file_above_the_limit_is_refused_unread() -> None:
    with pytest.raises(FileRefused, match="terlalu besar"):
        open_table(csv_file(HEADER, ANI), "besar.csv", most_bytes=20)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"catatan.txt": "halo"}, "ZIP"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}, ".ods"),
        ({"xl/workbook.bin": b"\x01"}, ".xlsb"),
        (parts_of(GOOD_SHEET) | {"xl/worksheets/sheet1.xml": GOOD_SHEET[:80]}, "rusak"),
        (parts_of("bukan xml"), "rusak"),
        (parts_of(GOOD_SHEET.replace('"1.0"', '"1.0" encoding="UTB-8"')), "rusak"),
        (parts_of(GOOD_SHEET) | {"xl/workbook.xml": "<workbook/>"}, "rusak"),
        (parts_of(sheet_xml("")), "kosong"),
    ],
)
def test_an_archive_that_is_no_workbook_is_named(parts: dict[str, str | bytes], said: str) -> None:
    assert said in refusal(zip_file(parts))


def test_a_locked_or_oddly_packed_archive_is_refused() -> None:
    assert refusal(zip_file(parts_of(GOOD_SHEET), zipfile.ZIP_LZMA))
    locked = bytearray(zip_file(parts_of(GOOD_SHEET)).getvalue())
    directory = locked.index(b"PK\x01\x02")
    locked[directory + 8] |= 1
    assert "kata sandi" in refusal(bytes(locked))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts_of(GOOD_SHEET).items():
            archive.writestr(name, content)
        with archive.open("xl/media/image1.bin", "w") as part:
            for _ in range(320):
                part.write(bytes(1024 * 1024))
    bomb.seek(0)
    assert len(bomb.getvalue()) < 1024 * 1024
    started = time.perf_counter()
    assert "300 MB" in refusal(bomb)
    assert time.perf_counter() - started < 1


def test_a_bomb_that_lies_about_its_size_unpacks_no_more_than_it_claims() -> None:
    padding = " " * (8 * 1024 * 1024)
    honest = zip_file(parts_of(GOOD_SHEET.replace("</sheetData>", padding + "</sheetData>"))).getvalue()
    claimed = struct.pack("<L", len(GOOD_SHEET) + len(padding))
    assert claimed in honest
    lying = honest.replace(claimed, struct.pack("<L", 1000))
    tracemalloc.start()
    assert refusal(lying)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


def test_what_is_unpacked_is_counted_whatever_the_archive_claims() -> None:
    container = Container(zip_file({"a": bytes(500_000)}), most_unpacked=600_000)
    container._most = 100_000
    with pytest.raises(FileRefused, match="CSV"):
        list(container.chunks("a"))


def test_entities_are_refused() -> None:
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        + GOOD_SHEET.partition("?>")[2]
    )
    assert "rusak" in refusal(zip_file(parts_of(laughs)))
    outside = '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">' + GOOD_SHEET.partition("?>")[2]
    assert "rusak" in refusal(zip_file(parts_of(outside)))


def test_a_token_or_a_cell_without_end_is_refused_soon() -> None:
    started = time.perf_counter()
    endless = GOOD_SHEET.replace('<row r="2">', '<row r="2" x="' + "y" * 20_000_000 + '">')
    assert refusal(zip_file(parts_of(endless)))
    huge_cell = GOOD_SHEET.replace("Ani", "A" * 20_000_000)
    assert refusal(zip_file(parts_of(huge_cell)))
    assert time.perf_counter() - started < 10


def test_a_table_of_contents_of_millions_of_entries_is_not_read() -> None:
    content = bytearray(zip_file(parts_of(GOOD_SHEET)).getvalue())
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<L", content, end + 12, 400_000_000)
    assert "rusak" in refusal(bytes(content))


@given(st.binary(max_size=300), st.integers(0, 100), st.integers(0, 255))
@settings(deadline=None, max_examples=200)
def test_damaged_workbooks_are_read_or_refused_with_a_sentence(tail: bytes, percent: int, byte: int) -> None:
    whole = bytearray(
        zip_file(parts_of(GOOD_SHEET, **{"xl/sharedStrings.xml": "<sst><si><t>x</t></si></sst>"})).getvalue()
    )
    place = min(len(whole) - 1, len(whole) * percent // 100)
    changed = bytearray(whole)
    changed[place] = byte
    damaged = [whole[:place], whole[:place] + tail + whole[place:], changed, b"PK\x03\x04" + tail]
    for content in damaged:
        read = read_or_sentence(bytes(content))
        assert not isinstance(read, str) or read.endswith(".")


@given(st.text(st.sampled_from('<>/="row cvt1s2AXFD&;![]-'), max_size=120))
@settings(deadline=None, max_examples=200)
def test_damaged_sheets_are_read_or_refused_with_a_sentence(noise: str) -> None:
    sheet = GOOD_SHEET.replace("</sheetData>", noise + "</sheetData>")
    read = read_or_sentence(zip_file(parts_of(sheet)))
    assert not isinstance(read, str) or read.endswith(".")
