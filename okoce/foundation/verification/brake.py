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

# One statement counts a question, unless it is refused: who asks while she waits makes her own waiting no longer.
_ASK = """
WITH lately AS (
  SELECT coalesce(sum(asked) FILTER (WHERE span = %(span)s::bigint), 0) AS asked,
         coalesce(sum(missed) FILTER (WHERE span = %(span)s::bigint), 0) AS missed,
         coalesce(sum(asked) FILTER (WHERE span < %(span)s::bigint), 0) AS asked_before,
         coalesce(sum(missed) FILTER (WHERE span < %(span)s::bigint), 0) AS missed_before
  FROM verification_lookupcount
  WHERE address_hash = %(address)s AND span IN (%(span)s::bigint - 1, %(span)s::bigint)
), noted AS (
  INSERT INTO verification_lookupcount AS known (address_hash, span, asked, missed)
  SELECT %(address)s, %(span)s::bigint, 1, 0 FROM lately
  WHERE asked * %(whole)s::int + asked_before * %(kept)s::int < %(most_asked)s::int * %(whole)s::int
    AND missed * %(whole)s::int + missed_before * %(kept)s::int < %(most_missed)s::int * %(whole)s::int
  ON CONFLICT (address_hash, span) DO UPDATE SET asked = known.asked + excluded.asked
)
SELECT asked, asked_before, missed, missed_before FROM lately
"""
_MISS = """
INSERT INTO verification_lookupcount AS known (address_hash, span, asked, missed)
VALUES (%(address)s, %(span)s, 0, 1)
ON CONFLICT (address_hash, span) DO UPDATE SET missed = known.missed + excluded.missed
"""


class AskedTooOften(DomainError):
    """This address has tried too many codes or names lately; `retry_after` says for how long it waits."""

    status = 429
    code = "throttled"

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.retry_after = seconds


def note_question(address: str, of: str = CODES) -> None:
    """Count one question of an address. Raises AskedTooOften where it has asked or guessed too much."""
    now = _clock()
    elapsed = now % SPAN_SECONDS
    place = {"address": keyed_hash(of, network_of(address)), "span": now // SPAN_SECONDS}
    bounds = {
        "whole": SPAN_SECONDS,
        "kept": _kept(elapsed),
        "most_asked": MOST_ASKED,
        "most_missed": MOST_MISSED,
    }
    [(asked, asked_before, missed, missed_before)] = run_prepared(_ASK, {**place, **bounds})
    seconds = max(
        _seconds_left(int(asked), int(asked_before), MOST_ASKED, elapsed),
        _seconds_left(int(missed), int(missed_before), MOST_MISSED, elapsed),
    )
    if seconds:
        raise AskedTooOften(_sentence(of) % -(-seconds // 60), seconds)


def note_miss(address: str, of: str = CODES) -> None:
    """Count one code that was never given out, or one name that nobody has."""
    run_prepared(_MISS, {"address": keyed_hash(of, network_of(address)), "span": _clock() // SPAN_SECONDS})


def forget_old_counts() -> int:
    """Delete the counts of spans that count no more; returns how many."""
    deleted, _per_table = LookupCount.objects.filter(span__lt=_clock() // SPAN_SECONDS - 1).delete()
    return deleted


def _seconds_left(here: int, before: int, most: int, elapsed: int) -> int:
    """How long until one more is let through; 0 for now. The span before counts for the part of it that the last quarter of an
    hour still holds: else whoever waits for the quarter to end has twice as many tries around it."""
    if here * SPAN_SECONDS + before * _kept(elapsed) < most * SPAN_SECONDS:
        return 0
    if here < most:
        return SPAN_SECONDS - -(-(most - here) * SPAN_SECONDS // before) - elapsed
    return SPAN_SECONDS - elapsed + _seconds_left(0, here, most, 0)


def _kept(elapsed: int) -> int:
    """Of how many seconds of the span before the counts still hold; the second that runs has let one go."""
    return SPAN_SECONDS - 1 - elapsed


def _sentence(of: str) -> str:
    if of == NAMES:
        return _("Terlalu banyak nama diperiksa dari jaringan ini. Tunggu %s menit, lalu coba lagi.")
    return _("Terlalu banyak kode diperiksa dari jaringan ini. Tunggu %s menit, lalu coba lagi.")


def _clock() -> int:
    return int(time.time())
