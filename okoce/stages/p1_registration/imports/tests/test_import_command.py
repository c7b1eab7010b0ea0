"""`okoce import members`: its exit codes, its answer, and what it leaves."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import DomainError, NotAllowed
from okoce.stages.p1_registration.imports.tests.members_files import COBLONG, SITI, file_of, snapshot

pytestmark = pytest.mark.django_db
WRONG = {**SITI, "nama": "Budi", "telepon": "12"}


def run(path: Path, *arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_members", str(path), *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "anggota.csv"


def test_every_row_taken_is_exit_0(path: Path) -> None:
    path.write_bytes(file_of(SITI).getvalue())
    code, out, _err = run(path)
    assert code == 0
    assert "1 baris dibaca: 1 diterima" in out
    assert Member.objects.count() == 1


def test_some_refused_is_exit_3_and_the_answer_is_json(path: Path, tmp_path: Path) -> None:
    path.write_bytes(file_of(SITI, WRONG, SITI).getvalue())
    rejects = tmp_path / "ditolak.csv"
    code, out, _err = run(path, "--json", "--rejects", str(rejects))
    answer = json.loads(out)
    assert code == 3
    assert {name: answer[name] for name in ("rows", "taken", "new", "known", "refused", "queued", "dry_run")} == {
        "rows": 3, "taken": 2, "new": 1, "known": 1, "refused": 1, "queued": 0, "dry_run": False,
    }  # fmt: skip
    assert rejects.stat().st_mode & 0o777 == 0o600
    assert "Budi" in rejects.read_text(encoding="utf-8-sig")
    assert "Siti" not in rejects.read_text(encoding="utf-8-sig")


def test_refused_rows_and_warnings_come_with_the_delimiter_of_the_file(path: Path, tmp_path: Path) -> None:
    rows = [{**SITI, "nik": "3171049913900003"}, WRONG]
    path.write_text(file_of(*rows).getvalue().decode().replace(",", ";"))
    rejects, warnings = tmp_path / "ditolak.csv", tmp_path / "peringatan.csv"
    assert run(path, "--rejects", str(rejects), "--warnings", str(warnings))[0] == 3
    assert rejects.read_text(encoding="utf-8-sig").startswith("nama;telepon;")
    header, only = warnings.read_text(encoding="utf-8-sig").splitlines()
    assert header == "baris;kolom;peringatan;usulan"
    assert only.startswith("2;nik;Angka ke-7 sampai ke-12 NIK (991390)")
    assert warnings.stat().st_mode & 0o777 == 0o600


def test_warnings_are_told_by_kind(path: Path) -> None:
    odd = [
        {**SITI, "nama": name, "nik": nik}
        for name, nik in (
            ("Ani", "3171049913900003"),
            ("Budi", "9999994101850002"),
            ("Cici", "3171049913900004"),
        )
    ]
    path.write_bytes(file_of(SITI, *odd).getvalue())
    code, out, _err = run(path, "--dry-run")
    assert code == 0
    assert "3 baris diterima dengan peringatan" in out
    assert "  2 kali, nik: Angka ke-… sampai ke-… NIK (…) bukan tanggal lahir." in out
    answer = json.loads(run(path, "--json")[1])
    assert answer["warned"] == 3
    assert [(one["column"], one["rows"]) for one in answer["warnings"]] == [("nik", 2), ("nik", 1)]


def test_of_hundreds_of_columns_that_are_not_read_the_first_twelve_are_told(path: Path) -> None:
    path.write_bytes(file_of({**SITI, **{f"Kolom {number:03d}": "x" for number in range(497)}}).getvalue())
    code, _out, err = run(path)
    assert code == 0
    assert "“Kolom 011” dan 485 lainnya" in err
    assert "Kolom 012" not in err


def test_without_a_rejects_file_the_refusals_are_told(path: Path) -> None:
    path.write_bytes(file_of(SITI, WRONG).getvalue())
    assert "Baris 3, telepon: " in run(path)[2]


def test_columns_that_are_not_read_are_told_and_the_others_are_taken(path: Path) -> None:
    path.write_bytes(file_of({**SITI, "Golongan Darah": "O", "P2": "sudah"}).getvalue())
    code, out, err = run(path, "--json")
    assert (code, json.loads(out)["new"]) == (0, 1)
    assert "“Golongan Darah”, “P2”" in err


def test_columns_that_are_all_read_need_no_word(path: Path) -> None:
    path.write_bytes(file_of(SITI).getvalue())
    assert run(path)[2] == ""


def test_a_dry_run_leaves_nothing(path: Path) -> None:
    path.write_bytes(file_of(SITI, WRONG).getvalue())
    before = snapshot()
    code, out, _err = run(path, "--dry-run", "--json")
    assert (code, json.loads(out)["new"], json.loads(out)["dry_run"]) == (3, 1, True)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n1,2\n", "judul"),
        (b"nama,alamat\nSiti,Jl\n", "telepon atau nik"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(path: Path, content: bytes, said: str) -> None:
    path.write_bytes(content)
    with pytest.raises(DomainError) as refusal:
        run(path)
    assert said in refusal.value.sentence


def test_a_missing_file_and_a_folder_that_is_not_there_are_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="tidak ada"):
        run(path)
    path.write_bytes(file_of(SITI).getvalue())
    with pytest.raises(DomainError, match="foldernya tidak ada"):
        run(path, "--rejects", str(tmp_path / "tidak" / "ada.csv"))
    assert not Member.objects.exists()


def test_an_officer_imports_within_her_reach_and_under_her_name(path: Path) -> None:
    system = Actor.system("test")
    user = create_user(system, NewUser(name="Ani", email="ani@okoce.test"))
    grant_role(system, user, "petugas_kecamatan", Anchors(region="31.71.04"))
    path.write_bytes(file_of(SITI, {**SITI, **COBLONG, "nama": "Budi"}).getvalue())
    assert run(path, "--as", "ani@okoce.test")[0] == 3
    assert Event.objects.get(kind="registration.member_imported").author_user_id == user.pk


def test_somebody_who_may_not_import_is_told_so(path: Path) -> None:
    system = Actor.system("test")
    user = create_user(system, NewUser(name="Dewi", email="dewi@okoce.test"))
    grant_role(system, user, "auditor", Anchors())
    path.write_bytes(file_of(SITI).getvalue())
    with pytest.raises(NotAllowed):
        run(path, "--as", "dewi@okoce.test")
    with pytest.raises(DomainError, match="Tidak ada akun"):
        run(path, "--as", "entah@okoce.test")
    assert not Member.objects.exists()
