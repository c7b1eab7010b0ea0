"""Against harvesting: an address may ask often, but not try codes. Counted in the database, so for all processes together.

A whole village may stand behind one address of a mobile network, and an officer scans hundreds of cards at an event: what is
genuine is therefore slowed late, what was never given out early.
"""

import time

from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import DomainError
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.networks import network_of
from okoce.foundation.shared.statements import run_prepared
from okoce.foundation.verification.models import LookupCount

SPAN_SECONDS = 15 * 60
MOST_ASKED = 600
MOST_MISSED = 30
CODES, NAMES = "verification.address", "verification.names"  # each counted for itself

_NOTE = """
INSERT INTO verification_lookupcount AS known (address_hash, span, asked, missed)
VALUES (%(address)s, %(span)s, %(asked)s, %(missed)s)
ON CONFLICT (address_hash, span) DO UPDATE SET asked = known.asked + excluded.asked, missed = known.missed + excluded.missed
RETURNING asked, missed
"""


class AskedTooOften(DomainError):
    """This address has tried too many codes or names lately."""

    status = 429
    code = "throttled"


def note_question(address: str, of: str = CODES) -> None:
    """Count one question of an address. Raises AskedTooOften where it has asked or guessed too much."""
    asked, missed = _note(address, of, asked=1)
    if asked > MOST_ASKED or missed >= MOST_MISSED:
        sentence = (
            _("Terlalu banyak nama diperiksa dari jaringan ini. Tunggu %s menit, lalu coba lagi.")
            if of == NAMES
            else _("Terlalu banyak kode diperiksa dari jaringan ini. Tunggu %s menit, lalu coba lagi.")
        )
        raise AskedTooOften(sentence % (SPAN_SECONDS // 60))


def note_miss(address: str, of: str = CODES) -> None:
    """Count one code that was never given out, or one name that nobody has."""
    _note(address, of, missed=1)


def forget_old_counts() -> int:
    """Delete the counts of spans that are over; returns how many."""
    deleted, _per_table = LookupCount.objects.filter(span__lt=_span()).delete()
    return deleted


def _note(address: str, of: str, *, asked: int = 0, missed: int = 0) -> tuple[int, int]:
    place = {"address": keyed_hash(of, network_of(address)), "span": _span()}
    [(all_asked, all_missed)] = run_prepared(_NOTE, {**place, "asked": asked, "missed": missed})
    return int(all_asked), int(all_missed)


def _span() -> int:
    return int(time.time()) // SPAN_SECONDS
