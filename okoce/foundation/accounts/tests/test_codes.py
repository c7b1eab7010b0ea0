"""A code proves a phone once, costs no more than was agreed, and cannot be guessed."""

import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from okoce.foundation.accounts import caps
from okoce.foundation.accounts.codes import BETWEEN, LASTS, TRIES, accept_code, send_code
from okoce.foundation.accounts.forgetting import forget_old_traces
from okoce.foundation.accounts.models import CodeCount, CodeLimit, Guessing, SignInCode
from okoce.foundation.events.models import Event
from okoce.foundation.shared.errors import Refused
from tests.outbox import Outbox
from tests.together import together

PHONE, OTHER = "+6281234567890", "+6281234567891"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.9"
NOON = "2026-05-04T05:00:20Z"  # 12.00.20 WIB


def send(phone: str = PHONE, purpose: str = "sign_in", address: str = HERE) -> None:
    send_code(phone, purpose=purpose, address=address)


def accept(
    text: str, phone: str = PHONE, purpose: str = "sign_in", address: str = HERE, holder: str = ""
) -> None:
    accept_code(phone, text, purpose=purpose, address=address, holder=holder)


def refusal(deed: object, *given: str, **more: str) -> str:
    with pytest.raises(Refused) as refused:
        deed(*given, **more)  # type: ignore[operator]  # send or accept
    return refused.value.sentence


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


@pytest.mark.django_db
class TestACode:
    def test_is_six_digits_in_a_message_that_says_until_when(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False):
            send()
        [(to, text)] = outbox.sent
        assert to == PHONE
        assert re.fullmatch(r"OK OCE: kode masuk Anda [0-9]{6}\. Berlaku sampai pukul 12\.11 WIB\. .*", text)

    @pytest.mark.parametrize("written", ["{}", " {} ", "{:.3} {}"])
    def test_opens_once_however_it_is_spaced(self, outbox: Outbox, written: str) -> None:
        send()
        code = outbox.code(PHONE)
        accept(f"{code[:3]} {code[3:]}" if "." in written else written.format(code))
        assert "tidak berlaku" in refusal(accept, code)

    def test_opens_again_for_a_minute_where_it_was_typed_and_nowhere_else(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            send()
            code = outbox.code(PHONE)
            accept(code, holder="session:a")
            accept(code, holder="session:a")
            for stranger in ("", "session:b"):
                assert "tidak berlaku" in refusal(accept, code, holder=stranger)
            assert refusal(accept, wrong(code), holder="session:a")
            clock.shift(timedelta(minutes=1))
            assert "tidak berlaku" in refusal(accept, code, holder="session:a")

    def test_that_was_typed_in_makes_nobody_wait_for_the_next(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False):
            send()
            first = outbox.code(PHONE)
            accept(first, holder="session:a")
            send()
            second = outbox.code(PHONE)
            if first != second:
                assert refusal(accept, first, holder="session:a")
            accept(second, holder="session:a")

    def test_opens_nothing_else_than_what_it_was_sent_for(self, outbox: Outbox) -> None:
        send()
        send(OTHER)
        assert refusal(accept, outbox.code(PHONE), purpose="registration")
        assert refusal(accept, outbox.code(PHONE), phone=OTHER)
        accept(outbox.code(PHONE))

    def test_ends_the_one_before(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            send()
            first = outbox.code(PHONE)
            clock.shift(BETWEEN)
            send()
            second = outbox.code(PHONE)
            if first != second:
                assert refusal(accept, first)
            accept(second)

    def test_is_not_sent_twice_within_a_minute(self, outbox: Outbox) -> None:
        send()
        assert (
            refusal(send) == "Kode baru saja dikirim. Tunggu satu menit, lalu minta lagi bila belum sampai."
        )
        assert len(outbox.sent) == 1

    def test_is_too_old_after_ten_minutes(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            send()
            clock.shift(LASTS)
            assert "sudah tidak berlaku" in refusal(accept, outbox.code(PHONE))

    def test_is_void_after_five_wrong_tries(self, outbox: Outbox) -> None:
        send()
        code = outbox.code(PHONE)
        said = [refusal(accept, wrong(code)) for _try in range(TRIES)]
        assert said[0] == "Kode belum cocok. Masih bisa 4 kali lagi."
        assert said[3] == "Kode belum cocok. Masih bisa 1 kali lagi."
        assert "Minta kode baru" in said[4]
        assert "Minta kode baru" in refusal(accept, code)

    def test_that_was_guessed_away_says_when_the_next_one_is_sent(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            send()
            code = outbox.code(PHONE)
            clock.shift(timedelta(seconds=15))
            said = [refusal(accept, wrong(code)) for _try in range(TRIES)]
            assert said[-1] == "Kode itu sudah tidak berlaku. Minta kode baru 45 detik lagi."
            clock.shift(timedelta(seconds=5))
            assert (
                refusal(send)
                == "Kode yang terakhir dikirim sudah tidak berlaku. Kode baru bisa diminta 40 detik lagi."
            )
            assert len(outbox.sent) == 1
            clock.shift(timedelta(seconds=40))
            assert refusal(accept, code).endswith("Minta kode baru, lalu pakai kode yang terakhir dikirim.")
            send()
            accept(outbox.code(PHONE))

    @pytest.mark.parametrize("text", ["", "12345", "1234567", "abcdef", "kode", "١٢٣٤٥٦"])
    def test_that_is_no_code_is_told_and_not_counted(self, outbox: Outbox, text: str) -> None:
        send()
        assert (
            refusal(accept, text) == "Kode terdiri dari 6 angka. Lihat lagi pesan kami, lalu ketik semuanya."
        )
        assert not Guessing.objects.exists()

    @pytest.mark.parametrize("phone", ["+60123456789", "+622112345678", "+628123", "+14155550100", "bukan"])
    def test_goes_to_mobile_phones_of_indonesia_only(self, outbox: Outbox, phone: str) -> None:
        assert "nomor HP Indonesia" in refusal(send, phone)
        assert outbox.sent == []

    def test_stands_nowhere_in_the_database(self, outbox: Outbox) -> None:
        send()
        kept = [row for table in (SignInCode, CodeCount, Guessing) for row in table.objects.values()]
        said = b" ".join(
            bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
            for row in kept
            for value in row.values()
        )
        assert outbox.code(PHONE).encode() not in said
        assert PHONE[3:].encode() not in said

    def test_that_nobody_got_is_forgotten_and_can_be_asked_for_at_once(self, outbox: Outbox) -> None:
        outbox.is_down = True
        assert "gangguan pengirim pesan" in refusal(send)
        assert not SignInCode.objects.exists()
        outbox.is_down = False
        send()
        accept(outbox.code(PHONE))

    def test_costs_as_much_for_a_phone_that_nobody_knows(self, outbox: Outbox) -> None:
        costs = []
        for phone in (PHONE, OTHER):
            with CaptureQueriesContext(connection) as asked:
                send(phone)
                refusal(accept, wrong(outbox.code(phone)), phone=phone)
            costs.append(len(asked))
        assert costs[0] == costs[1]

    def test_is_refused_where_no_channel_takes_it(self) -> None:
        assert "belum punya pengirim pesan" in refusal(send)
        assert not SignInCode.objects.exists()

    def test_leaves_no_trace_once_it_counts_no_more(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            send()
            refusal(accept, wrong(outbox.code(PHONE)))
            forget_old_traces()
            assert SignInCode.objects.exists()
            clock.shift(timedelta(days=8))
            forget_old_traces()
        assert not SignInCode.objects.exists()
        assert not CodeCount.objects.exists()
        assert not Guessing.objects.exists()


@pytest.mark.django_db
class TestTheCaps:
    @pytest.fixture(autouse=True)
    def few(self) -> None:
        CodeLimit.objects.create(
            from_on=date(2026, 5, 1), phone_hour=2, phone_day=3, address_hour=4, address_day=6, day=8
        )

    def sent_after(self, clock: Any, count: int, phone: str = PHONE) -> None:
        for _code in range(count):
            send(phone)
            clock.shift(BETWEEN)

    def test_hold_for_a_phone_within_the_hour_and_the_day(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            self.sent_after(clock, 2)
            assert refusal(send) == "Kode untuk nomor ini sudah dikirim 2 kali. Minta lagi pukul 13.00 WIB."
            clock.shift(timedelta(hours=1))
            self.sent_after(clock, 1)
            said = refusal(send)
            assert (
                said
                == "Kode untuk nomor ini sudah dikirim 3 kali hari ini. Minta lagi pukul 05/05 00.00 WIB."
            )
            clock.shift(timedelta(hours=12))
            send()
        assert len(outbox.sent) == 4

    def test_hold_for_an_address_whatever_the_phones(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False):
            for number in range(4):
                send(f"+62812000000{number:02d}")
            assert "jaringan internet ini" in refusal(send)
            send(address=ELSEWHERE)
        assert len(outbox.sent) == 5

    def test_count_a_home_network_as_one(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False):
            for number in range(4):
                send(f"+62812000000{number:02d}", address=f"2001:db8:1:2::{number}")
            assert "jaringan internet ini" in refusal(send, address="2001:db8:1:2:ffff::1")
            send(address="2001:db8:1:3::1")

    def test_hold_for_the_whole_installation_in_a_day(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            for number in range(8):
                send(f"+62812000000{number:02d}", address=f"192.0.2.{number}")
            assert refusal(send) == (
                "Jatah kode hari ini habis. Coba lagi pukul 05/05 00.00 WIB, atau minta bantuan pendamping."
            )
            clock.shift(timedelta(hours=12))
            send()

    def test_count_nothing_for_what_was_refused(self, outbox: Outbox) -> None:
        with time_machine.travel(NOON, tick=False):
            for number in range(4):
                send(f"+62812000000{number:02d}")
            for _try in range(3):
                refusal(send)
            send(address=ELSEWHERE)
        counts = CodeCount.objects.filter(key_hash=caps.phone_key(PHONE)).values_list("count", flat=True)
        assert list(counts) == [1, 1]

    def test_are_those_of_the_day(self, outbox: Outbox) -> None:
        with time_machine.travel("2026-04-30T05:00:00Z", tick=False):
            assert caps.limits_today().phone_hour == 5
        with time_machine.travel(NOON, tick=False):
            assert caps.limits_today().phone_hour == 2


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_a_code_is_accepted_once(self, outbox: Outbox) -> None:
        send()
        code = outbox.code(PHONE)
        results = together(20, lambda place: accept(code, address=f"192.0.2.{place}"))
        assert sum(result is None for result in results) == 1
        assert all(isinstance(result, Refused) for result in results if result is not None)

    def test_every_wrong_code_is_counted_and_no_right_one_slips_in_after_the_fifth(
        self, outbox: Outbox
    ) -> None:
        send()
        code = outbox.code(PHONE)
        guesses = [f"{(int(code) + 1 + place) % 1_000_000:06d}" for place in range(9)]
        together(9, lambda place: accept(guesses[place]))
        assert SignInCode.objects.get().tries_count == 9
        assert sorted(Guessing.objects.values_list("scope", "wrong_count")) == [("address", 9), ("phone", 9)]
        assert refusal(accept, code)

    def test_twenty_requests_send_one_message(self, outbox: Outbox) -> None:
        results = together(20, lambda place: send(address=f"192.0.2.{place}"))
        assert sum(result is None for result in results) == 1
        assert len(outbox.sent) == 1
        accept(outbox.code(PHONE))

    def test_a_cap_is_kept_exactly(self, outbox: Outbox) -> None:
        CodeLimit.objects.create(
            from_on=date(2026, 1, 1), phone_hour=9, phone_day=9, address_hour=7, address_day=9, day=99
        )
        try:
            results = together(16, lambda place: send(f"+62812000000{place:02d}"))
        finally:
            CodeLimit.objects.filter(from_on=date(2026, 1, 1)).delete()
        assert sum(result is None for result in results) == 7
        assert len(outbox.sent) == 7

    def test_nothing_is_counted_inside_a_deed_that_could_be_taken_back(self, outbox: Outbox) -> None:
        with transaction.atomic(), pytest.raises(RuntimeError):
            accept("123456")


@pytest.mark.django_db
def test_codes_are_drawn_from_all_of_them(outbox: Outbox) -> None:
    """Not from a generator whose seed could be known."""
    random.seed(1)
    send()
    first = outbox.code(PHONE)
    random.seed(1)
    send(OTHER)
    assert first != outbox.code(OTHER)
    assert not Event.objects.exists()
