"""A message is sent by hand by one volunteer: whoever takes it has it for some minutes, and everybody else sees who has."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture for every test here)
from okoce.dashboards.messages.tests.letters import noon, reachable
from okoce.foundation.access.actor import Actor
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.queries import actor_for_user
from okoce.foundation.events.models import Event
from okoce.foundation.notifications.actions import (
    let_go_by_hand,
    mark_sent_by_hand,
    take_by_hand,
    withdraw_message,
)
from okoce.foundation.notifications.kinds import DATA_ANSWERED
from okoce.foundation.notifications.models import Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.tests.people import sent_at, term
from okoce.foundation.shared.errors import Conflict, NotAllowed, NotFound
from tests.cast import COBLONG, SENEN, account_of, officer
from tests.pages import page, words
from tests.together import together

pytestmark = pytest.mark.django_db
Desk = Callable[[Actor], Client]
PAGE = "/pesan/tangan"


def waiting(name: str = "Siti Aminah", region: str = SENEN) -> Message:
    """An answer that she asked for; no channel could take it."""
    member = reachable(name=name, region=region)
    assert send(DATA_ANSWERED, To(member_id=member.pk), occasion="1")
    sent_at(noon())
    return Message.objects.latest("id")


def colleague(place: int = 0) -> Actor:
    """Another officer of Senen, with an account and so with a name."""
    actor = actor_for_user(account_of(officer(f"rekan{place}", "petugas_kecamatan", Scope(region=SENEN), 0)))
    assert actor is not None
    return actor


def holder(message: Message) -> int | None:
    message.refresh_from_db()
    return message.taken_by


def test_whoever_takes_it_has_the_link_and_the_others_see_who_has_it(
    desk: Desk, ani: Actor, citra: Actor
) -> None:
    message = waiting()
    hers, others = desk(ani), desk(citra)
    shown = words(page(hers.post(f"/pesan/{message.pk}/ambil", follow=True)).main)
    assert "Yang Anda pegang" in shown
    assert "https://wa.me/" in hers.get(PAGE).content.decode()
    seen = page(others.get(PAGE)).main
    assert "Dipegang Uji user:1 sejak pukul" in words(seen)
    assert "wa.me" not in str(seen)
    refused = words(page(others.post(f"/pesan/{message.pk}/ambil", follow=True)))
    assert "Pesan ini sedang dipegang Uji user:1 sejak pukul" in refused
    assert Event.objects.filter(kind="notifications.taken_by_hand").count() == 1


def test_taken_again_by_the_same_it_is_once_and_the_time_begins_anew() -> None:
    ani, message = colleague(), waiting()
    first = take_by_hand(ani, message).taken_since
    second = take_by_hand(ani, message).taken_since
    assert first is not None
    assert second is not None
    assert second > first
    assert Event.objects.filter(kind="notifications.taken_by_hand").count() == 1


def test_after_its_minutes_it_is_anybodys_again_and_how_many_is_dated(citra: Actor) -> None:
    ani, message = colleague(), waiting()
    take_by_hand(ani, message)
    Message.objects.filter(pk=message.pk).update(taken_since=timezone.now() - timedelta(minutes=6))
    with pytest.raises(Conflict):
        take_by_hand(citra, message)
    assert holder(message) == ani.user_id
    term("taken_minutes", 5)
    take_by_hand(citra, message)
    assert holder(message) == citra.user_id


def test_what_is_let_go_is_anybodys_and_nobody_lets_go_of_anothers(ani: Actor, citra: Actor) -> None:
    message = waiting()
    take_by_hand(ani, message)
    let_go_by_hand(citra, message)
    assert holder(message) == ani.user_id
    for _time in range(2):
        let_go_by_hand(ani, message)
    assert holder(message) is None
    assert Event.objects.filter(kind="notifications.let_go_by_hand").count() == 1


def test_whoever_sent_it_is_believed_also_after_her_time(ani: Actor, citra: Actor) -> None:
    message = waiting()
    take_by_hand(ani, message)
    Message.objects.filter(pk=message.pk).update(taken_since=timezone.now() - timedelta(minutes=11))
    take_by_hand(citra, message)
    mark_sent_by_hand(ani, message)
    mark_sent_by_hand(citra, message)
    message.refresh_from_db()
    assert (message.state, message.sent_by, message.taken_by) == ("sent", ani.user_id, None)
    assert Event.objects.filter(kind="notifications.sent_by_hand").count() == 1


def test_what_nobody_waits_for_any_more_is_not_taken(ani: Actor, citra: Actor) -> None:
    message = waiting()
    withdraw_message(citra, message)
    with pytest.raises(Conflict):
        take_by_hand(ani, message)
    assert holder(message) is None


def test_nobody_takes_what_is_of_another_place_or_without_the_right(
    desk: Desk, ani: Actor, dewi: Actor
) -> None:
    message = waiting(region=COBLONG)
    assert desk(ani).post(f"/pesan/{message.pk}/ambil").status_code == 404
    with pytest.raises(NotFound):
        take_by_hand(ani, message)
    with pytest.raises(NotAllowed):
        take_by_hand(dewi, message)
    assert holder(message) is None


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_open_it_at_once_one_has_it() -> None:
    message, people = waiting(), [colleague(place) for place in range(8)]
    told = together(8, lambda place: take_by_hand(people[place], message))
    [taken] = [one for one in told if isinstance(one, Message)]
    assert [type(one) for one in told].count(Conflict) == 7
    assert holder(message) == taken.taken_by
    assert Event.objects.filter(kind="notifications.taken_by_hand").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_say_at_once_that_it_is_sent_say_it_once() -> None:
    message, people = waiting(), [colleague(place) for place in range(8)]
    take_by_hand(people[0], message)
    told = together(8, lambda place: mark_sent_by_hand(people[place], message))
    assert {one.state for one in told} == {"sent"}
    assert len({one.sent_by for one in told}) == 1
    assert Event.objects.filter(kind="notifications.sent_by_hand").count() == 1
