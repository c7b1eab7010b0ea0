"""Accounts, roles with their period, API tokens; the database refuses those that nobody has signed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.permissions import Permission
from okoce.foundation.access.roles import NATIONAL_ROLES
from okoce.foundation.access.scope import EVERYWHERE, Scope
from okoce.foundation.accounts.actions import (
    Anchors,
    NewUser,
    create_token,
    create_user,
    grant_role,
    revoke_token,
)
from okoce.foundation.accounts.models import ApiToken, RoleAssignment, User
from okoce.foundation.accounts.queries import accounts_in, actor_for_token, actor_for_user, has_account
from okoce.foundation.accounts.tests.people import EMAIL, LONG_AGO, PHONE, SYSTEM, account, granted
from okoce.foundation.events.queries import history_of
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db
NOBODY_SAID = "nobody has said who writes"


def some_actor(role: str, scope: Scope = EVERYWHERE) -> Actor:
    return Actor(label="user:99", user_id=99, grants=(Grant(role, scope),))


class TestAnAccount:
    def test_is_made_with_its_line_in_the_trail(self) -> None:
        user = account()
        assert (user.name, user.phone, user.email, user.is_active) == ("Ani", PHONE, EMAIL, True)
        assert [line.sentence for line in history_of(some_actor("auditor"), user)] == ["Akun petugas dibuat."]

    @pytest.mark.parametrize(
        "again", [{"email": None}, {"phone": None}, {"phone": None, "email": EMAIL.upper()}]
    )
    def test_keeps_its_phone_and_email_to_itself(self, again: dict[str, str | None]) -> None:
        account()
        with pytest.raises(Conflict, match="Sudah ada akun"):
            account(**again)
        assert User.objects.count() == 1

    def test_that_is_no_longer_in_use_still_keeps_them(self) -> None:
        account()
        User.objects.update(is_active=False)
        with pytest.raises(Conflict, match="Sudah ada akun"):
            account()
        assert User.objects.count() == 1
        assert not has_account(EMAIL)

    def test_needs_a_phone_or_an_email(self) -> None:
        with pytest.raises(Invalid, match="nomor HP atau surel"):
            account(phone=None, email=None)
        assert not User.objects.exists()

    def test_without_a_password_cannot_be_signed_in_to(self) -> None:
        assert not account(password=None).has_usable_password()

    @pytest.mark.parametrize("role", ["sekretariat", "auditor", "direktorat_diklat"])
    def test_is_made_by_the_administrator_only(self, role: str) -> None:
        with pytest.raises(NotAllowed):
            create_user(some_actor(role), NewUser(name="Ani", phone=PHONE))
        assert not User.objects.exists()
        assert create_user(some_actor("administrator"), NewUser(name="Ani", phone=PHONE)).pk

    def test_is_listed_for_national_readers_only(self) -> None:
        user = account()
        assert list(accounts_in(some_actor("auditor"))) == [user]
        for role, scope in (("petugas_kecamatan", Scope(region="31")), ("petugas_ptsp", EVERYWHERE)):
            assert list(accounts_in(some_actor(role, scope))) == []


class TestAGrant:
    def reach(self, user: User) -> list[Scope]:
        return [grant.scope for grant in actor_for_user(user).grants]

    def test_gives_its_role_within_its_place(self) -> None:
        user = account()
        granted(user)
        actor = actor_for_user(user)
        assert (actor.label, actor.user_id) == (f"user:{user.pk}", user.pk)
        assert actor.grants == (Grant("petugas_kecamatan", Scope(region="31.71.04")),)
        sentence = "Peran petugas_kecamatan diberikan untuk wilayah “31.71.04”."
        assert history_of(some_actor("auditor"), user)[0].sentence == sentence

    @pytest.mark.parametrize(
        ("from_on", "until_on", "holds"),
        [
            (-1, None, True),
            (0, None, True),
            (1, None, False),
            (-9, 0, False),  # until does not count itself
            (-9, 1, True),
            (-9, -1, False),
        ],
    )
    def test_holds_from_its_first_day_until_its_last(
        self, from_on: int, until_on: int | None, holds: bool
    ) -> None:
        user, today = account(), today_wib()
        anchors = Anchors(region="31.71.04")
        first = today + timedelta(days=from_on)
        last = None if until_on is None else today + timedelta(days=until_on)
        grant_role(SYSTEM, user, "petugas_kecamatan", anchors, first, last)
        assert actor_for_user(user).may(Permission.MEMBERS_READ) is holds
        assert (self.reach(user) != []) is holds

    def test_that_has_run_out_reaches_nothing_also_by_token(self) -> None:
        user = account()
        token = create_token(SYSTEM, user, "uji")
        with time_machine.travel("2026-01-05T03:00:00Z"):
            grant_role(SYSTEM, user, "auditor", Anchors(), LONG_AGO, date(2026, 1, 6))
            assert actor_for_token(token).may(Permission.MEMBERS_READ)  # type: ignore[union-attr]  # the token is known
        with time_machine.travel("2026-01-05T17:00:00Z"):  # midnight in Jakarta
            actor = actor_for_token(token)
            assert actor is not None
            assert actor.grants == ()
            assert not actor.may(Permission.MEMBERS_READ)

    def test_ends_after_it_begins(self) -> None:
        user = account()
        with pytest.raises(Invalid, match="sesudah"):
            grant_role(SYSTEM, user, "auditor", Anchors(), LONG_AGO, LONG_AGO)
        assert not RoleAssignment.objects.exists()

    def test_starts_today_where_no_day_is_named(self) -> None:
        assert grant_role(SYSTEM, account(), "auditor", Anchors()).from_on == today_wib()

    @pytest.mark.parametrize(
        ("role", "field"),
        [
            ("petugas_kecamatan", "territory"),
            ("penggerak", "group"),
            ("petugas_bank", "partner"),
            ("lurah", "role"),
        ],
    )
    def test_without_the_place_that_its_role_needs_is_refused(self, role: str, field: str) -> None:
        user = account()
        with pytest.raises(Invalid) as refusal:
            grant_role(SYSTEM, user, role, Anchors())
        assert [error.field for error in refusal.value.errors] == [field]
        assert not RoleAssignment.objects.exists()

    @pytest.mark.parametrize("role", sorted(NATIONAL_ROLES))
    def test_of_a_national_role_needs_no_place(self, role: str) -> None:
        user = account()
        grant_role(SYSTEM, user, role, Anchors())
        assert self.reach(user) == [EVERYWHERE]

    def test_of_a_role_that_is_no_more_reaches_nothing(self) -> None:
        user = account()
        granted(user)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('okoce.author', 'test', true)")
            cursor.execute("UPDATE accounts_roleassignment SET role = 'lurah'")
        assert self.reach(user) == []

    def test_is_given_by_the_administrator_only(self) -> None:
        user = account()
        with pytest.raises(NotAllowed):
            grant_role(some_actor("sekretariat"), user, "administrator", Anchors())
        assert not RoleAssignment.objects.exists()
        assert grant_role(some_actor("administrator"), user, "auditor", Anchors()).pk

    def test_a_member_of_the_movement_reaches_their_own_record(self) -> None:
        user = account()
        user.member_id = 41
        assert actor_for_user(user).grants == (Grant("anggota", Scope(member_id=41)),)


class TestAToken:
    def test_is_kept_as_a_hash_only(self) -> None:
        text = create_token(SYSTEM, account(), "uji")
        with connection.cursor() as cursor:
            cursor.execute("SELECT t::text FROM accounts_apitoken t")
            stored = cursor.fetchone()[0]
        assert text not in stored
        assert text.encode().hex() not in stored
        assert len(text) >= 40

    def test_opens_what_its_user_may(self) -> None:
        user = account()
        granted(user)
        actor = actor_for_token(create_token(SYSTEM, user, "uji"))
        assert actor is not None
        assert actor.grants == (Grant("petugas_kecamatan", Scope(region="31.71.04")),)

    def test_notes_the_day_of_its_last_use_once_a_day(self) -> None:
        text = create_token(SYSTEM, account(), "uji")
        actor_for_token(text)
        assert ApiToken.objects.get().last_used_on == today_wib()

    def test_is_useless_once_revoked(self) -> None:
        user = account()
        text, other = create_token(SYSTEM, user, "satu"), create_token(SYSTEM, user, "dua")
        revoke_token(SYSTEM, ApiToken.objects.get(name="satu"))
        assert actor_for_token(text) is None
        assert actor_for_token(other) is not None
        assert history_of(some_actor("auditor"), user)[0].sentence == "Kunci API dicabut."

    def test_is_useless_once_its_user_has_left(self) -> None:
        text = create_token(SYSTEM, account(), "uji")
        User.objects.update(is_active=False)
        assert actor_for_token(text) is None

    @pytest.mark.parametrize("text", ["", "x", "é", "\x00", "' OR true --"])
    def test_that_nobody_made_opens_nothing(self, text: str) -> None:
        create_token(SYSTEM, account(), "uji")
        assert actor_for_token(text) is None

    def test_is_revoked_by_the_administrator_only(self) -> None:
        text = create_token(SYSTEM, account(), "uji")
        with pytest.raises(NotAllowed):
            revoke_token(some_actor("sekretariat"), ApiToken.objects.get())
        assert actor_for_token(text) is not None
        revoke_token(some_actor("administrator"), ApiToken.objects.get())
        assert actor_for_token(text) is None

    def test_of_somebody_else_is_out_of_a_narrowed_administrators_reach(self) -> None:
        text = create_token(SYSTEM, account(), "uji")
        with pytest.raises(NotFound):
            revoke_token(some_actor("administrator", Scope(region="31")), ApiToken.objects.get())
        assert actor_for_token(text) is not None


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_roleassignment (user_id, role, region, from_on, created_at, updated_at)"
        " SELECT id, 'administrator', '', '2018-01-01', now(), now() FROM accounts_user",
        "UPDATE accounts_roleassignment SET role = 'administrator'",
        "DELETE FROM accounts_roleassignment",
        "INSERT INTO accounts_apitoken (user_id, name, token_hash, created_at) SELECT id, '', 'x', now() FROM accounts_user",
        "UPDATE accounts_apitoken SET revoked_at = NULL",
        "DELETE FROM accounts_apitoken",
    ],
)
def test_the_database_refuses_grants_and_tokens_that_nobody_has_signed(statement: str) -> None:
    user = account()
    granted(user)
    create_token(SYSTEM, user, "uji")
    with pytest.raises(DatabaseError, match=NOBODY_SAID), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(RoleAssignment.objects.values_list("role", flat=True)) == ["petugas_kecamatan"]
    assert ApiToken.objects.count() == 1
