"""A member agreed to so many messages a week: what goes beyond stands on her own page. What she asked for always goes out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import opened_by
from okoce.foundation.notifications import sending
from okoce.foundation.notifications.kinds import DATA_ANSWERED, NEXT_STEP, STUCK, WELCOME, Kind
from okoce.foundation.notifications.models import HandRule, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.reviewing import review_by_hand
from okoce.foundation.notifications.sending import send_waiting
from okoce.foundation.notifications.tests.fakes import CloudApiFake
from okoce.foundation.notifications.tests.people import NOON, Crowd, reached, sent_at, term
from okoce.foundation.notifications.weekly import week_of
from tests.together import together

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]
OUT, PAGE = ("sent", "whatsapp"), ("sent", "in_app")


def told(kind: Kind, occasion: str = "1", member_id: int = 1) -> None:
    assert send(
        kind, To(member_id=member_id), occasion=occasion, **dict.fromkeys(kind.names - {"name"}, "30")
    )


def became() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("id").values_list("state", "channel"))


def test_the_third_of_a_week_stands_on_her_own_page_and_the_next_week_goes_on(whatsapp: CloudApiFake) -> None:
    for day, kind in enumerate((WELCOME, NEXT_STEP, STUCK)):
        told(kind)
        sent_at(NOON + timedelta(days=day))
    assert became() == [OUT, OUT, PAGE]
    told(STUCK, "2")
    sent_at(NOON + timedelta(days=7, seconds=1))
    assert became()[-1] == OUT, "the first one is a week old"
    assert len(whatsapp.counted) == 3


def test_of_those_that_wait_together_the_oldest_go_out(whatsapp: CloudApiFake) -> None:
    for occasion in "1234":
        told(NEXT_STEP, occasion)
    told(NEXT_STEP, member_id=2)
    sent_at()
    assert became() == [OUT, OUT, PAGE, PAGE, OUT], "another member has a week of her own"


def test_what_she_asked_for_is_never_held_back_and_takes_no_place(whatsapp: CloudApiFake) -> None:
    for occasion in "123":
        told(DATA_ANSWERED, occasion)
    for occasion in "12":
        told(STUCK, occasion)
    told(DATA_ANSWERED, "4")
    sent_at()
    assert became() == [OUT] * 6


def test_what_was_told_to_a_record_that_was_merged_into_hers_counts(
    whatsapp: CloudApiFake, crowd: Crowd
) -> None:
    told(WELCOME, member_id=1)
    told(WELCOME, member_id=2)
    sent_at()
    crowd.merged[1] = 2
    told(NEXT_STEP, member_id=2)
    sent_at()
    assert became() == [OUT, OUT, PAGE]


def test_another_number_holds_from_its_day_on(whatsapp: CloudApiFake) -> None:
    term("week_most", 0, (NOON + timedelta(days=1)).date())
    told(WELCOME)
    sent_at()
    told(NEXT_STEP)
    sent_at(NOON + timedelta(days=1))
    assert became() == [OUT, PAGE]


def test_what_waits_for_a_hand_takes_its_place_and_keeps_it() -> None:
    now = timezone.now()
    with transaction.atomic(), opened_by(Actor.system("test")):
        HandRule.objects.create(
            code="next_step", days=14, from_on=now.date() - timedelta(days=9), source="uji"
        )
    with reached(Crowd()):
        for occasion in "123":
            told(NEXT_STEP, occasion)
        sent_at(now.replace(hour=5))
        assert became() == [("by_hand", ""), ("by_hand", ""), PAGE]
        assert review_by_hand() == 0
        Message.objects.filter(state="by_hand").update(state="sent", channel="whatsapp", sent_since=now)
        told(NEXT_STEP, "4")
        sent_at(now.replace(hour=5))
        assert became()[-1] == PAGE


def test_a_try_that_failed_takes_no_second_place(whatsapp: CloudApiFake) -> None:
    whatsapp.refusals = [(503, 2)] * 2
    for occasion in "12":
        told(STUCK, occasion)
    sent_at()
    assert became() == [("waiting", "whatsapp")] * 2
    Message.objects.update(due=NOON)
    sent_at()
    assert became() == [OUT, OUT]


def test_a_hundred_take_as_many_queries_as_one(whatsapp: CloudApiFake) -> None:
    def queries(members: range) -> int:
        for one in members:
            told(NEXT_STEP, member_id=one)
        messages = list(Message.objects.filter(member_id__in=members))
        with CaptureQueriesContext(connection) as seen:
            week_of(messages, NOON)
        return len(seen)

    assert queries(range(1, 2)) == queries(range(10, 40)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_hold_to_it_too(
    whatsapp: CloudApiFake, lasting_term: Callable[[str, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for quiet in ("quiet_from_hour", "quiet_until_hour"):
        lasting_term(quiet, 0)
    for occasion in "123456":
        told(NEXT_STEP, occasion)
    monkeypatch.setattr(sending, "FIRST_TAKEN", 1)
    together(4, lambda _place: [send_waiting(0) for _time in range(4)])
    assert sorted(became()) == [PAGE] * 4 + [OUT] * 2
    assert len(whatsapp.counted) == 2
