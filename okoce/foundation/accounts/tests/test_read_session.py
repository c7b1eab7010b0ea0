"""A session is looked up by our own statement and says what Django's own would."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.accounts.models import RoleAssignment, User
from okoce.foundation.accounts.queries import active_user, actor_for_user
from okoce.foundation.accounts.sessions import SessionStore
from okoce.foundation.shared.days import today_wib

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> str:
    session = SessionStore()
    session["what"] = "ever"
    session.save()
    return str(session.session_key)


@pytest.fixture
def officer() -> User:
    return User.objects.create(name="Ani", email="ani@contoh.id")


def test_it_says_what_was_kept(kept: str) -> None:
    assert dict(SessionStore(kept).items()) == dict(db.SessionStore(kept).items()) == {"what": "ever"}


def test_an_expired_or_unknown_one_holds_nothing_and_is_forgotten(kept: str) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (kept, "x" * 32, "' OR 1=1 --12345"):
        session = SessionStore(key)
        assert session.is_empty() or dict(session.items()) == {}
        assert dict(session.items()) == {}
        assert session.session_key is None


def test_an_account_is_read_whole_and_only_while_it_may_come_in(officer: User) -> None:
    read = active_user(officer.pk)
    assert read is not None
    names = [field.attname for field in User._meta.concrete_fields]
    stored = User.objects.get(pk=officer.pk)
    assert [getattr(read, name) for name in names] == [getattr(stored, name) for name in names]
    User.objects.update(is_active=False)
    assert active_user(officer.pk) is None
    assert active_user(0) is None


def test_a_closed_account_is_signed_out_at_its_next_page(officer: User) -> None:
    browser = Client()
    browser.force_login(officer)
    assert isinstance(browser.session, SessionStore)
    assert browser.get("/anggota").status_code == 403
    User.objects.update(is_active=False)
    answer = browser.get("/anggota")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk")


def test_grants_hold_from_their_first_day_until_before_their_last(officer: User) -> None:
    today = today_wib()
    held = [
        ("pelatih", today, None),
        ("penggerak", today - timedelta(9), today + timedelta(1)),
        ("auditor", today + timedelta(1), None),
        ("sekretariat", today - timedelta(9), today),
        ("no_such_role", today, None),
    ]
    with transaction.atomic(), opened_by(Actor.system("test")):
        for role, first, last in held:
            RoleAssignment.objects.create(user=officer, role=role, region="31", from_on=first, until_on=last)
    actor = actor_for_user(officer)
    assert [grant.role for grant in actor.grants] == ["pelatih", "penggerak"]
