"""The one screen of roles: complete, with words, and each no wider than its task."""

import pytest
from django.utils import translation

from okoce.foundation.access.permissions import VERIFY_STAGE, Permission
from okoce.foundation.access.roles import ROLES, Breadth
from okoce.foundation.access.scope import Scope
from okoce.foundation.access.tests.things import holder

WRITES = {permission for permission in Permission if ".read" not in permission}
MAY_VERIFY = {
    "pelatih": {2},
    "petugas_kecamatan": {2, 3, 4, 5},
    "petugas_skpd": {2, 3, 5, 6},
    "petugas_ptsp": {4},
    "petugas_bank": {7},
    "direktorat_diklat": {2, 3},
    "sekretariat": {2, 3, 4, 5, 6, 7},
    "administrator": {2, 3, 4, 5, 6, 7},
}


def test_the_sixteen_roles_of_the_programme() -> None:
    assert set(ROLES) == {
        "anggota", "penggerak", "pengurus_komunitas", "pendamping", "pelatih", "petugas_kecamatan", "petugas_skpd",
        "petugas_ptsp", "petugas_bank", "kontak_mitra", "sekretariat", "petugas_pelindungan_data", "direktorat_diklat",
        "auditor", "administrator", "pengurus_cabang",
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_a_role_says_what_it_is_in_a_sentence(role: str) -> None:
    with translation.override("id"):
        assert str(ROLES[role].title)
        assert str(ROLES[role].sentence).endswith(".")
    assert ROLES[role].name == role


@pytest.mark.parametrize("role", ROLES)
def test_a_role_verifies_only_the_stages_of_its_task(role: str) -> None:
    verified = {stage for stage, right in VERIFY_STAGE.items() if right in ROLES[role].permissions}
    assert verified == MAY_VERIFY.get(role, set())


def test_the_auditor_writes_nothing_and_the_member_her_own_contact_card_and_end() -> None:
    assert not ROLES["auditor"].permissions & WRITES
    own = {
        Permission.MEMBERS_CORRECT_OWN, Permission.MEMBERS_ERASE_OWN, Permission.MEMBERS_RESTRICT_OWN,
        Permission.MEMBERS_ISSUE_CARD, Permission.REFERRALS_WITHDRAW_OWN,
    }  # fmt: skip
    assert ROLES["anggota"].permissions & WRITES == own


def test_only_national_roles_manage_accounts_rules_and_merging() -> None:
    guarded = {
        Permission.ACCOUNTS_MANAGE, Permission.ACCOUNTS_READ, Permission.PIPELINE_MANAGE_RULES,
        Permission.PIPELINE_WITHDRAW_EVIDENCE, Permission.MEMBERS_MERGE, Permission.GROUPS_MANAGE,
    }  # fmt: skip
    assert {
        name
        for name, role in ROLES.items()
        if role.permissions & guarded and role.breadth is not Breadth.NATION
    } == set()


def test_accounts_are_managed_by_the_administrator_alone() -> None:
    assert {name for name, role in ROLES.items() if Permission.ACCOUNTS_MANAGE in role.permissions} == {
        "administrator"
    }


def test_a_right_is_there_only_with_a_scope() -> None:
    assert holder(("petugas_ptsp", Scope(region="31"))).may(Permission.PIPELINE_VERIFY_P4)
    assert not holder(("petugas_ptsp", Scope())).may(Permission.PIPELINE_VERIFY_P4)
