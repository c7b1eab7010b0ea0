"""Imports asked for on the web: whose they are, asked once, stopped, gone on with, thrown away."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.members.tests.together import together
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import Anchors, NewUser, create_user, grant_role
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.errors import NotAllowed, NotFound, Refused
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.imports.purging import purge_old_files
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState

pytestmark = pytest.mark.django_db

HEADER = b"nama,telepon,kode_wilayah,tanggal_daftar\n"
GOOD = b"Siti,08901111000%d,31.71.04,2018-05-01\n"
BAD = b"Joko,12,31.71.04,2018-05-01\n"


def officer(name: str, role: str = "petugas_kecamatan", region: str = "31.71.04") -> tuple[User, Actor]:
    system = Actor.system("test")
    user = create_user(system, NewUser(name=name, email=f"{name}@okoce.test", password="kata-sandi-panjang"))
    grant_role(system, user, role, Anchors(region=region))
    return user, actor_for_user(user)


def uploaded(actor: Actor, content: bytes = HEADER + GOOD % 1 + BAD) -> Import:
    return actions.upload_members_file(actor, [content], "anggota.csv")


def test_an_upload_is_kept_for_its_owner_alone_and_its_columns_can_be_looked_at() -> None:
    _user, ani = officer("ani")
    _other, budi = officer("budi", region="32.73.02")
    work = uploaded(ani)
    assert UPLOADS.path_of(work.stored_as).stat().st_mode & 0o777 == 0o600
    assert [column.target for column in queries.columns_of(ani, work.pk).previews] == [
        "nama",
        "telepon",
        "kode_wilayah",
        "tanggal_daftar",
    ]
    for ask in (queries.import_for, queries.columns_of, actions.start_import, actions.cancel_import):
        with pytest.raises(NotFound):
            ask(budi, work.pk)
    work.refresh_from_db()
    assert work.state == ImportState.UPLOADED


def test_a_file_that_cannot_be_used_leaves_nothing_behind() -> None:
    _user, ani = officer("ani")
    with pytest.raises(Refused):
        uploaded(ani, b"%PDF-1.7 ...")
    assert not Import.objects.exists()
    assert list(UPLOADS.folder().iterdir()) == []


def test_the_secretariat_and_the_auditor_see_every_import_and_the_auditor_may_ask_for_none() -> None:
    _user, ani = officer("ani")
    _user, citra = officer("citra", "sekretariat", "")
    _user, dewi = officer("dewi", "auditor", "")
    work = uploaded(ani)
    assert queries.import_for(citra, work.pk).pk == work.pk
    assert [one.pk for one in queries.imports_in(dewi)] == [work.pk]
    with pytest.raises(NotAllowed):
        uploaded(dewi)
    for deed in (actions.check_import, actions.start_import, actions.cancel_import):
        with pytest.raises(NotAllowed):
            deed(dewi, work.pk)
    work.refresh_from_db()
    assert work.state == ImportState.UPLOADED


def test_a_dry_run_counts_and_keeps_nothing_then_the_import_takes_the_same_rows() -> None:
    _user, ani = officer("ani")
    work = uploaded(ani)
    actions.check_import(ani, work.pk)
    runs.check(work.pk)
    work.refresh_from_db()
    assert (work.state, work.rows, work.new, work.refused) == (ImportState.CHECKED, 2, 1, 1)
    assert not Member.objects.exists()
    actions.start_import(ani, work.pk)
    assert actions.start_import(ani, work.pk).pk == work.pk  # a double click
    runs.run(work.pk)
    runs.run(work.pk)  # the job a second time
    work.refresh_from_db()
    assert (work.state, work.rows, work.new, work.refused) == (ImportState.DONE, 2, 1, 1)
    assert Member.objects.count() == 1
    assert b"Joko" in queries.rejects_path(ani, work.pk).read_bytes()


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_import_do_it_once() -> None:
    _user, ani = officer("ani")
    work = uploaded(ani, HEADER + b"".join(GOOD % number for number in range(50)) + BAD)
    actions.start_import(ani, work.pk)
    assert True in (answers := together(3, lambda _place: runs.run(work.pk)))
    assert set(answers) <= {True, False}
    work.refresh_from_db()
    assert (work.state, work.rows, work.new, work.known, work.refused) == (ImportState.DONE, 51, 50, 0, 1)
    assert queries.rejects_path(ani, work.pk).read_text(encoding="utf-8-sig").count("Joko") == 1


def test_rows_outside_the_officers_territory_are_refused() -> None:
    _user, budi = officer("budi", region="32.73.02")
    work = uploaded(budi)
    actions.start_import(budi, work.pk)
    runs.run(work.pk)
    work.refresh_from_db()
    assert (work.new, work.refused) == (0, 2)
    assert not Member.objects.exists()


def test_a_stopped_import_stays_stopped() -> None:
    _user, ani = officer("ani")
    work = uploaded(ani)
    actions.start_import(ani, work.pk)
    actions.cancel_import(ani, work.pk)
    runs.run(work.pk)
    work.refresh_from_db()
    assert work.state == ImportState.CANCELLED
    waiting = uploaded(ani, HEADER + GOOD % 2)
    assert actions.cancel_import(ani, waiting.pk).state == ImportState.CANCELLED


def test_somebody_who_lost_the_right_imports_nothing() -> None:
    user, ani = officer("ani")
    work = uploaded(ani)
    actions.start_import(ani, work.pk)
    User.objects.filter(pk=user.pk).update(is_active=False)
    runs.run(work.pk)
    work.refresh_from_db()
    assert work.state == ImportState.FAILED
    assert work.error
    assert not Member.objects.exists()


def test_files_are_thrown_away_after_thirty_days_and_the_counts_stay() -> None:
    _user, ani = officer("ani")
    work = uploaded(ani)
    actions.start_import(ani, work.pk)
    runs.run(work.pk)
    assert purge_old_files() == 0
    Import.objects.filter(pk=work.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert purge_old_files() == 1
    work.refresh_from_db()
    assert not UPLOADS.path_of(work.stored_as).exists()
    assert work.new == 1
    for path in (queries.rejects_path, queries.warnings_path):
        with pytest.raises(NotFound):
            path(ani, work.pk)
    assert list(UPLOADS.folder().iterdir()) == []


def test_the_pages_work_without_script(client: Client) -> None:
    user, _ani = officer("ani")
    client.force_login(user)
    answer = client.post("/impor", {"file": SimpleUploadedFile("anggota.csv", HEADER + GOOD % 1)})
    work = Import.objects.get()
    assert answer.url == f"/impor/{work.pk}"
    assert "Begini kolomnya dibaca" in client.get(answer.url).text
    client.post(f"/impor/{work.pk}/mulai")
    assert "Sedang diimpor" in client.get(answer.url).text
    runs.run(work.pk)
    assert "Selesai" in client.get(answer.url).text
    refused = client.post("/impor", {})
    assert refused.status_code == 422
    assert "Pilih berkas" in refused.text


def test_columns_that_nobody_reads_are_named_before_and_after(client: Client) -> None:
    user, ani = officer("ani")
    client.force_login(user)
    header, row = HEADER.replace(b"nama,", b"nama,Ukuran Sepatu,"), (GOOD % 1).replace(b"Siti,", b"Siti,39,")
    work = uploaded(ani, header + row)
    told = "Kolom yang tidak dikenal dan tidak dibaca: “Ukuran Sepatu”."
    assert told in client.get(f"/impor/{work.pk}").text
    actions.start_import(ani, work.pk)
    runs.run(work.pk)
    assert told in client.get(f"/impor/{work.pk}").text
    UPLOADS.forget(work.stored_as)
    assert client.get(f"/impor/{work.pk}").status_code == 200
    assert told not in client.get(f"/impor/{uploaded(ani).pk}").text
