"""What a QR says to a checker without network: signed, short, and of one code alone."""

import base64
from datetime import date

import pytest
import segno
from pytest_django import Settings

from okoce.config.signing_keys import new_keys, rotated
from okoce.foundation.verification.codes import new_code, show_code
from okoce.foundation.verification.registry import Finding, Validity
from okoce.foundation.verification.signing import Claim, Forged, public_keys, read_claim, signed_claim
from okoce.foundation.web.square_codes import qr_of

TODAY = date(2026, 11, 22)
CODE, OTHER = new_code("KA"), new_code("KA")
SINCE, UNTIL = date(2018, 5, 12), date(2027, 1, 1)
FINDING = Finding(
    "member_card",
    "Kartu anggota",
    "S*** W***",
    "Senen, Kota Jakarta Pusat, DKI Jakarta",
    Validity.VALID,
    SINCE,
)
LONGEST = Finding("x", "X", "Ö" * 150, "Ñ" * 150, Validity.VALID, SINCE, UNTIL)


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.OKOCE_SIGNING_KEYS = new_keys()


def test_a_claim_says_what_the_page_says_and_nothing_more() -> None:
    assert read_claim(CODE, signed_claim(CODE, FINDING, TODAY)) == Claim(
        key=1, signed_on=TODAY, since=SINCE, until=None, holder="S*** W***", place="Senen, Kota Jakarta Pusat"
    )


def test_no_byte_can_be_changed_and_no_claim_fits_another_code() -> None:
    claim = signed_claim(CODE, FINDING, TODAY)
    raw = base64.b32decode(claim + "=" * (-len(claim) % 8))
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        with pytest.raises(Forged):
            read_claim(CODE, base64.b32encode(changed).decode().rstrip("="))
    with pytest.raises(Forged):
        read_claim(OTHER, claim)


@pytest.mark.parametrize("nonsense", ["", "A", "AAAA", "☺", "0189", "A" * 5000, "JBSWY3DP" * 20, "AE" * 60])
def test_what_is_no_claim_is_forged(nonsense: str) -> None:
    with pytest.raises(Forged):
        read_claim(CODE, nonsense)


def test_what_the_old_key_signed_stays_genuine_after_a_rotation_and_goes_with_its_key(
    settings: Settings,
) -> None:
    old = signed_claim(CODE, FINDING, TODAY)
    settings.OKOCE_SIGNING_KEYS = rotated(settings.OKOCE_SIGNING_KEYS)
    new = signed_claim(CODE, FINDING, TODAY)
    assert (read_claim(CODE, old).key, read_claim(CODE, new).key) == (1, 2)
    assert set(public_keys()) == {1, 2}
    settings.OKOCE_SIGNING_KEYS = settings.OKOCE_SIGNING_KEYS.split(",")[1]
    assert read_claim(CODE, new)
    with pytest.raises(Forged):
        read_claim(CODE, old)


def test_somebody_elses_key_of_the_same_number_signs_nothing_of_ours(settings: Settings) -> None:
    ours = settings.OKOCE_SIGNING_KEYS
    settings.OKOCE_SIGNING_KEYS = new_keys()
    theirs = signed_claim(CODE, FINDING, TODAY)
    settings.OKOCE_SIGNING_KEYS = ours
    with pytest.raises(Forged):
        read_claim(CODE, theirs)


@pytest.mark.parametrize(
    ("day", "kept"), [(date(1990, 1, 1), date(2000, 1, 2)), (date(2300, 1, 1), date(2179, 6, 6))]
)
def test_days_that_do_not_fit_are_moved_to_the_nearest_that_does(day: date, kept: date) -> None:
    assert read_claim(CODE, signed_claim(CODE, FINDING, day)).signed_on == kept


def test_long_names_are_cut_between_letters() -> None:
    claim = read_claim(CODE, signed_claim(CODE, LONGEST, TODAY))
    assert claim.holder == "Ö" * 22 + "…"
    assert claim.until == UNTIL


def version_of(finding: Finding) -> int:
    address = f"https://www.okoce.contoh/verifikasi/{show_code(CODE)}/{signed_claim(CODE, finding, TODAY)}"
    drawn = qr_of(address)
    assert drawn.error in {"M", "Q", "H"}
    return int(drawn.version)


def test_a_cheap_phone_reads_the_square() -> None:
    """At 25 mm on a card, version 9 has modules of 0.47 mm, version 12 of 0.38 mm."""
    assert version_of(FINDING) <= 9
    assert version_of(LONGEST) <= 12
    assert segno.make_qr(f"https://www.okoce.contoh/verifikasi/{show_code(CODE)}").version <= 4
