"""Who restricts her data is kept and counted, and nothing else: not taken along, referred, helped anew, nor seen by a bank."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from okoce.community.members.actions.departures import note_departure
from okoce.community.members.actions.helping import Helping, NotHelped, assign_helper
from okoce.community.members.actions.own_consents import Named, allow_named
from okoce.community.members.models import Helper, Member
from okoce.community.partners.actions.referrals import NewReferral, send_referral
from okoce.community.partners.referral_models import Referral
from okoce.community.partners.tests.factories import active_partner
from okoce.community.privacy.actions.restrictions import lift_for, lift_own, restrict_for, restrict_own
from okoce.community.privacy.models import Restriction
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.dashboards.people import exporting
from okoce.dashboards.people.actions import ask_export
from okoce.dashboards.people.files import EXPORTS
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Invalid, NotAllowed, NotFound, Refused
from okoce.pipeline.actions.merging import merge_members
from okoce.pipeline.actions.unmerging import undo_merge
from okoce.pipeline.merges import Merge
from okoce.pipeline.queries.people import Wanted, ids_that_match
from okoce.pipeline.tests.factories import registered
from tests.cast import SENEN, account_of, officer

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]


@pytest.fixture
def indah() -> Actor:
    return officer("indah", "petugas_pelindungan_data", EVERYWHERE, 12)


def phone_of(member: Member) -> Client:
    client = Client()
    client.force_login(account_of(herself(member)))
    return client


def test_she_restricts_and_lifts_it_at_once_and_it_is_shown(desk: Desk, ani: Actor) -> None:
    siti = registered(name="Siti")
    phone, office = phone_of(siti), desk(ani)
    assert phone.post("/saya/data/batasi").status_code == 302
    assert "Anda membatasi pemakaian data Anda" in drawn(phone.get("/saya/data"))
    assert "Sedang dibatasi" in drawn(phone.get("/saya/data/batasi"))
    page = drawn(office.get(f"/anggota/{siti.number}"))
    assert "membatasi pemakaian datanya" in page
    assert "Beri pendamping" not in page
    assert phone.post("/saya/data/batasi/cabut").status_code == 302
    assert "membatasi" not in drawn(office.get(f"/anggota/{siti.number}"))
    assert "Pembatasan pemakaian data Anda dicabut" in drawn(phone.get("/saya/data/riwayat"))
    assert Restriction.objects.filter(lifted_at__isnull=False).count() == 1


def test_the_officer_does_it_from_a_letter(desk: Desk, indah: Actor) -> None:
    siti, office = registered(name="Siti"), desk(indah)
    address = f"/anggota/{siti.number}/batasi"
    assert office.post(address, {"letter": " "}).status_code == 422
    assert not Restriction.objects.exists()
    assert office.post(address, {"letter": "Map 7"}).status_code == 302
    assert "Map 7" in drawn(office.get(address))
    assert office.post(f"{address}/cabut").status_code == 302
    siti.refresh_from_db()
    assert not siti.is_restricted


def test_files_leave_her_out_and_lists_and_counts_do_not(
    ani: Actor, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    siti = registered(name="Siti")
    registered(name="Wati")
    restrict_own(herself(siti), siti)
    maker = actor_for_user(account_of(ani))
    export = ask_export(maker, "", "csv", "semua anggota", "Undangan pelatihan")
    exporting.make(export.pk)
    export.refresh_from_db()
    text = EXPORTS.path_of(export.stored_as).read_text(encoding="utf-8-sig")
    assert [row["Nama"] for row in csv.DictReader(io.StringIO(text))] == ["Wati"]
    assert export.done == 1
    assert len(ids_that_match(maker, Wanted(), 10)) == 2
    assert Member.objects.counted().count() == 2


def test_nobody_new_helps_her(ani: Actor) -> None:
    siti = registered()
    restrict_own(herself(siti), siti)
    mentor = account_of(Actor(label="mentor", grants=(Grant("pendamping", Scope(region="")),)))
    done = assign_helper(ani, [siti.pk], Helping(mentor.pk, "mentoring", today_wib()))
    assert done.not_taken == ((siti.pk, NotHelped.RESTRICTED),)
    assert not Helper.objects.exists()


def test_she_is_referred_nowhere(citra: Actor) -> None:
    siti, bank = registered(), active_partner("Bank Maju", areas=(SENEN,))
    restrict_own(herself(siti), siti)
    new = NewReferral(
        number=siti.number, from_partner_id=None, to_partner_id=bank.pk, stage=7, need="Modal", consent_on=today_wib(),
        consent_way="present",
    )  # fmt: skip
    with pytest.raises(Refused, match="membatasi"):
        send_referral(citra, new)
    assert not Referral.objects.exists()


def test_the_bank_that_she_allowed_sees_her_no_more_until_it_is_lifted() -> None:
    siti, bank = registered(), active_partner("Bank Maju", areas=(SENEN,))
    allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    banker = Actor(label="user:30", user_id=30, grants=(Grant("petugas_bank", Scope(partner_id=bank.pk)),))
    seen = Member.objects.visible_to(banker, Permission.MEMBERS_READ)
    assert seen.count() == 1
    restrict_own(herself(siti), siti)
    assert seen.all().count() == 0
    lift_own(herself(siti), siti)
    assert seen.all().count() == 1


def test_twice_is_once(indah: Actor) -> None:
    siti = registered()
    assert restrict_own(herself(siti), siti).pk == restrict_for(indah, siti, "Map 7").pk
    assert lift_for(indah, siti)
    assert not lift_own(herself(siti), siti)
    kinds = Event.objects.filter(subject_id=siti.pk, kind__startswith="privacy.").values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["privacy.data_restricted", "privacy.restriction_lifted"]


def test_a_merge_keeps_it_and_lifting_lifts_both(citra: Actor) -> None:
    keep, absorb = registered(name="Siti"), registered(name="Siti Aminah")
    restrict_own(herself(absorb), absorb)
    merge_members(citra, keep, absorb)
    keep.refresh_from_db()
    assert keep.is_restricted
    assert lift_own(herself(keep), keep)
    assert not Restriction.objects.standing().exists()


def test_she_restricts_again_after_a_merge_that_had_restricted_her_was_undone(citra: Actor) -> None:
    keep, absorb = registered(name="Siti"), registered(name="Siti Aminah")
    restrict_own(herself(absorb), absorb)
    merge_members(citra, keep, absorb)
    restrict_own(herself(keep), keep)
    undo_merge(citra, Merge.objects.get())
    restrict_own(herself(keep), keep)
    assert Member.objects.filter(is_restricted=True).count() == 2


def test_who_has_left_is_seen_no_more_by_the_bank_that_she_had_allowed(citra: Actor) -> None:
    siti, bank = registered(), active_partner("Bank Maju", areas=(SENEN,))
    allow_named(herself(siti), siti, "share_bank", Named(bank.pk, bank.name))
    banker = Actor(label="user:30", user_id=30, grants=(Grant("petugas_bank", Scope(partner_id=bank.pk)),))
    assert Member.objects.visible_to(banker, Permission.MEMBERS_READ).exists()
    note_departure(citra, siti, today_wib())
    assert not Member.objects.visible_to(banker, Permission.MEMBERS_READ).exists()


def test_nobody_does_it_to_somebody_else_to_herself_as_an_officer_or_without_the_right(
    ani: Actor, indah: Actor
) -> None:
    siti, wati = registered(), registered(name="Wati")
    with pytest.raises(NotFound):
        restrict_own(herself(wati), siti)
    with pytest.raises(NotAllowed):
        restrict_for(ani, siti, "Map 7")
    with pytest.raises(Invalid):
        restrict_for(indah, siti, "x" * 201)
    both = Actor(label="user:12", user_id=12, grants=(*indah.grants, *herself(siti).grants))
    with pytest.raises(Refused):
        restrict_for(both, siti, "Map 7")
    siti.refresh_from_db()
    assert not siti.is_restricted
    assert not Restriction.objects.exists()
