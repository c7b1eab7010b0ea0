"""Whoever sees the contact of somebody with an account and no record is noted: once in a while, with role and office, for its term."""

from datetime import timedelta

import pytest
from django.utils import timezone

from okoce.community.members.tests.factories import member_with
from okoce.community.privacy.actions.account_looks import AccountSight, note_account_look
from okoce.community.privacy.actions.looks import SAME_LOOK
from okoce.community.privacy.forgetting import forget_old_looks
from okoce.community.privacy.models import AccountLook, PrivacyTerm
from okoce.community.privacy.queries.accounts import looks_at_own_account
from okoce.community.privacy.queries.rights import PER_PAGE
from okoce.community.privacy.states import AccountLookedAt
from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import User
from okoce.foundation.personal.retention import all_rules
from okoce.foundation.shared.days import today_wib
from tests.cast import COBLONG, SENEN, SYSTEM

pytestmark = pytest.mark.django_db
PHONE = "+6281255554444"


@pytest.fixture
def ratna() -> User:
    return User.objects.create(name="Ratna", phone=PHONE, email="ratna@dinas.contoh")


def seen(user: User, page: AccountLookedAt = AccountLookedAt.REQUEST) -> AccountSight:
    return AccountSight(page=page, user_id=user.pk)


def test_a_page_opened_twice_within_ten_minutes_is_one_look(citra: Actor, ratna: User) -> None:
    for _twice in range(2):
        note_account_look(citra, seen(ratna))
    [noted] = AccountLook.objects.values_list("subject_user_id", "user_id", "role", "region", "page")
    assert noted == (ratna.pk, citra.user_id, "sekretariat", "", "request")
    AccountLook.objects.update(span=AccountLook.objects.get().span - 1)
    note_account_look(citra, seen(ratna))
    assert AccountLook.objects.count() == 1, "the end of a span does not make two of one"


def test_after_ten_minutes_at_another_page_of_another_or_by_another_it_is_another(
    citra: Actor, dewi: Actor, ratna: User
) -> None:
    note_account_look(citra, seen(ratna))
    AccountLook.objects.update(
        at=timezone.now() - timedelta(seconds=SAME_LOOK + 1), span=AccountLook.objects.get().span - 1
    )
    other = User.objects.create(name="Dian", email="dian@dinas.contoh")
    for officer, sight in (
        (citra, seen(ratna)),
        (citra, seen(ratna, AccountLookedAt.ACCOUNT)),
        (citra, seen(other)),
        (dewi, seen(ratna)),
    ):
        note_account_look(officer, sight)
    assert AccountLook.objects.count() == 5


def test_an_account_is_found_by_the_telephone_that_stands_on_the_page(citra: Actor, ratna: User) -> None:
    for phone in (PHONE, "+6281200000000", "-", ""):
        note_account_look(citra, AccountSight(page=AccountLookedAt.GROUP, phone=phone))
    assert AccountLook.objects.values_list("subject_user_id", flat=True).get() == ratna.pk


def test_neither_a_members_nor_an_erased_account_nor_ones_own_nor_the_system_is_noted(
    citra: Actor, ratna: User
) -> None:
    siti = User.objects.create(name="Siti", phone="+6281300001111", member_id=member_with().pk)
    gone = User.objects.create(name="Dian", is_active=False, erased_since=timezone.now())
    own = Actor(label=f"user:{ratna.pk}", user_id=ratna.pk, grants=citra.grants)
    for officer, sight in (
        (citra, seen(siti)),
        (citra, AccountSight(page=AccountLookedAt.GROUP, phone="+6281300001111")),
        (citra, seen(gone)),
        (own, seen(ratna)),
        (SYSTEM, seen(ratna)),
        (Actor(label="user:8", user_id=8), seen(ratna)),
    ):
        note_account_look(officer, sight)
    assert not AccountLook.objects.exists()


def test_the_office_is_the_one_by_which_the_page_was_reached(ratna: User) -> None:
    grants = (
        Grant("sekretariat", Scope(region=COBLONG)),
        Grant("petugas_kecamatan", Scope(region=SENEN)),
        Grant("sekretariat", Scope(region="31")),
    )
    sight = AccountSight(
        page=AccountLookedAt.GROUP, right=Permission.GROUPS_MANAGE, user_id=ratna.pk, region=SENEN, group_id=5
    )
    note_account_look(Actor(label="user:5", user_id=5, grants=grants), sight)
    assert AccountLook.objects.values_list("role", "region").get() == ("sekretariat", "31")


def test_they_go_when_the_term_of_looks_is_over_as_the_dry_run_says(citra: Actor, ratna: User) -> None:
    note_account_look(citra, seen(ratna))
    note_account_look(citra, seen(ratna, AccountLookedAt.ACCOUNT))
    AccountLook.objects.filter(page="account").update(at=timezone.now() - timedelta(days=364))
    [rule] = [rule for rule in all_rules() if rule.code == "privacy.account_looks"]
    assert (rule.over().count(), forget_old_looks()) == (0, 0)
    PrivacyTerm.objects.create(code="looks_kept_days", value=30, from_on=today_wib(), source="Keputusan")
    assert rule.over().count() == forget_old_looks() == 1
    assert AccountLook.objects.get().page == "request"


def test_she_reads_them_by_the_page_newest_first_and_nobody_else_does(citra: Actor, ratna: User) -> None:
    AccountLook.objects.bulk_create(
        AccountLook(subject_user_id=ratna.pk, user_id=1, role="auditor", page="account", span=serial)
        for serial in range(PER_PAGE + 3)
    )
    herself = Actor(label=f"user:{ratna.pk}", user_id=ratna.pk)
    first = looks_at_own_account(herself)
    rest = looks_at_own_account(herself, before=first.next)
    assert (len(first.looks), len(rest.looks), rest.next) == (PER_PAGE, 3, None)
    assert first.looks[0].id > first.looks[-1].id > rest.looks[0].id
    for other in (citra, Actor(label="user:8", user_id=8), Actor.anonymous()):
        assert looks_at_own_account(other).looks == []
