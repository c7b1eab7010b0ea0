"""What only the programme's own data show to be wrong: a sentence that says where, what, and what to do; the rest is taken."""

import csv
import io
from datetime import date, timedelta

import pytest

from okoce.community.groups.tests.factories import active_group
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import latest_today
from okoce.stages.p1_registration.imports.tests.members_files import (
    COBLONG,
    SITI,
    completed,
    import_rows,
    imported,
    snapshot,
)

pytestmark = pytest.mark.django_db
GOOD = {**SITI, "nama": "Budi", "telepon": "0811111111"}
FUTURE = f"{latest_today() + timedelta(days=2):%d-%m-%Y}"

WRONG = [
    ({"tanggal_lahir": "01-01-2099"}, "tanggal_lahir", "belum terjadi"),
    ({"p2_tanggal": "2018-03-01", "p3_tanggal": FUTURE}, "p3_tanggal", "belum terjadi"),
    ({"p3_tanggal": "2018-04-01"}, "p3_tanggal", "P2 (Pelatihan) belum selesai"),
    ({"p2_tanggal": "2018-01-01"}, "p2_tanggal", "P1 (Pendaftaran) baru selesai"),
    ({"p2_tanggal": "2018-05-01", "p3_tanggal": "2018-04-01"}, "p3_tanggal", "tidak boleh mendahului"),
    ({"komunitas": "Mawra"}, "komunitas", "mungkin maksudnya: mawar"),
    ({"komunitas": "Zzz"}, "komunitas", "tulis nama atau kode komunitas yang aktif"),
    ({"kabupaten": "", "provinsi": "", "kecamatan": "Sukajadi"}, "kabupaten", "dapat berarti"),
    ({"kecamatan": "Antah Berantah"}, "kecamatan", "tidak ada di"),
    ({"kode_wilayah": "32.73.02"}, "kode_wilayah", ""),
    ({"p2_tanggal": "2018-03-01", "p3_tanggal": "2018-03-02", "p4_tanggal": "2018-03-03", "p4_jenis": "halal"}, "p4_jenis",
     "tidak menyelesaikan p4"),
    ({"nik": "3,17404E+15"}, "nik", "sudah diubah menjadi bilangan"),
    ({"nama": "=cmd|' /C calc'!A0"}, "nama", "rumus"),
    ({"alamat": "=HYPERLINK(\"http://x\")"}, "alamat", "rumus"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "column", "said"), WRONG)
def test_a_wrong_row_is_refused_with_its_reason_and_the_next_is_taken(
    given: dict[str, str], column: str, said: str
) -> None:
    active_group("Mawar")
    result = import_rows({**SITI, **given}, GOOD)
    line, columns, sentence = result.only_refusal()
    assert (line, columns) == (2, column)
    assert said.lower() in sentence.lower()
    assert result.counts.new == 1
    assert Member.objects.get().name == "Budi"


def test_everything_wrong_with_a_row_is_said_at_once() -> None:
    result = import_rows({**SITI, "komunitas": "Zzz", "kecamatan": "Antah Berantah"})
    assert result.only_refusal()[1] == "kecamatan,komunitas"


def test_a_row_is_taken_whole_or_refused_whole() -> None:
    import_rows(SITI)
    before = snapshot()
    result = import_rows({**SITI, "jenis_kelamin": "P", "p3_tanggal": "2018-04-01"})
    assert result.counts.refused == 1
    assert snapshot() == before


def test_stages_out_of_order_are_fine_where_the_rule_is_free() -> None:
    result = import_rows(
        {**SITI, **COBLONG, "p5_tanggal": "2018-03-01"},
        {**SITI, "nama": "Budi", "tanggal_daftar": "2020-01-02", "p3_tanggal": "2020-02-01"},
        {**SITI, "nama": "Cici", "p2_tanggal": "2018-02-01"},
    )
    assert result.counts.new == 3
    assert completed() == [3, 1, 1, 0, 1, 0, 0]


class TestAnOfficersReach:
    def test_ends_at_her_territory(self, ani: Actor) -> None:
        result = import_rows(SITI, {**SITI, **COBLONG, "nama": "Budi"}, actor=ani)
        assert (result.counts.new, result.counts.refused) == (1, 1)
        assert "di luar wilayah" in result.only_refusal()[2]
        assert Member.objects.get().region == "31.71.04"

    def test_does_not_vouch_for_stages_that_her_role_does_not_verify(self, ani: Actor) -> None:
        walked = {f"p{stage}_tanggal": f"2018-0{stage + 1}-01" for stage in range(2, 8)}
        result = import_rows({**SITI, **walked}, actor=ani)
        _line, columns, sentence = result.only_refusal()
        assert columns == "p6_tanggal,p7_tanggal"
        assert "tidak boleh memeriksa P6" in sentence
        assert not Member.objects.exists()


def test_the_rejects_file_can_be_corrected_and_imported_by_itself() -> None:
    rows = [
        {**SITI, "p2_tanggal": "2018-03-01"},
        {**SITI, "nama": "Budi", "telepon": "12"},
        {**SITI, "nama": "Cici", "p3_tanggal": "2018-04-01"},
        {**SITI, "nama": "Dodi"},
    ]
    first = import_rows(*rows)
    assert (first.counts.new, first.counts.refused) == (2, 2)
    assert completed("31.71.04") == [2, 1, 0, 0, 0, 0, 0]
    refused = list(csv.DictReader(io.StringIO(first.rejects.removeprefix("\ufeff"))))
    assert [(row["nama"], row["baris"], row["kolom"]) for row in refused] == [
        ("Budi", "3", "telepon"),
        ("Cici", "4", "p3_tanggal"),
    ]
    corrected = first.rejects.replace(",12,", ",081222222222,").replace("2018-04-01", "")
    second = imported(io.BytesIO(corrected.encode()))
    assert (second.counts.new, second.counts.refused) == (2, 0)
    assert completed("31.71.04") == [4, 1, 0, 0, 0, 0, 0]
    assert completed("31.71.04", date(2018, 1, 31)) == [0] * 7
