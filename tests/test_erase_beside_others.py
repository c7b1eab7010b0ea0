"""Erasing beside what others do at the same time: nobody is kept waiting, nobody comes back, nobody else is erased."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.models import Application
from okoce.community.groups.tests.founders import application
from okoce.community.members.actions.corrections import correct_own_contact
from okoce.community.members.models import Member
from okoce.community.members.names import ERASED_NAME
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy import erasing
from okoce.community.privacy.actions.erasures import ask_own_erasure, ask_written_erasure
from okoce.community.privacy.actions.nik import unmask_nik
from okoce.community.privacy.actions.requests import answer_data_request, ask_about_own_data
from okoce.community.privacy.models import DataRequest, ErasureRequest, Look
from okoce.dashboards.models import Export
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.dashboards.states import ExportState
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.accounts.sign_in import sign_in_member
from okoce.foundation.events.models import SubjectKey
from okoce.foundation.shared.errors import Conflict, NotFound, Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.tests.factories import registered
from okoce.stages.p1_registration import personal as registration
from okoce.stages.p1_registration.applications.actions import Beginning, save_block, start_draft, verify_phone
from okoce.stages.p1_registration.imports import purging
from okoce.stages.p1_registration.imports.actions import start_import, upload_members_file
from okoce.stages.p1_registration.models import Import, RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SYSTEM, account_of

pytestmark = pytest.mark.django_db
NAME, PHONE, NIK = "Rukmini Wulandari", "081234567890", "3171044107900001"
E164 = "+6281234567890"
WHY = "Mencocokkan SKU dengan kantor PTSP"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def rukmini(db: None) -> Member:
    return registered(name=NAME, phone=PHONE, nik=NIK)


def due(*people: Member) -> None:
    """They asked to be erased, and their days are over."""
    for member in people:
        ask_own_erasure(herself(member), member)
    ErasureRequest.objects.update(not_before=timezone.now() - timedelta(minutes=1))


def is_erased(member: Member) -> bool:
    return Member.objects.get(pk=member.pk).name == ERASED_NAME


def test_what_goes_wrong_with_one_keeps_nobody_else_waiting(
    rukmini: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    wati = registered(name="Wati")
    due(rukmini, wati)
    carry_out = erasing.carry_out_erasure

    def carried_out(actor: Actor, request: ErasureRequest) -> bool:
        if request.member_id == rukmini.pk:
            raise RuntimeError("the disk is full")
        return carry_out(actor, request)

    monkeypatch.setattr(erasing, "carry_out_erasure", carried_out)
    with pytest.raises(RuntimeError):
        erasing.carry_out_due()
    assert (is_erased(rukmini), is_erased(wati)) == (False, True)


def test_a_list_that_is_being_made_is_waited_for(rukmini: Member, citra: Actor) -> None:
    export = ask_export(actor_for_user(account_of(citra)), "", "csv", "semua", "Undangan pelatihan")
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.RUNNING
    )  # its first rows are not written yet
    due(rukmini)
    assert erasing.carry_out_due() == 0
    assert not is_erased(rukmini)
    Export.objects.filter(pk=export.pk).update(state=ExportState.WAITING)
    assert erasing.carry_out_due() == 1


@pytest.mark.parametrize(
    ("file_name", "kept"),
    [("rukmini_wulandari.csv", "….csv"), ("0812-3456-7890.csv", "….csv"), ("mei.csv", "mei.csv")],
)
def test_a_file_is_no_longer_called_by_her(rukmini: Member, file_name: str, kept: str) -> None:
    upload_members_file(SYSTEM, [b"nama;telepon;kode_wilayah\nAsep;081299990000;32.73.02\n"], file_name)
    Import.objects.update(purged_at=timezone.now())  # only its name is left
    due(rukmini)
    assert erasing.carry_out_due() == 1
    assert Import.objects.get().file_name == kept


def test_files_that_a_killed_worker_left_are_thrown_away_later(
    rukmini: Member, citra: Actor, media: Path
) -> None:
    text = f"nama;telepon;kode_wilayah\n{NAME};{PHONE};31.71.04\n"
    upload_members_file(SYSTEM, [text.encode()], "a.csv")
    exporting.make(ask_export(actor_for_user(account_of(citra)), "", "csv", "semua", "Undangan pelatihan").pk)
    due(rukmini)
    assert (
        erasing.carry_out_due() == 1
    )  # the transaction of the test never ends: as if killed before the files went
    assert len([path for path in media.rglob("*") if path.is_file()]) == 2
    purging.purge_old_files()
    exporting.purge_old_files()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_an_import_that_begins_while_its_file_is_read_is_waited_for(
    rukmini: Member, citra: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"nama;telepon;kode_wilayah\n{NAME};{PHONE};31.71.04\n"
    work = upload_members_file(SYSTEM, [text.encode()], "a.csv")
    named = registration.is_named_in_file

    def meanwhile(*asked: Any) -> bool:
        start_import(SYSTEM, work.pk)
        return named(*asked)

    monkeypatch.setattr(registration, "is_named_in_file", meanwhile)
    due(rukmini)
    assert erasing.carry_out_due() == 0
    assert Import.objects.get(pk=work.pk).purged_at is None
    assert not is_erased(rukmini)


def test_a_nik_is_not_shown_nor_a_key_made_for_whom_was_erased_a_moment_ago(
    rukmini: Member, citra: Actor
) -> None:
    seen = Member.objects.get(pk=rukmini.pk)
    due(rukmini)
    assert erasing.carry_out_due() == 1
    with pytest.raises(Refused):
        unmask_nik(citra, seen, WHY)
    assert not Look.objects.exists()
    assert not SubjectKey.objects.filter(subject_type="members.member", subject_id=rukmini.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_whoever_signs_in_while_she_is_erased_gets_no_account() -> None:
    rukmini = registered(name=NAME, phone=PHONE)
    caught: list[object] = []

    def sign_in() -> None:
        try:
            sign_in_member(HttpRequest(), rukmini.pk)
        except Exception as problem:
            caught.append(problem)
        finally:
            connection.close()

    signing_in = threading.Thread(target=sign_in)
    with transaction.atomic():
        Member.objects.locked(rukmini.pk)
        signing_in.start()
        signing_in.join(timeout=2)
        Member.objects.filter(pk=rukmini.pk).update(name=ERASED_NAME, phone=None, erased_at=timezone.now())
    signing_in.join(timeout=20)
    assert [type(problem) for problem in caught] == [NotFound]
    assert not User.objects.filter(member_id=rukmini.pk).exists()


def test_nobody_is_merged_with_whom_waits_to_be_erased(rukmini: Member, citra: Actor) -> None:
    wati = registered(name="Wati")
    due(rukmini)
    for keep, absorb in ((wati, rukmini), (rukmini, wati)):
        with pytest.raises(Conflict, match="menunggu dihapus"):
            merge_members(citra, keep, absorb)
    assert erasing.carry_out_due() == 1
    assert not is_erased(wati)


def test_what_was_asked_under_a_record_that_was_merged_is_answered_to_her_and_not_by_her(
    rukmini: Member, citra: Actor
) -> None:
    older = registered(name=NAME, phone="081234567999")
    asked = ask_about_own_data(herself(older), older, "other", "Mengapa dua kali?")
    merge_members(citra, rukmini, older)
    [one] = DataRequest.objects.select_related("member")
    phone = Client()
    phone.force_login(account_of(herself(rukmini)))
    assert "Mengapa dua kali?" in drawn(phone.get("/saya/data/permintaan"))
    own_officer = Actor(citra.label, citra.user_id, (*citra.grants, *herself(rukmini).grants))
    with pytest.raises(Refused):
        answer_data_request(own_officer, one, "Sudah digabung")
    answer_data_request(citra, asked, "Sudah digabung")
    assert "Sudah digabung" in drawn(phone.get("/saya/data/permintaan"))


@pytest.mark.parametrize("written", ["RUKMINI  WULANDARI", "Ibu Rukmini Wulandari", ""])
def test_her_draft_goes_however_her_name_is_spelt_there(rukmini: Member, written: str) -> None:
    draft = start_draft(SYSTEM, Beginning(phone=E164))
    verify_phone(SYSTEM, draft.id, E164)
    if written:
        save_block(SYSTEM, draft.id, DraftStep.PERSON, {"name": written, "birth_on": "1990-07-01"})
    due(rukmini)
    assert erasing.carry_out_due() == 1
    assert not RegistrationDraft.objects.exists()


def test_she_is_forgotten_also_under_the_number_that_she_had_before(rukmini: Member) -> None:
    apply_group(FOUNDER, application(founder_name=NAME, founder_phone=E164))
    correct_own_contact(herself(rukmini), rukmini, phone="+6281277776666")
    due(rukmini)
    assert erasing.carry_out_due() == 1
    assert Application.objects.get().founder_name == ERASED_NAME


def test_her_first_page_tells_of_a_letter_that_she_may_not_have_written(
    rukmini: Member, citra: Actor
) -> None:
    ask_written_erasure(citra, rukmini, "Surat 12/2026")
    phone = Client()
    phone.force_login(account_of(herself(rukmini)))
    text = drawn(phone.get("/saya"))
    assert "Permintaan Anda menunggu" in text
    phone.post("/saya/data/hapus/batal")
    assert "Permintaan Anda menunggu" not in drawn(phone.get("/saya"))
