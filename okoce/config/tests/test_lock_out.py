"""A thousand wrong codes: locked, each time for longer, with a clear sentence, and the owner is told."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from okoce.community.members.tests.places import territory_in_memory  # noqa: F401  (a fixture)
from okoce.foundation.accounts.codes import accept_code, send_code
from okoce.foundation.accounts.jobs import tell_of_lock
from okoce.foundation.accounts.models import Guessing
from okoce.foundation.accounts.tests.people import account, granted
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from okoce.pipeline.tests.factories import registered
from tests.outbox import Outbox
from tests.together import together

pytestmark = pytest.mark.django_db
PHONE, OTHER = "+6281234567890", "+6281234567891"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
NOON = "2026-05-04T05:00:20Z"  # 12.00.20 WIB
SHUT = "Nomor ini dikunci sampai pukul 12.16 WIB, karena kode salah diisi berkali-kali."


def guess(phone: str = PHONE, address: str = HERE, text: str = "000000") -> str:
    try:
        accept_code(phone, text, purpose="sign_in", address=address)
    except Refused as refused:
        return refused.sentence
    return ""


def guess_often(times: int, phone: str = PHONE) -> list[str]:
    """From ever other addresses, as somebody with many machines does."""
    return [guess(phone, f"10.0.{number // 250}.{number % 250}") for number in range(times)]


def deferred() -> list[dict[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'accounts.tell_of_lock' ORDER BY id"
        )
        return [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor.fetchall()]


def test_a_thousand_wrong_codes_are_ten_guesses(outbox: Outbox) -> None:
    with time_machine.travel(NOON, tick=False):
        send_code(PHONE, purpose="sign_in", address=HERE)
        code = outbox.code(PHONE)
        said = guess_often(1000)
        assert "dikunci sampai pukul 12.16 WIB" in said[9]
        assert all(sentence.startswith(SHUT) for sentence in said[10:])
        counter = Guessing.objects.get(scope="phone")
        assert (counter.wrong_count, counter.locks_count) == (0, 1)
        assert guess(text=code).startswith(SHUT)
        with pytest.raises(Refused, match="dikunci"):
            send_code(PHONE, purpose="sign_in", address=HERE)


def test_each_lock_is_longer_than_the_one_before(outbox: Outbox) -> None:
    waits = []
    with time_machine.travel(NOON, tick=False) as clock:
        guess_often(5)
        for _lock in range(6):
            guess_often(5)
            until = Guessing.objects.get(scope="phone").locked_until
            assert until is not None
            waits.append(until - timezone.now())
            clock.move_to(until)
    hour = timedelta(hours=1)
    assert waits == [hour / 4, hour, 4 * hour, 24 * hour, 24 * hour, 24 * hour]


def test_other_phones_and_their_owners_are_not_shut_out(outbox: Outbox) -> None:
    guess_often(20)
    send_code(OTHER, purpose="sign_in", address=ELSEWHERE)
    assert guess(OTHER, ELSEWHERE, outbox.code(OTHER)) == ""


def test_one_address_that_tries_many_phones_is_shut(outbox: Outbox) -> None:
    for number in range(60):
        guess(f"+62812000000{number:02d}")
    send_code(PHONE, purpose="sign_in", address=ELSEWHERE)
    assert "jaringan internet ini" in guess(text=outbox.code(PHONE))
    assert guess(address=ELSEWHERE, text=outbox.code(PHONE)) == ""


def test_the_right_code_forgives_the_phone_but_not_the_address(outbox: Outbox) -> None:
    send_code(PHONE, purpose="sign_in", address=HERE)
    guess(text="111111" if outbox.code(PHONE) != "111111" else "222222")
    assert guess(text=outbox.code(PHONE)) == ""
    assert dict(Guessing.objects.values_list("scope", "wrong_count")) == {"phone": 0, "address": 1}


def test_a_week_of_quiet_makes_patient_again() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guess_often(10)
        clock.shift(timedelta(days=8))
        said = guess_often(10)
        assert "dikunci" not in said[8]
        assert Guessing.objects.get(scope="phone").locks_count == 1


def test_the_owner_is_told_once_and_the_histories_say_it(outbox: Outbox) -> None:
    member = registered(name="Siti Rahayu", phone=PHONE)
    officer = account(phone=PHONE, email=None)
    granted(officer)
    with time_machine.travel(NOON, tick=False):
        guess_often(30)
        [job] = deferred()
        assert list(job) == ["guessing_id"]
        for _again in range(2):
            tell_of_lock(**job)
        [message] = outbox.texts(PHONE)
    assert re.match(
        r"OK OCE: kode masuk untuk nomor Anda salah diisi .* dikunci sampai pukul 12\.16 WIB\.", message
    )
    events = Event.objects.filter(kind__endswith=".sign_in_locked").order_by("kind")
    assert [(event.kind, event.subject_id, event.payload["until"]) for event in events] == [
        ("accounts.sign_in_locked", officer.pk, "12.16 WIB"),
        ("members.sign_in_locked", member.pk, "12.16 WIB"),
    ]
    assert Guessing.objects.get(scope="phone").phone_encrypted is None


def test_nobody_is_told_more_than_three_times_a_day(outbox: Outbox) -> None:
    with time_machine.travel("2026-05-03T17:00:20Z", tick=False) as clock:  # just after midnight in WIB
        guess_often(5)
        for _lock in range(4):
            guess_often(5)
            tell_of_lock(**deferred()[-1])
            clock.move_to(Guessing.objects.get(scope="phone").locked_until)
    assert len(outbox.texts(PHONE)) == 3


def test_a_channel_that_is_down_does_not_stop_the_histories(outbox: Outbox) -> None:
    officer = account(phone=PHONE, email=None)
    guess_often(10)
    outbox.is_down = True
    tell_of_lock(**deferred()[0])
    assert Event.objects.filter(kind="accounts.sign_in_locked", subject_id=officer.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_guessers_at_once_get_ten_guesses(outbox: Outbox) -> None:
    said = together(20, lambda place: guess(address=f"192.0.2.{place}"))
    assert sum(str(sentence).startswith("Kode itu sudah tidak berlaku") for sentence in said) == 9
    assert sum(str(sentence).startswith("Kode belum cocok. Nomor ini dikunci") for sentence in said) == 1
    assert sum(str(sentence).startswith("Nomor ini dikunci") for sentence in said) == 10
    assert len(deferred()) == 1
