"""Understanding the header row."""

import pytest

from okoce.stages.p1_registration.imports.headers import column_meant
from okoce.stages.p1_registration.imports.reading import FileRefused, open_table
from okoce.stages.p1_registration.imports.spellings import COLUMNS, REJECT_COLUMNS, SPELLINGS
from okoce.stages.p1_registration.imports.tests.made_files import ANI, HEADER, csv_file, text_file


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Nama Lengkap", "nama"),
        ("NAMA", "nama"),
        ("Nama*", "nama"),
        ("Nama Lengkap (sesuai KTP)", "nama"),
        ("No. HP", "telepon"),
        ("No HP/WA", "telepon"),
        ("Nomor WhatsApp", "telepon"),
        ("Telp/HP", "telepon"),
        ("No. Telp / WA", "telepon"),
        ("No KTP", "nik"),
        ("NIK KTP", "nik"),
        ("Kab/Kota", "kabupaten"),
        ("Kota", "kabupaten"),
        ("Desa/Kelurahan", "kelurahan"),
        ("Kec.", "kecamatan"),
        ("L/P", "jenis_kelamin"),
        ("JK", "jenis_kelamin"),
        ("Jenis Kelamin (L/P)", "jenis_kelamin"),
        ("Tgl Lahir", "tanggal_lahir"),
        ("Tgl. Lahir (DD/MM/YYYY)", "tanggal_lahir"),
        ("Tempat/Tgl Lahir", "tanggal_lahir"),
        ("Tanggal Pendaftaran", "tanggal_daftar"),
        ("Nama Usaha", "nama_usaha"),
        ("Jenis Usaha", "bidang_usaha"),
        ("Omset/bulan", "omzet_bulanan"),
        ("Omzet per Bulan (Rp)", "omzet_bulanan"),
        ("Jml Karyawan", "jumlah_pekerja"),
        ("P3 Tanggal", "p3_tanggal"),
        ("Tgl P3", "p3_tanggal"),
        ("E-mail", "email"),
        ("kode wilayah", "kode_wilayah"),
    ],
)
def test_the_usual_spellings_are_understood(header: str, column: str) -> None:
    assert column_meant(header) == column


@pytest.mark.parametrize(
    "header",
    ["No", "No.", "Keterangan", "Foto", "", "Nama Ibu Kandung", "Pekerjaan", "Status", *REJECT_COLUMNS],
)
def test_other_headers_are_not_taken_for_something(header: str) -> None:
    assert column_meant(header) is None


def test_every_column_is_understood_by_its_own_name() -> None:
    assert {column_meant(column) for column in COLUMNS} == set(COLUMNS)
    assert set(SPELLINGS.values()) == set(COLUMNS)


def test_order_and_case_do_not_matter_and_the_unknown_is_listed() -> None:
    table = open_table(text_file("KECAMATAN;Foto;no. hp;Nama Lengkap\nSenen;x;081234567890;Ani\n"))
    assert table.columns.found == {"kecamatan": "KECAMATAN", "telepon": "no. hp", "nama": "Nama Lengkap"}
    assert table.columns.unknown == ["Foto"]
    assert next(table.rows()).values == {"kecamatan": "Senen", "telepon": "081234567890", "nama": "Ani"}


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Persetujuan", "persetujuan_tanggal"),
        ("P1", "tanggal_daftar"),
        *((f"P{stage}", f"p{stage}_tanggal") for stage in range(2, 8)),
    ],
)
def test_a_bare_heading_means_days_where_days_stand_below(header: str, column: str) -> None:
    start = f"nama;telepon;kecamatan;{header}\nAni;081234567890;Senen;"
    for day in ("17-08-2018", "-\nBudi;081234567891;Senen;1 Maret 2018", ""):
        assert open_table(text_file(start + day + "\n")).columns.found[column] == header
    table = open_table(text_file(start + "ya\n"))
    assert column not in table.columns.found
    assert table.columns.unknown == [header]


def test_a_heading_that_says_more_goes_before_a_bare_one() -> None:
    table = open_table(
        text_file("nama;telepon;kecamatan;P2;Tanggal P2\nAni;0812;Senen;01-02-2018;03-04-2018\n")
    )
    assert table.columns.found["p2_tanggal"] == "Tanggal P2"
    assert table.columns.unknown == ["P2"]


def test_title_lines_above_the_header_are_skipped() -> None:
    titles = [[f"Judul {n}", "", "", "", ""] for n in range(19)]
    table = open_table(csv_file(*titles, HEADER, ANI))
    assert table.columns.row == 20
    assert [row.line for row in table.rows()] == [21]


def test_a_header_below_the_twentieth_row_is_not_looked_for() -> None:
    with pytest.raises(FileRefused):
        open_table(csv_file(*[["Judul", "", "", "", ""]] * 20, HEADER, ANI))


def test_two_headers_of_one_column_are_refused_with_both_names() -> None:
    with pytest.raises(FileRefused) as refused:
        open_table(text_file("nama,No. HP,No. WA,kecamatan\nAni,0812,0813,Senen\n"))
    assert "No. HP" in refused.value.sentence
    assert "No. WA" in refused.value.sentence


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("telepon,kecamatan,email", "nama"),
        ("nama,kecamatan,email", "telepon"),
        ("nama,telepon,email", "kecamatan"),
    ],
)
def test_a_missing_column_is_named_with_what_was_found(header: str, missing: str) -> None:
    with pytest.raises(FileRefused) as refused:
        open_table(text_file(header + "\na,b,c\n"))
    assert missing in refused.value.sentence
    assert "email" in refused.value.sentence


@pytest.mark.parametrize("header", ["nama,nik,kode_wilayah", "nama,telepon,kecamatan"])
def test_either_identity_and_either_way_to_the_kecamatan_will_do(header: str) -> None:
    assert open_table(text_file(header + "\na,b,c\n")).columns.missing == []


def test_a_hand_made_mapping_comes_first() -> None:
    table = open_table(
        text_file("nama,Kontak darurat,kecamatan\nAni,081234567890,Senen\n"),
        mapped={"Kontak darurat": "telepon"},
    )
    assert table.columns.found["telepon"] == "Kontak darurat"


def test_five_hundred_columns_are_fine_and_two_thousand_are_not() -> None:
    def wide(count: int) -> str:
        return (
            ",".join(["nama", "telepon", "kecamatan", *(f"x{n}" for n in range(count))])
            + "\nAni,081234567890,Senen\n"
        )

    table = open_table(text_file(wide(497)))
    assert len(table.columns.unknown) == 497
    assert next(table.rows()).values["nama"] == "Ani"
    with pytest.raises(FileRefused, match="kolom"):
        open_table(text_file(wide(2000)))
