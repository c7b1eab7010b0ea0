"""What is worth a look in rows that were taken is listed on the page of the import, and comes as a file."""

import io
from pathlib import Path

import pytest
from django.test import Client

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.errors import NotFound
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.reading import open_table
from okoce.stages.p1_registration.imports.refusals import RowWarning
from okoce.stages.p1_registration.imports.rejected import WarningsFile
from okoce.stages.p1_registration.models import Import
from tests.cast import SENEN
from tests.pages import page
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
HEADER = "Nama;No. KTP;Tgl Lahir;kode_wilayah;tanggal_daftar\n"


def officer(name: str) -> User:
    system = Actor.system("test")
    made = create_user(system, NewUser(name=name, email=f"{name}@okoce.test", password="kata-sandi-panjang"))
    grant_role(system, made, "petugas_kecamatan", Anchors(region=SENEN))
    return made


def imported(user: User, odd: int) -> Import:
    """As many rows whose NIK has no birth date, one of an unknown region, one in order, one refused."""
    actor = actor_for_user(user)
    lines = [f"Joko;31710499139{row:05d};;31.71.04;2018-05-01\n" for row in range(1, odd + 1)]
    lines += ["Siti;9999994101850002;01-01-1985;31.71.04;2018-05-01\n"]
    lines += ["Ani;3171044101850003;01-01-1985;31.71.04;2018-05-01\n", "Budi;123;;31.71.04;2018-05-01\n"]
    work = actions.upload_members_file(actor, [(HEADER + "".join(lines)).encode()], "anggota.csv")
    actions.start_import(actor, work.pk)
    runs.run(work.pk)
    work.refresh_from_db()
    return work


def test_every_warning_stands_in_a_file_for_whoever_imported_it_alone() -> None:
    ani, budi = officer("ani"), officer("budi")
    work = imported(ani, 2)
    assert (work.new, work.refused, work.warned) == (4, 1, 3)
    path = queries.warnings_path(actor_for_user(ani), work.pk)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "baris;kolom;peringatan;usulan"
    assert [line.split(";")[:2] for line in lines[1:]] == [
        ["2", "No. KTP"],
        ["3", "No. KTP"],
        ["4", "No. KTP"],
    ]
    assert path.stat().st_size == work.warnings_size
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotFound):
        queries.warnings_path(actor_for_user(budi), work.pk)
    assert Member.objects.filter(nik_masked__startswith="9999").exists()


def test_the_page_lists_the_first_warnings_and_counts_each_kind(client: Client) -> None:
    ani = officer("ani")
    work = imported(ani, 30)
    client.force_login(ani)
    section = page(client.get(f"/impor/{work.pk}")).select_one("section[aria-labelledby=h-warned]")
    assert section is not None
    kinds, rows = section.select("table")
    assert [row.select("td, th")[-1].text.strip() for row in kinds.select("tbody tr")] == ["30", "1"]
    listed = rows.select("tbody tr")
    assert len(listed) == 20
    line, column, reason, cure = [cell.text.strip() for cell in listed[0].select("th, td")]
    assert (line, column) == ("2", "No. KTP")
    assert "bukan tanggal lahir" in reason
    assert "KTP" in cure
    assert client.get(f"/impor/{work.pk}/peringatan").getvalue().count(b"\r\n") == 32


def test_thirty_warnings_cost_as_many_queries_as_three(client: Client) -> None:
    ani = officer("ani")
    works = imported(ani, 3), imported(ani, 30)
    client.force_login(ani)
    client.get(f"/impor/{works[0].pk}")
    counts = [len(statements(lambda work=work: client.get(f"/impor/{work.pk}"))) for work in works]
    assert counts[0] == counts[1]


def test_an_import_without_warnings_has_no_list_and_no_button(client: Client) -> None:
    ani = officer("ani")
    actor = actor_for_user(ani)
    text = HEADER + "Ani;3171044101850003;01-01-1985;31.71.04;2018-05-01\n"
    work = actions.upload_members_file(actor, [text.encode()], "anggota.csv")
    actions.start_import(actor, work.pk)
    runs.run(work.pk)
    client.force_login(ani)
    shown = client.get(f"/impor/{work.pk}").text
    assert "perlu dilihat lagi" not in shown
    assert f"/impor/{work.pk}/peringatan" not in shown


def test_an_import_that_goes_on_repeats_no_warning_that_was_taken_back(tmp_path: Path) -> None:
    table = open_table(io.BytesIO(b"nama;telepon;kecamatan\n"), "anggota.csv")
    warned = [(2, [RowWarning("nama", "Aneh.", "Lihat lagi.")])]
    path = tmp_path / "peringatan.csv"
    with WarningsFile(path, table) as before:
        before.append(warned)
        committed = before.size
        before.append(warned)
    with WarningsFile(path, table, size=committed) as again:
        again.append([(3, [RowWarning("telepon", "=rumus", "")])])
        again.append(warned)
        again.cut_back(again.size - len(b"2;nama;Aneh.;Lihat lagi.\r\n"))
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "baris;kolom;peringatan;usulan",
        "2;nama;Aneh.;Lihat lagi.",
        "3;telepon;'=rumus;",
    ]
