"""`okoce import members` names every header of a file that it cannot read, and takes what its columns mean from the command."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.shared.errors import DomainError
from okoce.stages.p1_registration.imports.header_words import nearest_column
from okoce.stages.p1_registration.imports.tests.members_files import snapshot

pytestmark = pytest.mark.django_db
TEXT = "Sebutan;Tilpon;Kode wilayah;Catatan\nSiti;081234567890;31.71.04;lama\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "anggota.csv"
    path.write_text(TEXT)
    return path


def run(path: Path, *arguments: str) -> str:
    err = io.StringIO()
    call_command("import_members", str(path), *arguments, stdout=io.StringIO(), stderr=err)
    return err.getvalue()


def refused(path: Path, *arguments: str) -> str:
    before = snapshot()
    with pytest.raises(DomainError) as refusal:
        run(path, *arguments)
    assert snapshot() == before
    return refusal.value.sentence


def test_every_header_is_named_with_what_it_comes_near_to_and_what_to_do(path: Path) -> None:
    assert refused(path) == (
        "Baris judul (baris 1) tidak punya kolom nama; telepon atau nik."
        " Yang ditemukan: “Sebutan” → ?, “Tilpon” → telepon?, “Kode wilayah” → kode_wilayah, “Catatan” → ?."
        ' Ganti judulnya di berkas, atau sebutkan artinya, misalnya: --column "Tilpon=telepon"'
    )


def test_what_was_told_of_columns_is_read(path: Path) -> None:
    err = run(path, "--column", "Sebutan=nama", "--column", "tilpon = TELEPON")
    member = Member.objects.get()
    assert (member.name, member.phone) == ("Siti", "+6281234567890")
    assert "“Catatan”" in err
    assert "Catatan" not in run(
        path, "--column", "Sebutan=nama", "--column", "Tilpon=telepon", "--column", "Catatan="
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("Sebutan=nama", "tidak punya kolom telepon atau nik"),
        (
            "Sebutan",
            "“Sebutan” tidak bisa dibaca. Tulis JUDUL=KOLOM dengan salah satu kolom ini: nama, telepon",
        ),
        ("Sebutan=sepatu", "“Sebutan=sepatu” tidak bisa dibaca"),
        ("Panggilan=nama", "Tidak ada kolom berjudul “Panggilan”. Judul di berkas ini: Sebutan, Tilpon"),
        ("Sebutan=kode_wilayah", "Dua kolom berarti sama: “Sebutan” dan “Kode wilayah”"),
    ],
)
def test_what_cannot_be_is_one_sentence(path: Path, told: str, said: str) -> None:
    assert said in refused(path, "--column", told)


def test_one_of_two_columns_of_one_meaning_can_be_passed_over(path: Path) -> None:
    path.write_text("nama;No. HP;No. WA;Kode wilayah\nSiti;021;081234567890;31.71.04\n")
    assert refused(path).endswith('misalnya: --column "No. WA="')
    run(path, "--column", "No. HP=")
    assert Member.objects.get().phone == "+6281234567890"


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Tilpon", "telepon"),
        ("Nama Lengkp", "nama"),
        ("Kecamtan", "kecamatan"),
        ("Tangal Lahir", "tanggal_lahir"),
        ("Sebutan", ""),
        ("Peserta", ""),
        ("Catatan", ""),
        ("Foto", ""),
        ("No", ""),
    ],
)
def test_a_header_is_near_to_a_column_or_to_none(header: str, column: str) -> None:
    assert nearest_column(header) == column
