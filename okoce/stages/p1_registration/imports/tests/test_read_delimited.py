"""Reading CSV as people have it."""

import codecs
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.stages.p1_registration.imports import delimited
from okoce.stages.p1_registration.imports.reading import RawRow, open_table
from okoce.stages.p1_registration.imports.tests.made_files import (
    ANI,
    BUDI,
    HEADER,
    csv_file,
    read_or_sentence,
    text_file,
)


def rows_of(file: io.BytesIO) -> list[RawRow]:
    return list(open_table(file, "anggota.csv").rows())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_encoding_and_line_end_is_read(delimiter: str, encoding: str, end: str) -> None:
    file = csv_file(HEADER, ["José", *ANI[1:]], BUDI, delimiter=delimiter, encoding=encoding, end=end)
    rows = rows_of(file)
    assert [row.values["nama"] for row in rows] == ["José", "Budi"]
    assert [row.line for row in rows] == [2, 3]
    assert rows[1].cells == BUDI


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_the_mark_says_the_order_of_the_bytes(mark: bytes, encoding: str) -> None:
    text = csv_file(HEADER, ["José", *ANI[1:]], delimiter=";").getvalue().decode()
    table = open_table(text_file(mark + text.encode(encoding)), "anggota.csv")
    assert [row.values["nama"] for row in table.rows()] == ["José"]
    assert table.described == f"CSV, {encoding[:6].upper()}, titik koma"


def test_a_file_pasted_from_two_encodings_comes_out_whole() -> None:
    file = text_file(
        "nama,telepon,kecamatan\nJosé,081234567890,Senen\n".encode()
        + "Renée,081234567891,Senen\n".encode("cp1252")
    )
    assert [row.values["nama"] for row in rows_of(file)] == ["José", "Renée"]


def test_the_table_says_how_it_was_read() -> None:
    assert open_table(csv_file(HEADER, ANI, delimiter=";")).described == "CSV, UTF-8, titik koma"
    assert (
        open_table(csv_file(HEADER, ["José", *ANI[1:]], encoding="cp1252")).described
        == "CSV, Windows-1252, koma"
    )


def test_quoted_cells_may_hold_delimiters_quotes_and_line_breaks() -> None:
    file = text_file(
        'nama,telepon,kecamatan,alamat\n"Ani",081234567890,Senen,"Jl. Mawar 1,\n""Blok B"""\n'
        "Budi,081345678901,Tebet,x\n"
    )
    rows = rows_of(file)
    assert rows[0].values["alamat"] == 'Jl. Mawar 1,\n"Blok B"'
    assert [(row.line, row.values["nama"]) for row in rows] == [(2, "Ani"), (3, "Budi")]


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    file = text_file(
        "Daftar anggota\n\nnama;telepon;kecamatan\n\nAni;081234567890;Senen\n;;\nBudi;081345678901;Tebet\n"
    )
    assert [row.line for row in rows_of(file)] == [5, 7]


def test_rows_may_be_shorter_than_the_header() -> None:
    rows = rows_of(text_file("nama,telepon,kecamatan,alamat\nAni,081234567890,Senen\n"))
    assert "alamat" not in rows[0].values
    assert rows[0].fault is None


def test_a_row_with_more_cells_than_the_header_is_told_so() -> None:
    rows = rows_of(
        text_file("nama,telepon,kecamatan\nAni,081234567890,Senen,Jl. Mawar\nBudi,081345678901,Tebet,,\n")
    )
    assert rows[0].fault is not None
    assert rows[1].fault is None


def test_a_nul_byte_costs_its_row_only() -> None:
    rows = rows_of(text_file("nama,telepon,kecamatan\nA\0ni,081234567890,Senen\nBudi,081345678901,Tebet\n"))
    assert rows[0].fault is not None
    assert rows[0].fault.column == "nama"
    assert "NUL" in rows[0].fault.reason
    assert rows[1].values["nama"] == "Budi"


def test_a_quote_that_is_never_closed_costs_its_row_only() -> None:
    lines = [f"Orang,0812345678{i:02d},Senen\n" for i in range(80)]
    lines[5] = '"Rusak,081234567805,Senen\n'
    rows = rows_of(text_file("nama,telepon,kecamatan\n" + "".join(lines)))
    assert len(rows) == 80
    assert [row.line for row in rows if row.fault] == [7]
    assert rows[5].cells == ['"Rusak', "081234567805", "Senen"]


def test_two_stray_quotes_far_apart_do_not_swallow_what_lies_between() -> None:
    lines = [f"Orang,0812345678{i % 90:02d},Senen\n" for i in range(400)]
    lines[5] = '"Rusak,081234567805,Senen\n'
    lines[300] = '"Rusak juga,081234567805,Senen\n'
    rows = rows_of(text_file("nama,telepon,kecamatan\n" + "".join(lines)))
    assert len(rows) == 400
    assert len([row for row in rows if row.fault]) == 2


def test_a_stray_quote_within_a_cell_is_just_a_character() -> None:
    rows = rows_of(
        text_file(
            'nama,telepon,kecamatan,alamat\nAni,081234567890,Senen,pipa 5" besar\nBudi,081345678901,Tebet,x\n'
        )
    )
    assert [row.values["alamat"] for row in rows] == ['pipa 5" besar', "x"]


def test_a_line_without_end_costs_its_row_only() -> None:
    file = text_file("nama,telepon,kecamatan\nAni," + "9" * 5_000_000 + ",Senen\nBudi,081345678901,Tebet\n")
    rows = rows_of(file)
    assert [bool(row.fault) for row in rows] == [True, False]
    assert sum(len(str(cell)) for cell in rows[0].cells) < 40_000


def test_a_table_can_be_read_again_from_the_top() -> None:
    table = open_table(csv_file(HEADER, ANI, BUDI))
    next(iter(table.rows()))
    assert len(list(table.rows())) == len(list(table.rows())) == 2


def test_a_path_is_opened_and_closed(tmp_path: object) -> None:
    path = tmp_path / "anggota.csv"  # type: ignore[operator] # a Path
    path.write_bytes(csv_file(HEADER, ANI).getvalue())
    with open_table(path) as table:
        assert len(list(table.rows())) == 1


@pytest.mark.long
def test_memory_does_not_grow_with_the_file(tmp_path: object) -> None:
    path = tmp_path / "anggota.csv"  # type: ignore[operator] # a Path
    with path.open("w") as file:
        file.write(",".join(HEADER) + "\n")
        file.writelines(",".join(ANI) + "\n" for _ in range(300_000))
    tracemalloc.start()
    with open_table(path) as table:
        count = sum(1 for _ in table.rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 300_000
    assert peak < 8 * 1024 * 1024


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n\r"), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8), st.sampled_from([",", ";", "\t"]))
@settings(deadline=None, max_examples=150)
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    import csv

    from okoce.stages.p1_registration.imports.formulas import guard

    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(HEADER)
    writer.writerows([[guard(cell) for cell in row] for row in rows])
    read = rows_of(text_file(stream.getvalue()))
    assert [row.cells for row in read] == [row for row in rows if any(cell.strip() for cell in row)]
    assert not any(row.fault for row in read)


# plain, quoted over three lines, with a stray quote, with a quote that stays open, overlong, empty
LINES = (
    "Ani,0812,Senen",
    'Ani,"Jl. A\n2\n3",x',
    'Ani,5" besar,x',
    'Ani,"Jl. A,x',
    '"',
    "Ani," + "9" * 300,
    "",
    "Ani,'=1,\0",
)


@given(
    st.lists(st.sampled_from(LINES), max_size=30), st.integers(1, 8), st.sampled_from(["\n", "\r\n", "\r"])
)
@settings(deadline=None, max_examples=300)
def test_blocks_of_lines_read_what_one_line_after_the_other_does(
    lines: list[str], at_once: int, end: str
) -> None:
    content = end.join(["nama,telepon,kecamatan", *lines])

    def read() -> list[RawRow]:
        return rows_of(io.BytesIO(content.encode()))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(delimited, "LONGEST_LINE", 200)
        patched.setattr(delimited, "LINES_A_BLOCK", at_once)
        in_blocks = read()
        patched.setattr(delimited, "_rows_of", lambda _lines, _delimiter: None)
        assert read() == in_blocks


@given(st.binary(max_size=600))
@settings(deadline=None, max_examples=400)
def test_random_bytes_are_read_or_refused_with_a_sentence(garbage: bytes) -> None:
    for content in (garbage, b"nama,telepon,kecamatan\n" + garbage, b"\xff\xfen\0a\0" + garbage):
        read = read_or_sentence(content)
        assert read.endswith(".") if isinstance(read, str) else all(row.line > 0 for row in read)
