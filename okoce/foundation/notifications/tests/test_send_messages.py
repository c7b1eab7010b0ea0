"""Messages go out once, at waking hours, within the day's cap; what cannot go out waits, and is lost never."""

import threading
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okoce.foundation.notifications import sending
from okoce.foundation.notifications.kinds import WELCOME
from okoce.foundation.notifications.models import DaySpend, Message
from okoce.foundation.notifications.outbox import send
from okoce.foundation.notifications.recipients import To
from okoce.foundation.notifications.tests.fakes import CloudApiFake
from okoce.foundation.notifications.tests.people import (
    NOON,
    Crowd,
    answered,
    by_whatsapp,
    chosen,
    phone,
    reached,
    sent_at,
    siti,
    term,
    welcomed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.loopback]


def standing() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("id").values_list("state", "channel"))


def spent() -> int:
    return sum(DaySpend.objects.values_list("amount", flat=True))


def test_a_message_goes_out_as_an_approved_template_with_its_words_in_order(whatsapp: CloudApiFake) -> None:
    [message] = welcomed(7)
    assert sent_at() == 1
    [body] = whatsapp.counted.values()
    assert body["to"] == phone(7).lstrip("+")
    assert body["template"]["name"] == "okoce_welcome_2"
    [component] = body["template"]["components"]
    assert [one["text"] for one in component["parameters"]] == ["Siti 7", "OKOCE-7", settings.OKOCE_SITE]
    message.refresh_from_db()
    assert (message.state, message.channel, message.tries, message.cost) == ("sent", "whatsapp", 1, 400)
    assert message.provider_id.startswith("wamid.")
    assert (message.sent_since, spent()) == (NOON, 400)


def test_the_same_occasion_is_told_once(whatsapp: CloudApiFake) -> None:
    welcomed(1)
    sent_at()
    welcomed(1)
    assert send(WELCOME, To(member_id=1), occasion="1", number="x") is False
    assert send(WELCOME, To(member_id=1), occasion="2", number="x") is True
    sent_at()
    assert len(whatsapp.counted) == 2


def test_a_message_goes_with_the_transaction_that_it_tells_of() -> None:
    with reached(Crowd()), transaction.atomic():
        welcomed(1)
        transaction.set_rollback(True)
    assert standing() == []


def test_neither_name_nor_number_of_anybody_stands_in_the_table() -> None:
    with reached(Crowd()):
        welcomed(4711)
        sent_at()
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(m::text, ' ') FROM notifications_message m")
        [(text,)] = cursor.fetchall()
    assert [one for one in (phone(4711)[1:], "Siti 4711", "OKOCE-4711") if one in text] == []


def test_a_kind_is_filled_only_with_what_it_knows() -> None:
    with pytest.raises(ValueError, match="knows no"):
        send(WELCOME, To(member_id=1), occasion="1", salary="1")


def test_without_a_channel_it_waits_for_a_hand() -> None:
    with reached(Crowd()):
        answered(1)
        sent_at()
    assert (standing(), spent()) == ([("by_hand", "")], 0)


@pytest.mark.parametrize("given", [{"may_be_written_to": False}, {"phone": ""}])
def test_who_allows_nothing_or_has_no_address_reads_on_her_own_page(
    whatsapp: CloudApiFake, crowd: Crowd, given: dict[str, object]
) -> None:
    crowd.named[1] = siti(1, **given)
    welcomed(1)
    sent_at()
    assert (standing(), whatsapp.asked) == ([("sent", "in_app")], {})


def test_who_has_stopped_is_left_alone(whatsapp: CloudApiFake) -> None:
    chosen(To(member_id=1), is_stopped=True)
    welcomed(1)
    sent_at()
    assert (standing(), whatsapp.asked) == ([("sent", "in_app")], {})


def test_the_language_that_she_chose(whatsapp: CloudApiFake) -> None:
    chosen(To(member_id=1), language="en")
    welcomed(1)
    sent_at()
    [body] = whatsapp.counted.values()
    assert body["template"]["language"] == {"code": "en"}


def test_nobody_is_there_any_more_when_it_is_to_go_out(whatsapp: CloudApiFake, crowd: Crowd) -> None:
    welcomed(1)
    crowd.gone.add(1)
    sent_at()
    assert (standing(), whatsapp.asked) == ([("withdrawn", "")], {})


@pytest.mark.parametrize(
    ("zone", "hour", "is_sent"),
    [
        ("WIB", 7, False),
        ("WIB", 8, True),
        ("WIB", 19, True),
        ("WIB", 20, False),
        ("WIT", 6, True),
        ("WIT", 18, False),
    ],
)
def test_it_is_quiet_by_the_clock_of_where_she_lives(
    whatsapp: CloudApiFake, crowd: Crowd, zone: str, hour: int, is_sent: bool
) -> None:
    crowd.named[1] = siti(1, zone=zone)
    welcomed(1)
    sent_at(NOON.replace(hour=hour))
    assert len(whatsapp.counted) == int(is_sent)
    assert standing() == [("sent", "whatsapp") if is_sent else ("waiting", "")]


def test_the_days_cap_holds_and_the_next_day_goes_on(whatsapp: CloudApiFake) -> None:
    term("day_cap", 1_000)
    welcomed(1, 2, 3)
    assert sent_at() == 2
    assert (len(whatsapp.counted), spent()) == (2, 800)
    assert sent_at(NOON + timedelta(hours=1)) == 0
    assert sent_at(NOON + timedelta(days=1)) == 1
    assert list(DaySpend.objects.order_by("day").values_list("amount", flat=True)) == [800, 400]


def test_what_has_been_paid_goes_on_though_the_cap_was_lowered_meanwhile(whatsapp: CloudApiFake) -> None:
    whatsapp.is_silent = True
    welcomed(1, 2)
    sent_at()
    whatsapp.is_silent = False
    term("day_cap", 100)
    assert sent_at(NOON + timedelta(minutes=6)) == 2
    assert (len(whatsapp.counted), spent()) == (2, 800)


def test_one_that_cannot_be_put_together_holds_up_nobody(whatsapp: CloudApiFake) -> None:
    first, _second, third = welcomed(1, 2, 3)
    Message.objects.filter(pk=first.pk).update(variables_encrypted=b"no key opens this")
    Message.objects.filter(pk=third.pk).update(code="gossip")
    assert sent_at() == 1
    assert standing() == [("failed", ""), ("sent", "whatsapp"), ("failed", "")]


def test_what_she_chose_before_her_records_were_merged_holds(whatsapp: CloudApiFake, crowd: Crowd) -> None:
    """She stopped on the record that speaks for her, and a message to the other waits; and the other way round."""
    crowd.merged = {2: 1, 4: 3}
    chosen(To(member_id=1), is_stopped=True)
    chosen(To(member_id=4), is_stopped=True)
    welcomed(2, 3)
    sent_at()
    assert (standing(), whatsapp.asked) == ([("sent", "in_app")] * 2, {})
    chosen(To(member_id=3), is_stopped=False)
    welcomed(4)
    assert sent_at() == 1


def test_a_busy_provider_is_tried_again_later_each_time_and_costs_nothing(whatsapp: CloudApiFake) -> None:
    whatsapp.refusals = [(429, 130429), (500, 131000)]
    [message] = welcomed(1)
    sent_at()
    message.refresh_from_db()
    assert (message.state, message.due, message.cost, spent()) == (
        "waiting",
        NOON + timedelta(minutes=2),
        0,
        0,
    )
    assert sent_at(NOON + timedelta(minutes=1)) == 0
    assert sent_at(NOON + timedelta(minutes=2)) == 0
    message.refresh_from_db()
    assert message.due == NOON + timedelta(minutes=8)
    assert sent_at(NOON + timedelta(minutes=8)) == 1
    assert (list(whatsapp.asked.values()), spent()) == ([3], 400)


def test_after_the_last_try_a_volunteer_takes_over(whatsapp: CloudApiFake) -> None:
    term("most_tries", 2)
    whatsapp.refusals = [(500, 1)] * 5
    [message] = answered(1)
    sent_at()
    sent_at(NOON + timedelta(minutes=3))
    message.refresh_from_db()
    assert (message.state, message.problem, spent()) == ("by_hand", "whatsapp 500 code 1", 0)


@pytest.mark.parametrize("code", [131026, 132001])
def test_what_whatsapp_never_takes_is_for_hands_at_once(whatsapp: CloudApiFake, code: int) -> None:
    whatsapp.refusals = [(400, code)]
    [message] = answered(1)
    sent_at()
    message.refresh_from_db()
    assert (message.state, message.problem, spent()) == ("by_hand", f"whatsapp 400 code {code}", 0)


def test_one_that_fails_does_not_hold_up_the_others(whatsapp: CloudApiFake) -> None:
    whatsapp.refusals = [(400, 131026)]
    welcomed(*range(1, 31))
    assert sent_at() == 29


def test_nobody_answers_and_it_may_have_gone_out(whatsapp: CloudApiFake) -> None:
    """It is left alone until the provider could have told; then it goes under the same key, and is counted once."""
    whatsapp.is_silent = True
    [message] = welcomed(1)
    sent_at()
    message.refresh_from_db()
    assert (message.state, message.problem) == ("sending", "no answer: RemoteDisconnected")
    whatsapp.is_silent = False
    assert sent_at(NOON + timedelta(minutes=4)) == 0
    assert sent_at(NOON + timedelta(minutes=6)) == 1
    message.refresh_from_db()
    assert (message.state, message.tries, spent()) == ("sent", 2, 400)
    assert (len(whatsapp.counted), list(whatsapp.asked.values())) == (1, [2])


def test_one_whose_turn_comes_too_late_waits_as_before_and_its_try_does_not_count(
    whatsapp: CloudApiFake,
) -> None:
    """The provider is slow, and the others took all the time there was: another worker may have it by now."""
    [message] = welcomed(1)
    with patch.object(sending, "_send_one", side_effect=sending._NotHandedOver):
        assert sent_at() == 0
    message.refresh_from_db()
    assert (message.state, message.tries, message.due, message.held_until) == ("waiting", 0, NOON, None)
    assert sent_at() == 1
    message.refresh_from_db()
    assert (message.state, message.tries, spent()) == ("sent", 1, 400)


def test_what_was_held_for_too_long_is_not_handed_over(whatsapp: CloudApiFake) -> None:
    term("unsure_seconds", 0)
    welcomed(1)
    assert sent_at() == 0
    assert (standing(), whatsapp.asked) == ([("waiting", "whatsapp")], {})


def test_one_that_went_out_after_all_while_it_waits_again_goes_out_no_more(whatsapp: CloudApiFake) -> None:
    """The provider answered only when the time for that was over; not each of them knows references."""
    [message] = welcomed(1)
    Message.objects.update(due=NOON)
    with patch("django.utils.timezone.now", return_value=NOON):
        [one], _is_all = sending.take()
        answer = sending._sent_here(one)
    assert sending.release_unsure(NOON + timedelta(minutes=6)) == 1
    assert sending._write([(one, answer)]) == 1
    message.refresh_from_db()
    assert (message.state, message.held_until, message.problem) == ("sent", None, "")
    assert sent_at(NOON + timedelta(minutes=7)) == 0
    assert (list(whatsapp.asked.values()), spent()) == ([1], 400)


def test_a_slow_worker_takes_only_what_it_can_hand_over_in_time() -> None:
    """Three hundred seconds are theirs, so a hundred are to take a third of them."""
    assert sending._as_many(taken=100, seconds=2) == sending.TAKEN
    assert sending._as_many(taken=100, seconds=200) == 50
    assert sending._as_many(taken=8, seconds=600) == sending.SIDE_BY_SIDE
    assert sending._as_many(taken=0, seconds=0.1) == sending.TAKEN


def test_many_answers_are_written_in_one_statement(whatsapp: CloudApiFake) -> None:
    welcomed(*range(1, 51))
    Message.objects.update(due=NOON)
    with patch("django.utils.timezone.now", return_value=NOON):
        taken, _is_all = sending.take()
        answers = [(one, sending._sent_here(one)) for one in taken]
        with CaptureQueriesContext(connection) as queries:
            assert sending._write(answers) == 50
    assert len(queries) == 1
    assert set(Message.objects.values_list("state", "tries", "problem")) == {("sent", 1, "")}
    assert len({one.provider_id for one in Message.objects.all()}) == 50


def test_a_provider_that_is_not_there_is_tried_later() -> None:
    with reached(Crowd(), by_whatsapp("http://127.0.0.1:9", "t", "1")):
        [message] = welcomed(1)
        sent_at()
    message.refresh_from_db()
    assert (message.state, message.problem) == ("waiting", "not reached: ConnectionRefusedError")


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_no_message_twice(
    whatsapp: CloudApiFake, lasting_term: Callable[[str, int], None]
) -> None:
    lasting_term("day_cap", 120 * 400)
    lasting_term("quiet_from_hour", 0)
    lasting_term("quiet_until_hour", 0)
    welcomed(*range(1, 161))
    seen: list[int] = []

    def work() -> None:
        try:
            seen.extend(sending.send_waiting(0) for _time in range(4))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _one in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert (sum(seen), len(whatsapp.counted), set(whatsapp.asked.values())) == (120, 120, {1})
    assert spent() == 120 * 400
    assert Message.objects.filter(state="waiting").count() == 40
