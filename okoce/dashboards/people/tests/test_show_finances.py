"""Turnover and NPWP are shown to the roles whose task is the record, within their place, and to everybody else by consent alone."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.community.groups.models import Group
from okoce.community.groups.tests.factories import active_group, joined
from okoce.community.members.actions.own_consents import choose_own_consents
from okoce.community.members.events import ContradictionQueued
from okoce.community.members.models import DuplicateCandidate, Helper, Member
from okoce.community.members.queries import may_see_finances
from okoce.community.members.states import DuplicateReason
from okoce.dashboards.own.tests.conftest import drawn, herself
from okoce.foundation.access.actor import Actor, Emergency, Grant
from okoce.foundation.access.door import opened_by
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import ALL_ROLES, ROLES, Breadth
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import Anchors
from okoce.foundation.events.trail import record
from okoce.foundation.shared.days import today_wib
from okoce.pipeline.tests.factories import registered
from tests.callers import MEMBERS, program
from tests.cast import COBLONG, SENEN, SYSTEM, officer

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
TURNOVER, NPWP = "4.250.000", "123456789012345"
KEEPERS = {"petugas_kecamatan", "petugas_skpd", "sekretariat", "petugas_pelindungan_data", "auditor"}
READERS = sorted(
    name
    for name, role in ROLES.items()
    if Permission.MEMBERS_READ in role.permissions
    and role.breadth in (Breadth.TERRITORY, Breadth.GROUP, Breadth.NATION)
)


@pytest.fixture
def group() -> Group:
    return active_group("Mawar")


@pytest.fixture
def siti(group: Group) -> Member:
    member = registered(name="Siti", business_monthly_turnover=4_250_000, business_npwp=NPWP)
    joined(member, group, member.registered_on)
    member.refresh_from_db()
    with transaction.atomic(), opened_by(SYSTEM):
        told = ContradictionQueued(member_id=member.pk, field="npwp")
        record(
            told, subject=member, changes={"npwp": [NPWP, "999999999999999"], "email": ["a@b.id", "c@d.id"]}
        )
    return member


def reader(role: str, group: Group) -> Actor:
    scope = {
        Breadth.TERRITORY: Scope(region=SENEN),
        Breadth.GROUP: Scope(group_id=group.pk),
        Breadth.NATION: EVERYWHERE,
    }[ROLES[role].breadth]
    return officer(role, role, scope, 40)


def test_the_roles_that_see_them_are_these_five_and_no_others() -> None:
    carry = {name for name, role in ALL_ROLES.items() if Permission.MEMBERS_READ_FINANCES in role.permissions}
    assert carry == KEEPERS


@pytest.mark.parametrize("role", READERS)
def test_each_role_on_her_page_in_her_history_and_in_the_answer_for_programs(
    role: str, desk: Desk, siti: Member, group: Group
) -> None:
    actor = reader(role, group)
    browser = desk(actor)
    shown = drawn(browser.get(f"/anggota/{siti.number}"))
    past = drawn(browser.get(f"/anggota/{siti.number}/riwayat"))
    is_keeper = role in KEEPERS
    assert may_see_finances(actor, siti) is is_keeper
    assert (TURNOVER in shown, NPWP in shown) == (is_keeper, is_keeper)
    assert ("Omzet dan NPWP disembunyikan" in shown) is not is_keeper
    assert ("999999999999999" in past) is is_keeper
    assert "c@d.id" in past, "what is no finance stays readable"


@pytest.mark.parametrize("role", sorted(set(READERS) - KEEPERS))
def test_by_her_consent_whoever_helps_her_sees_them_and_nobody_else_of_that_role(
    role: str, siti: Member, group: Group
) -> None:
    actor = reader(role, group)
    choose_own_consents(herself(siti), siti, wanted=["finances_mentor"], text_version="2")
    assert not may_see_finances(actor, siti)
    Helper.objects.create(member=siti, user_id=40, purpose="mentoring", from_on=today_wib())
    assert may_see_finances(actor, siti)
    assert not may_see_finances(officer(role, role, actor.grants[0].scope, 41), siti)


@pytest.mark.parametrize("role", sorted(KEEPERS))
def test_a_keeper_of_another_place_sees_none(role: str, siti: Member) -> None:
    assert not may_see_finances(officer(role, role, Scope(region=COBLONG), 40), siti)


def test_another_grant_that_reaches_her_does_not_lend_its_place(siti: Member) -> None:
    both = Actor(
        label="user:40",
        user_id=40,
        grants=(Grant("petugas_kecamatan", Scope(region=COBLONG)), Grant("pelatih", Scope(region=SENEN))),
    )
    assert not may_see_finances(both, siti)


@pytest.mark.parametrize("role", ["akses_darurat", "akses_darurat_menulis"])
def test_no_emergency_shows_them(role: str, siti: Member, budi: Actor) -> None:
    assert not may_see_finances(budi.in_emergency(Emergency(1, role, SENEN, timezone.now())), siti)


def test_programs_are_told_no_more_than_their_owners(siti: Member) -> None:
    for role in ("pelatih", "petugas_kecamatan"):
        calling = program((role, Anchors(region=SENEN)))
        told = calling.get(f"{MEMBERS}/{siti.number}").json()["business"]
        is_keeper = role in KEEPERS
        assert (told["monthly_turnover"], told["npwp"]) == ((4_250_000, NPWP) if is_keeper else (None, ""))


def test_a_reviewer_who_keeps_no_finances_compares_records_without_them(
    desk: Desk, fitri: Actor, citra: Actor, siti: Member
) -> None:
    other = registered(name="Siti", phone="081234567001", business_monthly_turnover=4_250_000)
    pair = DuplicateCandidate.objects.create(
        reason=DuplicateReason.SAME_NAME_AND_BIRTH_DATE, first=siti, second=other, place=SENEN
    )
    found = DuplicateCandidate.objects.create(
        reason=DuplicateReason.CONTRADICTION, first=siti, field="npwp", place=SENEN
    )
    for actor, is_keeper in ((fitri, False), (citra, True)):
        browser = desk(actor)
        assert (TURNOVER in drawn(browser.get(f"/ganda/{pair.pk}"))) is is_keeper
        assert ("999999999999999" in drawn(browser.get(f"/ganda/{found.pk}"))) is is_keeper
