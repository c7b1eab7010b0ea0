"""Whoever is erased stands nowhere any more, and counts in every past day as before."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from pytest_django import Settings

from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.groups.tests.founders import application
from okoce.community.members.actions.cards import issue_card
from okoce.community.members.actions.consents import Guardian, note_guardian
from okoce.community.members.actions.corrections import correct_own_contact
from okoce.community.members.actions.residences import Home, move_own_home
from okoce.community.members.models import Card, Consent, Helper, Member
from okoce.community.members.names import ERASED_NAME
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy.actions.erasures import (
    ask_own_erasure,
    ask_written_erasure,
    carry_out_erasure,
    withdraw_own_erasure,
)
from okoce.community.privacy.actions.looks import Sight, note_look
from okoce.community.privacy.actions.nik import unmask_nik
from okoce.community.privacy.actions.requests import ask_about_own_data
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import ErasureRequest, Look
from okoce.community.privacy.states import LookedAt
from okoce.dashboards.models import Export
from okoce.dashboards.own.tests.conftest import herself
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.demo.models import DemoMessage
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.models import SignInCode, User
from okoce.foundation.accounts.people import Person as Known
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.api.idempotency import PURPOSE
from okoce.foundation.api.models import IdempotentAnswer
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.events.queries import history_of
from okoce.foundation.personal import registry
from okoce.foundation.shared.errors import Conflict, NotFound
from okoce.foundation.shared.keys import decrypt
from okoce.pipeline import tallies
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.position_models import Position
from okoce.pipeline.recount import recount
from okoce.pipeline.tests.factories import completed, proof, registered
from okoce.stages.p1_registration.applications.actions import Beginning, save_block, start_draft, verify_phone
from okoce.stages.p1_registration.imports.actions import upload_members_file
from okoce.stages.p1_registration.imports.storage import UPLOADS
from okoce.stages.p1_registration.models import DeskSubmission, Import, RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep, ImportState
from tests.callers import anis_program, citras_program, person
from tests.cast import SENEN, SYSTEM, account_of
from tests.dumps import tables_that_hold

pytestmark = pytest.mark.django_db
NAME, PHONE, NIK, EMAIL = "Rukmini Wulandari", "081234567890", "3171044107900001", "rukmini.w@contoh.id"
TRACES = (
    NAME,
    "rukmini",
    "1234567890",
    "1234-567-890",
    "234-5678-90",
    NIK,
    EMAIL,
    "Jl. Kwitang 77",
    "Kue Rukmini",
)
PAPERS = ("9120001234567", "012345678901000", "IUMK-77/2018", "Guru Sekolah Minggu", "Ibu Sulastri")
LATER = date(2026, 1, 1)
Desk = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def rukmini(ani: Actor, citra: Actor) -> Member:
    """Somebody of whom something stands everywhere where something of a person can stand."""
    member = registered(
        name=NAME,
        phone=PHONE,
        nik=NIK,
        email=EMAIL,
        birth_on=date(1990, 7, 1),
        sex="female",
        address="Jl. Kwitang 77",
        source="Guru Sekolah Minggu",
        business_name="Kue Rukmini",
        business_entry_state="trading",
        business_workers=2,
    )
    with opened_by(SYSTEM):
        member.business.nib, member.business.npwp = "9120001234567", "012345678901000"
        member.business.save()
    joined(member, active_group("Mawar"), date(2018, 1, 1))
    completed(member, p2=date(2018, 2, 1), p3=date(2018, 3, 1))
    give_evidence(SYSTEM, member, proof(4, date(2018, 4, 1), number="IUMK-77/2018", note=f"Milik {NAME}"))
    _on_her_own(member)
    _by_officers(member, ani, citra)
    _beside_the_records(member, ani)
    member.refresh_from_db()
    return member


def _on_her_own(member: Member) -> None:
    me = herself(member)
    correct_own_contact(me, member, email="rukmini.lama@contoh.id")
    correct_own_contact(me, member, email=EMAIL)
    move_own_home(me, member, Home("31.74.07", ""), moved_on=date(2020, 1, 1), address="Jl. Kwitang 77")
    ask_about_own_data(me, member, "other", f"Mengapa nama {NAME} salah tulis?")
    account = open_member_account(SYSTEM, Known(member.pk, NAME, member.phone or "", member.number))
    apply_group(FOUNDER, application(founder_name=NAME, founder_phone=member.phone))
    client = Client()
    client.force_login(account)
    client.get("/saya")
    half_way = SessionStore()
    half_way["asked"] = {"phone": member.phone}
    half_way.save()


def _by_officers(member: Member, ani: Actor, citra: Actor) -> None:
    older = registered(name=NAME, phone="081234567999", region=SENEN, sex="female")
    merge_members(SYSTEM, member, older)
    issue_card(SYSTEM, member)
    guardian = Guardian(name="Ibu Sulastri", phone="+6281298765432", relation="parent", text_version="1")
    note_guardian(citra, member, guardian)
    Helper.objects.create(member=member, user_id=77, purpose="mentoring", from_on=date(2018, 1, 1))
    note_look(citra, Sight.of(member, LookedAt.PERSON))
    unmask_nik(citra, member, f"Surat {NAME} hilang di kantor")


def _beside_the_records(member: Member, ani: Actor) -> None:
    DemoMessage.objects.create(phone=member.phone, text=f"Halo {NAME}", at=timezone.now())
    DeskSubmission.objects.create(author_user_id=1, key="meja-1", told_hash=b"x", member=member)
    draft = start_draft(SYSTEM, Beginning(phone=member.phone or ""))
    verify_phone(SYSTEM, draft.id, member.phone or "")
    save_block(SYSTEM, draft.id, DraftStep.PERSON, {"name": NAME, "birth_on": "1990-07-01"})
    citras_program().register(person(name=NAME, phone=PHONE), key="program-1")


def erased(member: Member) -> None:
    """Asked for, waited for, carried out."""
    ask_own_erasure(herself(member), member)
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 1


def test_before_she_is_erased_she_stands_in_many_places(rukmini: Member) -> None:
    found = tables_that_hold(*TRACES)
    assert {"members_member", "members_business", "pipeline_position", "accounts_user"} <= found
    assert {"pipeline_evidence", "privacy_look", "demo_demomessage"} <= found


def test_afterwards_she_stands_nowhere_in_the_database(
    rukmini: Member, django_capture_on_commit_callbacks: Any
) -> None:
    erased(rukmini)
    assert tables_that_hold(*TRACES, *PAPERS) == set()
    # nor where it could be opened with the installation's key
    assert not SubjectKey.objects.filter(subject_type="members.member", subject_id=rukmini.pk).exists()
    assert not User.objects.filter(member_id=rukmini.pk).exists()
    assert not RegistrationDraft.objects.exists()
    kept = [
        decrypt(PURPOSE, bytes(one.answer)) for one in IdempotentAnswer.objects.filter(answer__isnull=False)
    ]
    assert kept == []
    assert not Session.objects.exists()
    assert not SignInCode.objects.exists()
    assert not Card.objects.exists()
    assert not Look.objects.exists()
    assert not Consent.objects.filter(member=rukmini, withdrawn_on__isnull=True).exists()


def test_every_count_of_every_past_day_stays_the_same(rukmini: Member) -> None:
    registered(name="Wati")
    tallies.fold_all()
    days = [date(2018, month, 15) for month in range(1, 13)] + [date(2019, 6, 1), date(2020, 6, 1), LATER]
    nodes = ["", "31", "31.71", "31.74", SENEN, "31.74.07", tallies.group_node(rukmini.group_id or 0)]
    before = [tallies.counts(node, day) for node in nodes for day in days]
    positions = list(Position.objects.order_by("pk").values_list("pk", "stage", "since_on", "region", "cell"))
    erased(rukmini)
    assert [tallies.counts(node, day) for node in nodes for day in days] == before
    assert (
        list(Position.objects.order_by("pk").values_list("pk", "stage", "since_on", "region", "cell"))
        == positions
    )
    assert recount() == []


def test_her_history_keeps_what_happened_and_cannot_be_read(rukmini: Member, citra: Actor) -> None:
    before = Event.objects.filter(subject_type="members.member", subject_id=rukmini.pk).count()
    erased(rukmini)
    lines = history_of(citra, Member.objects.get(pk=rukmini.pk))
    assert len(lines) == before + 2  # asked, and erased
    assert lines[0].kind == "privacy.member_erased"
    assert any(line.is_erased for line in lines)
    assert all(not line.changes for line in lines)
    assert all(NAME not in line.sentence for line in lines)


def test_records_that_were_merged_into_hers_go_too_and_no_merge_is_undone(rukmini: Member) -> None:
    erased(rukmini)
    names = set(Member.objects.filter(merged_into=rukmini).values_list("name", "phone"))
    assert names == {(ERASED_NAME, None)}


def test_her_page_says_so_and_offers_nothing_and_nothing_is_written_about_her(
    rukmini: Member, desk: Desk, citra: Actor
) -> None:
    erased(rukmini)
    text = desk(citra).get(f"/anggota/{rukmini.number}").content.decode()
    assert "Data orang ini sudah dihapus" in text
    assert "Serahkan bukti" not in text
    assert "Hapus data" not in text
    with pytest.raises(Conflict):
        give_evidence(citra, Member.objects.get(pk=rukmini.pk), proof(5, date(2019, 1, 1)))
    with pytest.raises(Conflict):
        merge_members(citra, registered(name="Wati"), Member.objects.get(pk=rukmini.pk))


def test_she_can_come_back_as_somebody_new(rukmini: Member) -> None:
    erased(rukmini)
    again = registered(name=NAME, phone=PHONE, nik=NIK)
    assert again.pk != rukmini.pk


def test_files_in_which_she_stands_go_and_others_stay(
    rukmini: Member, citra: Actor, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    maker = actor_for_user(account_of(citra))
    wati = registered(name="Wati", region="32.73.02")
    hers = {
        form: ask_export(
            maker, f"q={NAME}" if form == "csv" else "", form, "pencarian", f"Undangan untuk {NAME}"
        )
        for form in ("csv", "xlsx")
    }
    for export in hers.values():
        exporting.make(export.pk)
    others = ask_export(maker, "", "csv", "orang yang dicentang", "Undangan pelatihan", [wati.pk])
    exporting.make(others.pk)
    with_her = _imported(
        f"nama;telepon;kode_wilayah\n{NAME};0812-3456-7890;31.71.04\n", "rukmini wulandari.csv"
    )
    without = _imported("nama;telepon;kode_wilayah\nAsep;081299990000;32.73.02\n", "lain.csv")
    with django_capture_on_commit_callbacks(execute=True):
        erased(rukmini)
    gone, kept = (
        Export.objects.filter(pk__in=[one.pk for one in hers.values()]),
        Export.objects.get(pk=others.pk),
    )
    assert all(one.purged_at is not None for one in gone)
    assert len(list((media / "exports").iterdir())) == 1
    assert kept.purged_at is None
    assert Import.objects.get(pk=with_her.pk).purged_at is not None
    assert not UPLOADS.path_of(with_her.stored_as).exists()
    assert Import.objects.get(pk=without.pk).purged_at is None
    assert UPLOADS.path_of(without.stored_as).exists()
    assert tables_that_hold(*TRACES) == set()


def _imported(text: str, name: str) -> Import:
    work = upload_members_file(SYSTEM, [text.encode()], name)
    Import.objects.filter(pk=work.pk).update(state=ImportState.DONE)
    return work


def test_while_a_file_with_her_is_being_read_she_waits_and_nothing_is_half_done(rukmini: Member) -> None:
    work = _imported(f"nama;telepon;kode_wilayah\n{NAME};{PHONE};31.71.04\n", "a.csv")
    Import.objects.filter(pk=work.pk).update(state=ImportState.RUNNING)
    ask_own_erasure(herself(rukmini), rukmini)
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 0
    assert Member.objects.get(pk=rukmini.pk).name == NAME
    assert User.objects.filter(member_id=rukmini.pk).exists()
    Import.objects.filter(pk=work.pk).update(state=ImportState.DONE)
    assert carry_out_due() == 1


def test_a_repeated_call_or_form_brings_nobody_back(rukmini: Member) -> None:
    program = anis_program()
    told = person(name="Dewi Lestari", phone="081277776666")
    number = program.register(told, key="sekali").json()["number"]
    dewi = Member.objects.get(number=number)
    erased(dewi)
    again = program.register(told, key="sekali")
    assert again.status_code == 409
    assert not Member.objects.filter(phone__contains="81277776666").exists()


def test_an_officer_who_is_a_member_keeps_the_officers_account(rukmini: Member, ani: Actor) -> None:
    user = account_of(ani)
    with opened_by(SYSTEM), transaction.atomic():
        User.objects.filter(member_id=rukmini.pk).delete()
    User.objects.filter(pk=user.pk).update(member_id=rukmini.pk)
    erased(rukmini)
    user.refresh_from_db()
    assert user.member_id is None
    assert user.assignments.exists()


def test_nobody_is_erased_before_the_day_or_after_thinking_better_of_it(rukmini: Member) -> None:
    me = herself(rukmini)
    asked = ask_own_erasure(me, rukmini)
    assert asked.not_before - asked.asked_at == timedelta(days=3)
    assert ask_own_erasure(me, rukmini).pk == asked.pk
    assert carry_out_due() == 0
    with pytest.raises(Conflict):
        carry_out_erasure(SYSTEM, asked)
    assert withdraw_own_erasure(me, rukmini)
    assert not withdraw_own_erasure(me, rukmini)
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 0
    assert Member.objects.get(pk=rukmini.pk).name == NAME


def test_carried_out_twice_is_once(rukmini: Member) -> None:
    erased(rukmini)
    before = Event.objects.count()
    assert carry_out_erasure(SYSTEM, ErasureRequest.objects.get()) is False
    assert Event.objects.count() == before


def test_nobody_erases_somebody_else(rukmini: Member, citra: Actor) -> None:
    wati = registered(name="Wati")
    with pytest.raises(NotFound):
        ask_own_erasure(herself(wati), rukmini)
    assert ask_written_erasure(citra, rukmini, "Surat 12/2026").letter == "Surat 12/2026"


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    rukmini: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_person: object) -> None:
        raise RuntimeError("the disk is full")

    # Else whoever is found meanwhile would be lost with the list that stands in the place of the real one.
    autodiscover_modules("personal")
    monkeypatch.setattr(registry, "FORGETTERS", [broken, *registry.FORGETTERS])
    ask_own_erasure(herself(rukmini), rukmini)
    ErasureRequest.objects.update(not_before=timezone.now())
    with pytest.raises(RuntimeError), transaction.atomic():
        carry_out_due()
    assert Member.objects.get(pk=rukmini.pk).name == NAME
    assert Card.objects.filter(member=rukmini).exists()


def test_the_file_to_take_along_tells_everything_and_no_officer(rukmini: Member) -> None:
    client = Client()
    client.force_login(User.objects.get(member_id=rukmini.pk))
    answer = client.post("/saya/data/unduh")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    assert rukmini.number in answer["Content-Disposition"]
    told = json.loads(answer.content)
    [record, older] = sorted(told["person"], key=lambda row: row["id"])
    assert (record["name"], record["nik"], record["email"]) == (NAME, NIK, EMAIL)
    assert older["merged_into_id"] == record["id"]
    assert told["business"][0]["nib"] == "9120001234567"
    assert {row["number"] for row in told["evidence"]} >= {"IUMK-77/2018"}
    assert told["consents"]["guardians"][0]["name"] == "Ibu Sulastri"
    assert {row["page"] for row in told["looks"]} == {"person", "nik"}
    assert {line["by"] for line in told["history"]} <= {"self", "officer", "system"}
    assert "user_id" not in told["looks"][0]
    assert "given_by" not in told["evidence"][0]
    assert Event.objects.filter(kind="privacy.own_file_taken").count() == 1
    assert client.get("/saya/data/unduh").status_code == 405
