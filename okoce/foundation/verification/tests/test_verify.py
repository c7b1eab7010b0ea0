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
    monkeypatch.setattr(brake, "_span", lambda: row.span + 1)
    assert brake.forget_old_counts() == 1
