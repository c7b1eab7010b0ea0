"""The auditor reads what others work on, and does none of it: queues, imports, files taken along, finances."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.community.members.models import DuplicateCandidate, Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy.actions.requests import ask_about_own_data
from okoce.community.privacy.models import DataRequest, Look
from okoce.dashboards.own.tests.conftest import herself
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.shared.errors import NotFound
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.models import Evidence
from okoce.pipeline.queries.duplicates import duplicates_waiting
from okoce.pipeline.queries.waiting import evidence_waiting
from okoce.pipeline.tests.factories import proof, registered
from okoce.stages.p1_registration.imports import actions, queries, runs
from okoce.stages.p1_registration.models import Import
from okoce.stages.p1_registration.states import ImportState
from tests.cast import COBLONG, SENEN, account_of, officer
from tests.pages import page, posts, words
from tests.reviews import suspected

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
NIK = "3171044107900001"
HEADER = "nama;telepon;nik;catatan;kode_wilayah;tanggal_daftar\n"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def claimed(region: str, name: str) -> Evidence:
    """Evidence of somebody that waits to be checked."""
    trainer = officer("x", "petugas_ptsp", Scope(region=region), 77)
    return give_evidence(trainer, registered(name=name, region=region), proof(2, date(2018, 2, 1)))


def checked(actor: Actor) -> Import:
    """An import with one row that is refused, in which a NIK stands twice: in its column and in a note."""
    row = f"Joko;12;{NIK};KTP 3171 0441 0790 0001;31.71.04;2018-05-01\nSari;13;317104410790;;31.71.04;2018-05-01\n"
    author = actor_for_user(account_of(actor))
    work = actions.upload_members_file(author, [(HEADER + row).encode()], "anggota.csv")
    actions.check_import(author, work.pk)
    runs.check(work.pk)
    work.refresh_from_db()
    assert work.refused == 2
    return work


def downloaded(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file


def test_she_reads_all_evidence_that_waits_and_checks_none(desk: Desk, dewi: Actor) -> None:
    near, far = claimed(SENEN, "Siti"), claimed(COBLONG, "Asep")
    assert [proof.pk for proof in evidence_waiting(dewi).evidence] == [near.pk, far.pk]
    client = desk(dewi)
    shown = client.get("/bukti")
    assert "Siti" in words(page(shown))
    assert posts(shown) == []
    assert client.post(f"/bukti/{near.pk}/periksa").status_code == 403
    near.refresh_from_db()
    assert near.state == "claimed"


def test_a_grant_that_reads_adds_nothing_to_what_the_other_one_checks(desk: Desk) -> None:
    near, far = claimed(SENEN, "Siti"), claimed(COBLONG, "Asep")
    both = Actor(
        "user:9",
        user_id=9,
        grants=(Grant("petugas_kecamatan", Scope(region=SENEN)), Grant("auditor", EVERYWHERE)),
    )
    listed = evidence_waiting(both)
    assert [proof.pk for proof in listed.evidence] == [near.pk, far.pk]
    assert listed.verifiable == {near.pk}
    assert len(posts(desk(both).get("/bukti"))) == 1


def test_who_hands_in_and_checks_nothing_sees_no_more_than_before() -> None:
    claimed(SENEN, "Siti")
    helper = officer("x", "petugas_ptsp", Scope(region=SENEN), 78)  # checks P4 alone
    assert evidence_waiting(helper).evidence == []


def test_she_reads_every_import_with_no_nik_in_full(desk: Desk, ani: Actor, dewi: Actor) -> None:
    work = checked(ani)
    client = desk(dewi)
    listed = client.get("/impor")
    assert "anggota.csv" in words(page(listed))
    assert posts(listed) == []
    shown = client.get(f"/impor/{work.pk}")
    assert posts(shown) == []
    text = words(page(shown).main)
    assert NIK not in text.replace(" ", "")
    file = downloaded(client, f"/impor/{work.pk}/ditolak")
    assert NIK not in file.replace(" ", "")
    assert "317104410790" not in file
    assert "3171••••••••0001" in file
    assert file.count("Joko") == 1


def test_who_imported_it_gets_the_rows_as_they_came(desk: Desk, ani: Actor) -> None:
    work = checked(ani)
    client = Client()
    client.force_login(account_of(officer("citra", "sekretariat", EVERYWHERE, 3)))
    assert NIK in downloaded(client, f"/impor/{work.pk}/ditolak")


def test_nothing_of_an_import_is_carried_on_by_a_grant_that_reads(ani: Actor) -> None:
    """Also not by somebody who may import elsewhere: a deed that is given a number asks for the row by its own right."""
    work = checked(ani)
    both = Actor(
        "user:9",
        user_id=9,
        grants=(Grant("petugas_kecamatan", Scope(region=COBLONG)), Grant("auditor", EVERYWHERE)),
    )
    assert queries.import_for(both, work.pk).pk == work.pk
    for deed in (actions.check_import, actions.start_import, actions.cancel_import):
        with pytest.raises(NotFound):
            deed(both, work.pk)
    work.refresh_from_db()
    assert work.state == ImportState.CHECKED


def test_she_reads_the_queue_of_duplicates_her_looks_are_noted_and_nothing_waits_for_her(
    desk: Desk, citra: Actor, dewi: Actor
) -> None:
    siti = registered(name="Siti")
    suspected(siti)
    candidate = DuplicateCandidate.objects.get(first=siti, second__isnull=False)
    assert duplicates_waiting(citra).count() == 2
    assert not duplicates_waiting(dewi).exists()
    client = desk(dewi)
    assert page(client.get("/ganda")).select(f"main a[href='/ganda/{candidate.pk}']")
    shown = client.get(f"/ganda/{candidate.pk}")
    assert posts(shown) == []
    assert Look.objects.filter(member_id=candidate.first_id, role="auditor", page="duplicate").exists()
    for deed in ("gabung", "berbeda", "selesai"):
        assert client.post(f"/ganda/{candidate.pk}/{deed}").status_code == 403
    candidate.refresh_from_db()
    assert candidate.state == "open"


def test_she_sees_finances_and_the_member_reads_that_she_looked(desk: Desk, dewi: Actor) -> None:
    siti = registered(name="Siti", business_monthly_turnover=4_250_000)
    assert "4.250.000" in words(page(desk(dewi).get(f"/anggota/{siti.number}")))
    assert Look.objects.filter(member=siti, role="auditor", page="person").exists()


def test_a_nik_in_full_a_file_and_an_emergency_are_deeds_and_not_hers(desk: Desk, dewi: Actor) -> None:
    siti = registered(name="Siti", nik=NIK)
    client = desk(dewi)
    for address in (f"/anggota/{siti.number}/nik", "/akses-darurat"):
        assert client.get(address).status_code == 403
    assert client.post("/anggota/unduh", {"berkas": "csv", "alasan": "Audit tahunan"}).status_code == 403
    listed = page(client.get("/unduhan"))
    assert listed.select("main a[href='/data-pribadi/unduhan']")
    assert client.get("/data-pribadi/unduhan").status_code == 200


def test_she_reads_what_members_asked_about_their_data_and_answers_nothing(desk: Desk, dewi: Actor) -> None:
    siti: Member = registered(name="Siti")
    ask_about_own_data(herself(siti), siti, "access", "Minta salinan data saya")
    asked = DataRequest.objects.get()
    client = desk(dewi)
    assert "Siti" in words(page(client.get("/data-pribadi")))
    shown = client.get(f"/data-pribadi/permintaan/{asked.pk}")
    assert "Minta salinan data saya" in words(page(shown))
    assert posts(shown) == []
    assert not page(shown).select("main form")
    assert client.post(f"/data-pribadi/permintaan/{asked.pk}", {"answer": "Ini"}).status_code == 403
    assert client.post(f"/data-pribadi/permintaan/{asked.pk}/ambil").status_code == 403
    asked.refresh_from_db()
    assert (asked.answered_at, asked.taken_by) == (None, None)
