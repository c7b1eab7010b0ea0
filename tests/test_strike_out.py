"""Whoever is erased is struck out of what was written about others, in tables and in the trail; the rest of each text stays."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from okoce.community.association.models import Support
from okoce.community.groups.actions.applications import FOUNDER, apply_group
from okoce.community.groups.actions.groups import pause_group
from okoce.community.groups.models import Application, Group
from okoce.community.groups.tests.factories import active_group
from okoce.community.groups.tests.founders import application
from okoce.community.members.actions.corrections import Correction, correct_member
from okoce.community.members.models import Member
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.community.privacy.actions.erasures import ask_written_erasure
from okoce.community.privacy.actions.nik import unmask_nik
from okoce.community.privacy.erasing import carry_out_due
from okoce.community.privacy.models import Breach, ErasureRequest, Look
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.events.ciphers import unseal, unwrap
from okoce.foundation.events.models import Event, SubjectKey
from okoce.foundation.events.queries import history_of
from okoce.foundation.notifications.composing import unseal as unsealed
from okoce.foundation.notifications.kinds import TENURE_ENDING
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.personal.person import Person
from okoce.foundation.personal.traces import struck_out
from okoce.pipeline.actions.evidence import give_evidence
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.models import Evidence
from okoce.pipeline.tests.factories import proof, registered
from okoce.stages.p1_registration.applications.actions import Beginning, save_block, start_draft, verify_phone
from okoce.stages.p1_registration.applications.answers import opened
from okoce.stages.p1_registration.imports.tests.members_files import SENEN as PLACE
from okoce.stages.p1_registration.imports.tests.members_files import file_of, imported
from okoce.stages.p1_registration.models import RegistrationDraft
from okoce.stages.p1_registration.states import DraftStep
from tests.cast import SYSTEM, account_of
from tests.dumps import NOT_OPENED, OPENED, sealed_columns, tables_that_hold

pytestmark = pytest.mark.django_db
NAME = "Rukmini Wulandari"
REASON = f"Dijeda karena Ibu {NAME} (0812-3456-7890) pindah ke Bogor."
WITHOUT = "Dijeda karena Ibu [dihapus] ([dihapus]) pindah ke Bogor."


@pytest.fixture
def rukmini() -> Member:
    return registered(name=NAME, phone="081234567890", nik="3171044107900001")


def erased(member: Member) -> None:
    ask_written_erasure(SYSTEM, member, "Surat 12/2026")
    ErasureRequest.objects.update(not_before=timezone.now())
    assert carry_out_due() == 1


def _everything_sealed() -> str:
    keys = {(key.subject_type, key.subject_id): unwrap(key.wrapped) for key in SubjectKey.objects.all()}
    return json.dumps(
        [
            unseal(keys[place], event.changes)
            for event in Event.objects.filter(changes__isnull=False)
            if (place := (event.subject_type, event.subject_id or 0)) in keys
        ]
    )


def test_reasons_about_a_komunitas_lose_her_name_and_nothing_else(rukmini: Member, citra: Actor) -> None:
    group = active_group("Mawar")
    pause_group(citra, group, REASON)
    assert NAME in _everything_sealed()
    events = list(Event.objects.order_by("pk").values_list("pk", "kind", "author", "happened_at", "payload"))
    erased(rukmini)
    assert Group.objects.get(pk=group.pk).state_reason == WITHOUT
    told = _everything_sealed()
    assert WITHOUT in told
    assert "rukmini" not in told.casefold()
    after = Event.objects.order_by("pk").values_list("pk", "kind", "author", "happened_at", "payload")
    assert list(after[: len(events)]) == events, "nothing else of the trail has changed"


def test_she_is_struck_out_of_whatever_others_wrote(rukmini: Member, citra: Actor) -> None:
    group, wati, now = active_group("Mawar"), registered(name="Wati"), timezone.now()
    with transaction.atomic(), opened_by(SYSTEM):
        Support.objects.create(
            group=group,
            kind="visit",
            by_user_id=1,
            day_on=date(2026, 1, 5),
            minutes_count=60,
            agreed=f"{NAME} memimpin kelas",
            next_step=f"menelepon {NAME.upper()}",
            next_on=date(2026, 2, 5),
        )
        Breach.objects.create(
            title=f"Daftar {NAME} hilang",
            what="Map berisi KTP rukmini  wulandari tertinggal",
            data="NIK 3171 0441 0790 0001",
            noticed_since=now,
            due=now,
            noted_by=1,
        )
    apply_group(FOUNDER, application(founder_name="Dewi", others=f"{NAME}, Sari Dewi"))
    give_evidence(citra, wati, proof(2, date(2019, 1, 1), note=f"Bersama {NAME}"))
    unmask_nik(citra, registered(name="Sri", nik="3171044107900002"), f"Tertukar dengan {NAME} di kantor")
    erased(rukmini)
    support, breach = Support.objects.get(), Breach.objects.get()
    assert (support.agreed, support.next_step) == ("[dihapus] memimpin kelas", "menelepon [dihapus]")
    assert (breach.title, breach.data) == ("Daftar [dihapus] hilang", "NIK [dihapus]")
    assert breach.what == "Map berisi KTP [dihapus] tertinggal"
    assert Application.objects.get(founder_name="Dewi").others == "[dihapus], Sari Dewi"
    assert Evidence.objects.get(member=wati, stage=2).note == "Bersama [dihapus]"
    assert Look.objects.get(page="nik").reason == "Tertukar dengan [dihapus] di kantor"
    assert tables_that_hold(NAME, "rukmini", "3456-7890") == set()
    assert "rukmini" not in _everything_sealed().casefold()


def _imported(**cells: str) -> Member:
    """Somebody who came in with a file of one row, which is gone."""
    row = {"telepon": "0812-0000-1111", "tanggal_daftar": "2018-01-02", **PLACE, **cells}
    assert imported(file_of(row)).refusals == []
    return Member.objects.get(phone="+6281200001111")


def test_who_brought_whom_in_a_file_goes_also_where_it_is_sealed(rukmini: Member, citra: Actor) -> None:
    wati = _imported(nama="Wati Rahayu", sumber=f"Diajak oleh {NAME}", alamat=f"Rumah {NAME}, 08123-456-7890")
    assert "members_member" in tables_that_hold(NAME)
    assert NAME in _everything_sealed()
    erased(rukmini)
    assert tables_that_hold(NAME, "3456-7890", "23-456-7890") == set()
    wati.refresh_from_db()
    assert (wati.source, wati.address) == ("Diajak oleh [dihapus]", "Rumah [dihapus], [dihapus]")
    [told] = [line for line in history_of(citra, wati) if line.kind == "registration.member_imported"]
    assert told.changes["address"] == [None, "Rumah [dihapus], [dihapus]"]
    assert told.changes["name"] == [None, "Wati Rahayu"]


def test_also_where_a_second_file_filled_what_was_blank(rukmini: Member, citra: Actor) -> None:
    _imported(nama="Wati Rahayu")
    wati = _imported(nama="Wati Rahayu", sumber=f"Diajak oleh {NAME}")
    assert NAME in _everything_sealed()
    erased(rukmini)
    assert tables_that_hold(NAME) == set()
    [told] = [line for line in history_of(citra, wati) if line.kind == "registration.member_supplemented"]
    assert told.changes["source"] == [None, "Diajak oleh [dihapus]"]


def test_also_where_it_was_corrected_since(rukmini: Member, citra: Actor) -> None:
    wati = _imported(nama="Wati Rahayu", alamat=f"Rumah {NAME}")
    correct_member(citra, wati, Correction(address="Jalan Kramat 1"))
    erased(rukmini)
    assert tables_that_hold(NAME) == set()


def test_a_namesake_keeps_her_own_name_in_her_own_history(rukmini: Member, citra: Actor) -> None:
    other = _imported(nama=NAME, alamat=f"Rumah {NAME}")
    erased(rukmini)
    other.refresh_from_db()
    [told] = [line for line in history_of(citra, other) if line.kind == "registration.member_imported"]
    assert (other.name, told.changes["name"]) == (NAME, [None, NAME])
    assert told.changes["address"] == [None, "Rumah [dihapus]"]


def test_what_others_were_told_names_her_no_more(rukmini: Member, citra: Actor) -> None:
    told = {"position": "Ketua", "branch": "Cabang", "days": "30", "last": "31 Desember 2026"}
    send(TENURE_ENDING, To(user_id=account_of(citra).pk), occasion="x", who=NAME, **told)
    assert tables_that_hold(NAME) >= {"notifications_message"}
    erased(rukmini)
    assert tables_that_hold(NAME) == set()
    [message] = Message.objects.filter(code=TENURE_ENDING.code)
    assert unsealed(message.variables_encrypted) == {**told, "who": "[dihapus]"}


def test_undoing_the_merge_of_others_brings_nobody_back(rukmini: Member, citra: Actor) -> None:
    kept = registered(name="Wati", phone="081211112222", source="Datang sendiri")
    absorbed = registered(name="Wati", phone="081211113333", source=f"Diajak oleh {NAME}")
    merge_members(citra, kept, absorbed)
    assert "pipeline_merge" in tables_that_hold(NAME)
    erased(rukmini)
    assert tables_that_hold(NAME) == set()
    undo_merge(citra, Merge.objects.get())
    assert tables_that_hold(NAME) == set()
    assert Member.objects.get(pk=absorbed.pk).source == "Diajak oleh [dihapus]"


def test_who_brought_somebody_that_is_still_registering_goes_from_what_she_told(rukmini: Member) -> None:
    draft = start_draft(SYSTEM, Beginning(phone="+6281255556666", source=f"Diajak {NAME}"))
    verify_phone(SYSTEM, draft.id, "+6281255556666")
    save_block(SYSTEM, draft.id, DraftStep.PERSON, {"name": "Sri", "birth_on": "1990-07-01"})
    assert "registration_registrationdraft" in tables_that_hold(NAME)
    erased(rukmini)
    assert tables_that_hold(NAME) == set()
    kept = opened(RegistrationDraft.objects.get().answers)
    assert (kept.name, kept.source) == ("Sri", "Diajak [dihapus]")


def test_whatever_is_sealed_is_opened_by_who_looks_for_her() -> None:
    assert sealed_columns() == set(OPENED) | set(NOT_OPENED)


def test_a_name_inside_another_word_and_another_ones_text_stay(rukmini: Member, citra: Actor) -> None:
    ani = Person(member_ids=(1,), names=("Ani",))
    assert struck_out(ani, "Rohani dan ANI, juga Ani-ani") == "Rohani dan [dihapus], juga [dihapus]-[dihapus]"
    assert struck_out(Person(member_ids=(1,)), "Rohani") == "Rohani"
    group = active_group("Mawar")
    pause_group(citra, group, "Pengurusnya pindah ke Wulandari Barat.")
    before = Event.objects.filter(changes__isnull=False).order_by("pk").values_list("pk", "changes")
    kept = {pk: bytes(sealed) for pk, sealed in before}
    erased(rukmini)
    assert {
        pk: bytes(sealed) for pk, sealed in Event.objects.filter(pk__in=kept).values_list("pk", "changes")
    } == kept, "what does not name her is not even sealed anew"


def test_the_trail_refuses_every_other_change_also_while_somebody_is_struck_out(citra: Actor) -> None:
    pause_group(citra, active_group("Mawar"), "Pengurusnya pindah.")
    event = Event.objects.filter(changes__isnull=False).latest("pk")
    for change in ({"author": "user:1"}, {"changes": None}, {"kind": "x.y", "changes": b"x"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            _striking(lambda told=change: Event.objects.filter(pk=event.pk).update(**told))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        _striking(Event.objects.filter(pk=event.pk).delete)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(changes=b"x")
    assert Event.objects.get(pk=event.pk).author == event.author


def _striking(change: Callable[[], object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('okoce.striking_out', 'on', true)")
    change()
