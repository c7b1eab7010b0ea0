"""Judging one row by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from okoce.community.members.nik import Nik
from okoce.stages.p1_registration.imports import columns
from okoce.stages.p1_registration.imports.reading import RawRow
from okoce.stages.p1_registration.imports.refusals import RowError, kind_of_reason
from okoce.stages.p1_registration.imports.rows import ParsedRow, RawRegion, parse_row
from okoce.stages.p1_registration.imports.spellings import COLUMNS

TODAY = date(2026, 11, 21)
LEAST = {"nama": "Ani", "telepon": "081234567890", "kecamatan": "Senen"}


def raw_row(line: int, values: Mapping[str, Any]) -> RawRow:
    return RawRow(line, list(values.values()), {column: place for place, column in enumerate(values)})


def judged(**cells: Any) -> ParsedRow | list[RowError]:
    values = {column: cell for column, cell in (LEAST | cells).items() if cell is not None}
    return parse_row(raw_row(7, values), TODAY)


def taken(**cells: Any) -> ParsedRow:
    row = judged(**cells)
    assert isinstance(row, ParsedRow), row
    return row


def refused(**cells: Any) -> list[RowError]:
    errors = judged(**cells)
    assert isinstance(errors, list), errors
    assert all(error.reason.endswith(".") and error.suggestion for error in errors)
    return errors


def test_the_least_that_makes_a_person() -> None:
    row = taken()
    assert (row.line, row.facts.name, row.facts.name_key, row.facts.phone) == (
        7,
        "Ani",
        "ani",
        "+6281234567890",
    )
    assert row.region == RawRegion(district="Senen")
    assert (row.facts.nik, row.facts.sex, row.facts.stages, row.warnings) == (None, "", {}, [])


def test_every_column_finds_its_place() -> None:
    row = taken(
        nik="3171046510900001",
        provinsi="DKI", kabupaten="Jakpus", kelurahan="Kenari", kode_wilayah="31.71.04",
        jenis_kelamin="P", tanggal_lahir="25-10-1990", tanggal_daftar="2018-01-02", nama_usaha="Warung Ani",
        bidang_usaha="Kuliner", mulai_usaha="2015", jumlah_pekerja="3 orang", omzet_bulanan="Rp 1.500.000",
        komunitas="Mawar", p2_tanggal="1/2/2018", p3_tanggal="2018-03-01", p4_tanggal="1 April 2018",
        p5_tanggal="2018-05-01", p6_tanggal="2018-06-01", p7_tanggal="2018-07-01", p4_jenis="IUMK",
        p4_nomor="503/1", pekerja_saat_izin=4.0, status_kerja="Mengurus Rumah Tangga",
        persetujuan_tanggal="2018-01-01",
        nib="1234567890123", npwp="01.234.567.8-901.000", email="Ani@Contoh.ID",
        alamat="Jl. Mawar  1", sumber="WhatsApp",
    )  # fmt: skip
    assert row.region == RawRegion("DKI", "Jakpus", "Senen", "Kenari", "31.71.04")
    assert row.nik == Nik("3171046510900001", "female", date(1990, 10, 25))
    assert row.facts.nik == "3171046510900001"
    assert (row.facts.sex, row.facts.birth_on, row.facts.registered_on) == (
        "female",
        date(1990, 10, 25),
        date(2018, 1, 2),
    )
    assert (row.facts.business_name, row.facts.sector, row.facts.business_since) == (
        "Warung Ani",
        "Kuliner",
        date(2015, 1, 1),
    )
    assert (row.facts.workers, row.facts.turnover, row.group) == (3, 1_500_000, "Mawar")
    assert row.facts.stages == {stage: date(2018, stage, 1) for stage in range(2, 8)}
    assert (row.facts.licence_kind, row.facts.licence_number, row.facts.workers_at_licence) == (
        "iumk",
        "503/1",
        4,
    )
    assert (row.facts.work_status, row.facts.consent_on) == ("mengurus_rumah", date(2018, 1, 1))
    assert (row.facts.nib, row.facts.npwp, row.facts.email) == (
        "1234567890123",
        "012345678901000",
        "ani@contoh.id",
    )
    assert (row.facts.address, row.facts.source, row.warnings) == ("Jl. Mawar 1", "WhatsApp", [])


def test_everything_wrong_is_said_at_once() -> None:
    errors = refused(
        nama="123", telepon="12", kecamatan=None, tanggal_lahir="31-02-1990", p3_tanggal="2099-01-01"
    )
    assert {error.column for error in errors} == {
        "nama",
        "telepon",
        "kecamatan",
        "tanggal_lahir",
        "p3_tanggal",
    }


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("nama", None),
        ("nama", "-"),
        ("nama", "=cmd|' /C calc'!A0"),
        ("nama", "x" * 151),
        ("telepon", "0812 3456 7890 / 0813 4567 8901"),
        ("nik", "3,17404E+15"),
        ("nik", 3171046510900010.0),
        ("jenis_kelamin", "X"),
        ("tanggal_lahir", "2099-01-01"),
        ("tanggal_lahir", "1850-01-01"),
        ("tanggal_daftar", "1999-12-31"),
        ("tanggal_daftar", "22-11-2026"),
        ("p3_tanggal", "01-01-2099"),
        ("p2_tanggal", "1990-01-01"),
        ("persetujuan_tanggal", "2030-01-01"),
        ("mulai_usaha", "2031"),
        ("jumlah_pekerja", "100001"),
        ("jumlah_pekerja", "banyak"),
        ("pekerja_saat_izin", "-1"),
        ("omzet_bulanan", "1,500"),
        ("p4_jenis", "SIM C"),
        ("nib", "123"),
        ("nib", "1,23457E+12"),
        ("npwp", "12345"),
        ("email", "ani@"),
        ("email", "ani..b@contoh.id"),
        ("status_kerja", "Guru"),
        ("alamat", "=HYPERLINK(1)"),
        ("alamat", "x" * 501),
        ("nama_usaha", "a\x07b"),
        ("komunitas", "#REF!"),
        ("kecamatan", "#N/A"),
    ],
)
def test_a_wrong_cell_is_named(column: str, cell: object) -> None:
    assert [error.column for error in refused(**{column: cell})] == [column]


def test_the_number_of_a_licence_is_held_to_its_kind() -> None:
    licence = {"p4_tanggal": "1-4-2018", "p4_jenis": "NIB"}
    errors = refused(**licence, p4_nomor="123")
    assert [(error.column, "seharusnya 13" in error.reason) for error in errors] == [("p4_nomor", True)]
    assert taken(**licence, p4_nomor=1234000567890.0).facts.licence_number == "1234000567890"
    assert taken(**licence, p4_nomor=None).facts.licence_number == ""


def test_telephone_or_nik_is_needed_and_either_will_do() -> None:
    assert taken(telepon=None, nik="3171046510900001").facts.phone is None
    assert [error.column for error in refused(telepon=None)] == ["telepon"]
    assert [error.column for error in refused(telepon="-", nik="")] == ["telepon"]


def test_the_kecamatan_or_a_code_down_to_it_is_needed() -> None:
    assert taken(kecamatan=None, kode_wilayah=317104).region.code == "317104"
    assert taken(kecamatan=None, kode_wilayah="31.71.04.1001").region.code == "31.71.04.1001"
    assert [error.column for error in refused(kecamatan=None)] == ["kecamatan"]
    assert [error.column for error in refused(kecamatan=None, kode_wilayah="31.71")] == ["kode_wilayah"]


@pytest.mark.parametrize("nothing", ["-", "--", " ", "n/a", "Tidak ada", "kosong"])
def test_what_people_write_for_nothing_is_nothing(nothing: str) -> None:
    row = taken(
        nik=nothing, email=nothing, nib=nothing, p2_tanggal=nothing, jumlah_pekerja=nothing, komunitas=nothing
    )
    assert (
        row.facts.nik,
        row.facts.email,
        row.facts.nib,
        row.facts.stages,
        row.facts.workers,
        row.group,
    ) == (
        None,
        "",
        "",
        {},
        None,
        "",
    )


def test_zeros_are_no_number_of_an_office() -> None:
    assert taken(npwp="00.000.000.0-000.000", nib="0000000000000").facts.npwp == ""


def test_today_is_not_the_future() -> None:
    assert taken(tanggal_daftar="21-11-2026", p2_tanggal="21-11-2026").facts.registered_on == TODAY


def test_a_birth_after_the_registration_is_refused() -> None:
    assert [error.column for error in refused(tanggal_lahir="2-1-2018", tanggal_daftar="1-1-2018")] == [
        "tanggal_lahir"
    ]


@pytest.mark.parametrize("name", ["ŽR“c‘¾˜Y", "RenŽ"])
def test_a_name_in_another_encoding_is_taken_with_a_warning(name: str) -> None:
    row = taken(nama=name)
    assert row.facts.name == name
    [warning] = row.warnings
    assert (warning.column, f"“{name}”" in warning.reason) == ("nama", True)
    assert "CSV UTF-8" in warning.suggestion
    assert kind_of_reason(warning.reason) == "Nama “…” berisi tanda yang janggal."


@pytest.mark.parametrize("name", ["Siti Aminah", "René", "山田太郎", "Nur ‘Aini"])
def test_a_name_of_any_script_is_taken_without_a_word(name: str) -> None:
    assert taken(nama=name).warnings == []


def test_what_the_nik_implies_differently_is_a_warning() -> None:
    row = taken(nik="3171046510900001", jenis_kelamin="L", tanggal_lahir="24-10-1990")
    assert [warning.column for warning in row.warnings] == ["tanggal_lahir", "jenis_kelamin"]
    assert (row.facts.sex, row.facts.birth_on) == ("male", date(1990, 10, 24))


def test_a_nik_whose_date_is_no_day_is_kept_with_a_warning() -> None:
    row = taken(nik="3171049913900003", jenis_kelamin="P")
    assert row.facts.nik == "3171049913900003"
    assert [(warning.column, "991390" in warning.reason) for warning in row.warnings] == [("nik", True)]


def test_whoever_was_younger_than_twelve_on_the_day_of_registration_is_refused() -> None:
    for born, registered in (("2019-03-01", "2019-03-02"), ("2006-02-02", "2018-02-01"), ("2020-01-01", "")):
        [error] = refused(tanggal_lahir=born, tanggal_daftar=registered)
        assert (error.column, "12 tahun" in error.reason) == ("tanggal_lahir", True)
    assert taken(tanggal_lahir="2006-02-01", tanggal_daftar="2018-02-01").facts.birth_on == date(2006, 2, 1)


def test_a_licence_without_its_day_is_a_warning() -> None:
    assert [warning.column for warning in taken(p4_jenis="SKU").warnings] == ["p4_tanggal"]
    assert taken(p4_jenis="SKU", p4_tanggal="2018-01-01").warnings == []


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("L", "male"),
        ("p", "female"),
        ("Laki-Laki", "male"),
        ("PEREMPUAN", "female"),
        ("pria", "male"),
        ("Wanita", "female"),
    ],
)
def test_sex_in_its_usual_spellings(written: str, sex: str) -> None:
    assert taken(jenis_kelamin=written).facts.sex == sex


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("menganggur", "menganggur"),
        ("Tidak Bekerja", "menganggur"),
        ("Karyawan Swasta", "bekerja"),
        ("wiraswasta", "usaha"),
        ("Pelajar/Mahasiswa", "sekolah"),
        ("IRT", "mengurus_rumah"),
        ("mengurus_rumah", "mengurus_rumah"),
    ],
)
def test_work_in_its_usual_spellings(written: str, status: str) -> None:
    assert taken(status_kerja=written).facts.work_status == status


@pytest.mark.parametrize(
    ("written", "kind"), [("IUMK", "iumk"), ("P-IRT", "pirt"), ("Sertifikat Halal", "halal"), ("nib", "nib")]
)
def test_licences_in_their_usual_spellings(written: str, kind: str) -> None:
    assert taken(p4_jenis=written, p4_tanggal="2018-01-01").facts.licence_kind == kind


def test_a_row_that_could_not_be_read_says_only_that() -> None:
    fault = RowError("nama", "Rusak.", "Ketik ulang.")
    assert parse_row(RawRow(3, [], {}, fault), TODAY) == [fault]


def test_a_row_read_twice_is_the_same_and_shares_nothing() -> None:
    one, other = taken(p2_tanggal="2018-01-01"), taken(p2_tanggal="2018-01-01")
    assert one == other
    one.facts.stages[3] = TODAY
    one.warnings.append(one.warnings)  # type: ignore[arg-type] # anything
    assert taken(p2_tanggal="2018-01-01") == other


def test_a_day_remembered_yesterday_is_judged_anew_today() -> None:
    raw = raw_row(2, LEAST | {"p2_tanggal": "22-11-2026"})
    assert isinstance(parse_row(raw, TODAY), list)
    assert isinstance(parse_row(raw, date(2026, 11, 22)), ParsedRow)
    assert isinstance(parse_row(raw, TODAY), list)


def test_a_cell_that_could_not_be_read_is_explained_in_the_language_of_whoever_asks() -> None:
    with translation.override("id"):
        indonesian = refused(p3_tanggal="31-02-2018")
    with translation.override("en"):
        english = judged(p3_tanggal="31-02-2018")
    assert indonesian != english
    with translation.override("id"):
        assert refused(p3_tanggal="31-02-2018") == indonesian


def test_a_cell_is_remembered_by_what_it_is_and_not_by_what_it_equals() -> None:
    assert taken(jumlah_pekerja="1").facts.workers == taken(jumlah_pekerja=1).facts.workers == 1
    assert [error.column for error in refused(jumlah_pekerja=True)] == ["jumlah_pekerja"]
    assert taken(jumlah_pekerja=1.0).facts.workers == 1


def test_a_day_of_birth_is_remembered_apart_from_the_days_of_the_programme() -> None:
    assert taken(tanggal_lahir="17-08-1990").facts.birth_on == date(1990, 8, 17)
    assert [error.column for error in refused(p2_tanggal="17-08-1990")] == ["p2_tanggal"]
    assert taken(p2_tanggal="17-08-2018", p3_tanggal="17-08-2018").facts.stages == dict.fromkeys(
        (2, 3), date(2018, 8, 17)
    )


def test_what_is_remembered_stays_within_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_MOST_REMEMBERED", 5)
    readers = columns.Readers(TODAY)
    for count in range(50):
        for column in ("jumlah_pekerja", "pekerja_saat_izin", "sumber", "alamat"):
            _place, _stage, readings = readers[column]
            assert str(readings[str(count)]) == str(count)
            assert sum(len(known) for known in {id(one[2]): one[2] for one in readers.values()}.values()) <= 5
    assert not readers["alamat"][2]


ANY_CELL = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.text(st.sampled_from("0123456789-/.,=+ELP "), max_size=20),
)


@given(st.dictionaries(st.sampled_from(COLUMNS), ANY_CELL))
@settings(deadline=None, max_examples=400)
def test_nothing_makes_it_fall_over(values: dict[str, Any]) -> None:
    row = parse_row(raw_row(2, values), TODAY)
    if isinstance(row, list):
        assert row
        assert all(error.reason for error in row)
    else:
        assert row.facts.name
        assert row.facts.phone or row.facts.nik
