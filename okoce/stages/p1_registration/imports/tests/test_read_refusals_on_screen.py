"""What was refused is read on the page of the import, and comes back as the spreadsheet of its sender opens it."""

import pytest
from django.test import Client

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.refusals import kind_of_reason
from okoce.stages.p1_registration.models import Import
from tests.pages import page
from tests.query_counts import statements

pytestmark = pytest.mark.django_db
HEADER = "nama;telepon;kode_wilayah;tanggal_daftar\n"


def checked(user: User, rows: int) -> Import:
    actor = actor_for_user(user)
    lines = [f"Joko;{12 + row};31.71.04;2018-05-01\n" for row in range(rows)]
    text = HEADER + "".join(lines) + "Budi;0812345678;31.71.04;2099-01-01\n"
    work = actions.upload_members_file(actor, [text.encode()], "anggota.csv")
    actions.check_import(actor, work.pk)
    runs.check(work.pk)
    return work


def test_the_file_of_refused_rows_keeps_the_delimiter_that_came_in(user: User) -> None:
    path = queries.rejects_path(actor_for_user(user), checked(user, 1).pk)
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "nama;telepon;kode_wilayah;tanggal_daftar;baris;kolom;alasan;usulan"
    assert text.splitlines()[1].startswith("Joko;12;31.71.04;2018-05-01;2;telepon;")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_page_shows_the_first_refused_rows_and_counts_each_reason(client: Client, user: User) -> None:
    work = checked(user, 30)
    client.force_login(user)
    shown = page(client.get(f"/impor/{work.pk}"))
    section = shown.select_one("section[aria-labelledby=h-refused]")
    assert section is not None
    reasons, rows = section.select("table")
    assert [row.select("td, th")[-1].text.strip() for row in reasons.select("tbody tr")] == ["30", "1"]
    listed = rows.select("tbody tr")
    assert len(listed) == 20
    line, column, reason, _cure = [cell.text.strip() for cell in listed[0].select("th, td")]
    assert (line, column) == ("2", "telepon")
    assert "bukan nomor telepon" in reason


def test_thirty_refused_rows_cost_as_many_queries_as_three(client: Client, user: User) -> None:
    few, many = checked(user, 3), checked(user, 30)
    client.force_login(user)
    client.get(f"/impor/{few.pk}")
    counts = [len(statements(lambda work=work: client.get(f"/impor/{work.pk}"))) for work in (few, many)]
    assert counts[0] == counts[1]


def test_the_last_look_at_its_progress_brings_the_whole_page(client: Client, user: User) -> None:
    actor = actor_for_user(user)
    work = actions.upload_members_file(actor, [(HEADER + "Joko;12;31.71.04;2018-05-01\n").encode()], "a.csv")
    actions.check_import(actor, work.pk)
    client.force_login(user)
    look = {"HTTP_HX_REQUEST": "true"}
    assert "HX-Refresh" not in client.get(f"/impor/{work.pk}", **look).headers
    runs.check(work.pk)
    assert client.get(f"/impor/{work.pk}", **look).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (
            "“12” bukan nomor telepon yang berlaku (2 angka).",
            "“…” bukan nomor telepon yang berlaku (… angka).",
        ),
        ("Tanggal 01-01-2099 belum terjadi.", "Tanggal … belum terjadi."),
        ("P3 tertanggal 10 Maret 2018, padahal P2 baru.", "P3 tertanggal …, padahal P2 baru."),
    ],
)
def test_a_reason_is_of_one_kind_whatever_it_quotes(reason: str, kind: str) -> None:
    assert kind_of_reason(reason) == kind
