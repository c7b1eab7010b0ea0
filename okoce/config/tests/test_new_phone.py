"""A member's phone is changed: the account follows, and the phone before is told, once and without a name."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from okoce.community.members.actions.corrections import Correction, correct_member, correct_own_contact
from okoce.community.members.models import Member
from okoce.community.members.reactions import follow_new_phone
from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.foundation.access.actor import Actor
from okoce.foundation.accounts.actions import open_member_account
from okoce.foundation.accounts.caps import take_notice
from okoce.foundation.accounts.models import User
from okoce.foundation.accounts.people import person_of_member
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.pipeline.tests.factories import registered
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db
OLD, NEW, NEWER = "+6281234567890", "+6281234567891", "+6281234567892"
SYSTEM = Actor.system("test")


@pytest.fixture
def siti() -> Member:
    member = registered(name="Siti Rahayu", phone=OLD)
    person = person_of_member(member.pk)
    assert person is not None
    open_member_account(SYSTEM, person)
    return member


def deferred() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name LIKE 'react.members.member_corrected.%' ORDER BY id"
        )
        return [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]


def react() -> None:
    for args in deferred():
        follow_new_phone(**args)


def account_phone(member: Member) -> str | None:
    return User.objects.get(member_id=member.pk).phone


def test_by_herself_the_old_phone_is_told_where_it_goes_and_what_to_do(siti: Member, outbox: Outbox) -> None:
    herself = actor_for_user(User.objects.get(member_id=siti.pk))
    correct_own_contact(herself, siti, phone=NEW)
    react()
    [(to, text)] = outbox.sent
    assert to == OLD
    assert "menjadi 0812-••••-7891." in text
    assert "beri tahu pendamping" in text
    assert not [word for word in ("Siti", "Rahayu", "4567") if word in text]


def test_by_an_officer_the_account_follows_and_both_histories_say_so(siti: Member, outbox: Outbox) -> None:
    correct_member(SYSTEM, siti, Correction(phone=NEW))
    react()
    assert account_phone(siti) == NEW
    assert [to for to, _text in outbox.sent] == [OLD]
    assert Event.objects.filter(kind="accounts.phone_followed").count() == 1


def test_a_correction_of_something_else_tells_nobody(siti: Member, outbox: Outbox) -> None:
    correct_member(SYSTEM, siti, Correction(name="Siti Rahayu Widya"))
    react()
    assert outbox.sent == []
    assert account_phone(siti) == OLD


def test_a_first_phone_has_none_before_it_to_tell(outbox: Outbox) -> None:
    member = registered(name="Budi", phone="", nik="3171041708900001")
    correct_member(SYSTEM, member, Correction(phone=NEW))
    react()
    assert outbox.sent == []


def test_a_late_reaction_brings_no_old_phone_back(siti: Member, outbox: Outbox) -> None:
    correct_member(SYSTEM, siti, Correction(phone=NEW))
    correct_member(SYSTEM, siti, Correction(phone=NEWER))
    for args in reversed(deferred()):
        follow_new_phone(**args)
    assert account_phone(siti) == NEWER
    assert {to for to, _text in outbox.sent} == {OLD, NEW}


def test_locks_that_somebody_brought_about_before_do_not_silence_it(siti: Member, outbox: Outbox) -> None:
    while take_notice(OLD, "lock"):
        pass
    correct_member(SYSTEM, siti, Correction(phone=NEW))
    react()
    assert [to for to, _text in outbox.sent] == [OLD]


def test_a_gateway_that_is_down_holds_nothing_up(siti: Member, outbox: Outbox) -> None:
    outbox.is_down = True
    correct_member(SYSTEM, siti, Correction(phone=NEW))
    react()
    assert account_phone(siti) == NEW


def test_the_old_phone_opens_nothing_any_more(siti: Member, outbox: Outbox) -> None:
    correct_member(SYSTEM, siti, Correction(phone=NEW))
    react()
    client = Client()
    client.post("/masuk", {"phone": "0812-3456-7890", "cara": "kode"})
    client.post("/masuk/kode", {"code": outbox.code(OLD)})
    assert "belum ada anggota" in client.get("/masuk/siapa").content.decode()
