"""What an operator does about sign-in from the command line."""

import io
from datetime import date

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.management import call_command
from django.test import Client

from okoce.foundation.access.actor import Actor, Grant
from okoce.foundation.access.scope import EVERYWHERE
from okoce.foundation.accounts.actions import forget_second_factor, open_member_account, set_code_limits
from okoce.foundation.accounts.caps import limits_today
from okoce.foundation.accounts.models import ApiToken, CodeLimit, User
from okoce.foundation.accounts.people import Person
from okoce.foundation.accounts.tests.people import EMAIL, PASSWORD, PHONE, SYSTEM, account, granted
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Conflict, Invalid, NotAllowed
from tests.pages import refused

pytestmark = pytest.mark.django_db
SITI, ASEP = Person(7, "Siti", PHONE), Person(8, "Asep", PHONE)


def run(command: str, **options: object) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()


class TestAFamilysPhone:
    def test_has_an_account_for_each_member_and_one_officer(self) -> None:
        siti, asep = (open_member_account(SYSTEM, person) for person in (SITI, ASEP))
        officer = account(email=None)
        assert {user.phone for user in (siti, asep, officer)} == {PHONE}
        assert User.objects.with_password(PHONE).get() == officer
        with pytest.raises(Conflict, match="Sudah ada akun petugas"):
            account(email=None)

    def test_is_no_name_for_a_token(self) -> None:
        open_member_account(SYSTEM, SITI)
        officer = account()
        with pytest.raises(Conflict, match="lebih dari satu akun"):
            run("token_create", user=PHONE, name="")
        assert not ApiToken.objects.exists()
        run("token_create", user=EMAIL, name="")
        assert ApiToken.objects.get().user == officer

    def test_follows_the_member_to_a_new_one(self) -> None:
        before = open_member_account(SYSTEM, SITI)
        after = open_member_account(SYSTEM, Person(7, "Siti", "+6281999999999"))
        assert (after.pk, after.phone) == (before.pk, "+6281999999999")
        assert Event.objects.filter(kind="accounts.member_account_opened").count() == 1

    def test_opens_no_members_account_by_password(self) -> None:
        open_member_account(SYSTEM, SITI)
        answer = Client().post("/masuk", {"contact": PHONE, "password": "!"})
        assert refused(answer).select_one("#kesalahan")


class TestTheCaps:
    def test_are_shown_and_changed_from_a_day_on(self) -> None:
        with time_machine.travel("2026-05-04T05:00:00Z"):
            assert "phone_hour: 5" in run("code_limits")
            assert "day: 500" in run("code_limits", day=500)
            run("code_limits", from_on=date(2026, 6, 1), day=900)
            assert limits_today().day == 500
            assert limits_today().phone_hour == 5
        with time_machine.travel("2026-06-01T05:00:00Z"):
            assert limits_today().day == 900
        assert Event.objects.filter(kind="accounts.code_limits_changed").count() == 2

    def test_of_a_day_that_has_passed_stay(self) -> None:
        with pytest.raises(Invalid):
            run("code_limits", from_on=date(2018, 1, 1), day=1)
        assert CodeLimit.objects.get().day == 20_000

    def test_are_set_by_the_administrator_only(self) -> None:
        citra = Actor(label="user:3", user_id=3, grants=(Grant("sekretariat", EVERYWHERE),))
        with pytest.raises(NotAllowed):
            set_code_limits(citra, CodeLimit(from_on=date(2099, 1, 1)))
        assert CodeLimit.objects.count() == 1


class TestUnlocking:
    def test_takes_away_the_second_factor_and_every_session(self) -> None:
        user = account()
        granted(user)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        browser = Client()
        browser.force_login(user)
        UserSession.objects.create(user=user, ip="127.0.0.1", session_key=browser.session.session_key)
        assert run("user_unlock", user=EMAIL).startswith("1 pengaman dilepas.")
        assert not Authenticator.objects.exists()
        assert browser.get("/akun/sesi").status_code == 302
        assert Event.objects.get(kind="accounts.second_factor_removed").author == "system:okoce user unlock"
        assert user.check_password(PASSWORD)

    def test_is_for_the_administrator_only(self) -> None:
        user = account()
        citra = Actor(label="user:3", user_id=3, grants=(Grant("sekretariat", EVERYWHERE),))
        with pytest.raises(NotAllowed):
            forget_second_factor(citra, user)
