"""The register of kinds, and the brake on harvesting."""

from datetime import date

import pytest

from okoce.foundation.shared.errors import NotFound
from okoce.foundation.verification import brake, registry
from okoce.foundation.verification.codes import new_code, show_code
from okoce.foundation.verification.models import LookupCount
from okoce.foundation.verification.queries import verified
from okoce.foundation.verification.registry import Finding, Kind, Validity, register_kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_span")]
FINDING = Finding("test", "Uji", "S***", "Senen", Validity.VALID, date(2018, 1, 1))
KNOWN = new_code("ZZ")


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "KINDS", {})
    register_kind(Kind("ZZ", "Uji", lambda code: FINDING if code == KNOWN else None))


def refusal(code: str, address: str = "203.0.113.7") -> str:
    with pytest.raises((NotFound, brake.AskedTooOften)) as refused:
        verified(code, address)
    return str(refused.value.code)


def at(monkeypatch: pytest.MonkeyPatch, span: int, seconds: int = 0) -> None:
    monkeypatch.setattr(brake, "_clock", lambda: span * brake.SPAN_SECONDS + seconds)


def braked() -> brake.AskedTooOften | None:
    try:
        verified(KNOWN, "203.0.113.7")
    except brake.AskedTooOften as refused:
        return refused
    return None


def wait() -> tuple[str, int]:
    refused = braked()
    assert refused is not None
    assert refused.retry_after is not None
    return refused.sentence, refused.retry_after


def test_each_kind_finds_its_own() -> None:
    assert verified(show_code(KNOWN).lower(), "203.0.113.7") is FINDING


def test_a_slip_of_the_finger_is_told_from_a_code_that_never_was() -> None:
    wrong = KNOWN[:-1] + ("2" if KNOWN[-1] != "2" else "3")
    assert refusal(wrong) == "mistyped_code"
    assert refusal("") == "mistyped_code"
    assert refusal(new_code("ZZ")) == "unknown_code"
    assert refusal(new_code("YY")) == "unknown_code"


@pytest.mark.parametrize("prefix", ["Z", "ZZZ", "Z0", "zz", "ZZ"])
def test_a_prefix_is_two_signs_of_the_alphabet_and_taken_once(prefix: str) -> None:
    with pytest.raises(ValueError, match=prefix):
        register_kind(Kind(prefix, "Lain", lambda _code: None))


def test_whoever_tries_codes_is_stopped_and_others_are_not() -> None:
    for _turn in range(brake.MOST_MISSED):
        assert refusal(new_code("ZZ")) == "unknown_code"
    assert refusal(new_code("ZZ")) == "throttled"
    assert refusal(KNOWN) == "throttled"
    assert verified(KNOWN, "203.0.113.8") is FINDING


def test_slips_of_the_finger_stop_nobody() -> None:
    for _turn in range(brake.MOST_MISSED + 5):
        assert refusal("KA-KELIRU") == "mistyped_code"
    assert verified(KNOWN, "203.0.113.7") is FINDING


def test_an_officer_with_hundreds_of_cards_is_stopped_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brake, "MOST_ASKED", 3)
    for _turn in range(3):
        verified(KNOWN, "203.0.113.7")
    assert refusal(KNOWN) == "throttled"


def test_neighbours_of_one_ipv6_network_are_one() -> None:
    for turn in range(brake.MOST_MISSED):
        refusal(new_code("ZZ"), f"2001:db8:1:2::{turn:x}")
    assert refusal(KNOWN, "2001:db8:1:2:ffff::1") == "throttled"
    assert verified(KNOWN, "2001:db8:1:3::1") is FINDING


def test_no_address_is_kept_and_old_counts_go(monkeypatch: pytest.MonkeyPatch) -> None:
    verified(KNOWN, "203.0.113.7")
    [row] = LookupCount.objects.all()
    assert b"203.0.113.7" not in bytes(row.address_hash)
    assert brake.forget_old_counts() == 0
    at(monkeypatch, row.span + 1)
    assert brake.forget_old_counts() == 0, "it still counts in part"
    at(monkeypatch, row.span + 2)
    assert brake.forget_old_counts() == 1


@pytest.mark.parametrize(("elapsed", "minutes"), [(0, 15), (1, 15), (60, 14), (839, 2), (840, 1), (899, 1)])
def test_whoever_is_stopped_reads_how_long_she_really_waits(
    monkeypatch: pytest.MonkeyPatch, elapsed: int, minutes: int
) -> None:
    at(monkeypatch, 7, elapsed)
    for _turn in range(brake.MOST_MISSED):
        refusal(new_code("ZZ"))
    sentence, seconds = wait()
    assert f"Tunggu {minutes} menit" in sentence
    assert seconds == brake.SPAN_SECONDS - elapsed
    at(monkeypatch, 7, elapsed + seconds - 1)
    assert wait()[1] == 1
    at(monkeypatch, 7, elapsed + seconds)
    assert verified(KNOWN, "203.0.113.7") is FINDING


def test_around_the_end_of_a_quarter_nobody_has_twice_as_many_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, 7, 899)
    for _turn in range(brake.MOST_MISSED):
        assert refusal(new_code("ZZ")) == "unknown_code"
    at(monkeypatch, 8)
    tried = [refusal(new_code("ZZ")) for _turn in range(brake.MOST_MISSED)]
    assert tried.count("unknown_code") == 1
    at(monkeypatch, 8, 450)
    assert [refusal(new_code("ZZ")) for _turn in range(30)].count("unknown_code") == 15
    at(monkeypatch, 10)
    assert verified(KNOWN, "203.0.113.7") is FINDING


@pytest.mark.parametrize("elapsed", [0, 13, 449, 898, 899])
@pytest.mark.parametrize(("before", "here"), [(30, 1), (30, 15), (7, 28), (30, 30), (2, 33), (60, 0)])
def test_the_wait_that_is_told_is_just_long_enough(
    monkeypatch: pytest.MonkeyPatch, before: int, here: int, elapsed: int
) -> None:
    for span, missed in ((7, before), (8, here)):
        at(monkeypatch, span, elapsed)
        for _turn in range(missed):
            brake.note_miss("203.0.113.7")
    if braked():
        _sentence, seconds = wait()
        at(monkeypatch, 8, elapsed + seconds - 1)
        assert wait()[1] == 1
        at(monkeypatch, 8, elapsed + seconds)
        assert verified(KNOWN, "203.0.113.7") is FINDING


def test_who_asks_while_she_waits_makes_it_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brake, "MOST_ASKED", 3)
    for _turn in range(3):
        verified(KNOWN, "203.0.113.7")
    assert {wait()[1] for _turn in range(9)} == {brake.SPAN_SECONDS}
    assert LookupCount.objects.get().asked == 3
