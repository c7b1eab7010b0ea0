"""What codes may cost: caps per phone, per address and per day, counted exactly also when many ask at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.accounts.clock import clock_text, day_of, hour_of
from okoce.foundation.accounts.models import CodeLimit
from okoce.foundation.accounts.states import CountScope
from okoce.foundation.shared.days import today_wib
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.networks import network_of
from okoce.foundation.shared.statements import run_prepared

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOTICES_A_DAY = 3

# One statement: whoever comes after the last one finds no row to raise.
_TAKE = """
INSERT INTO accounts_codecount AS c (scope, key_hash, since, count)
VALUES (%(scope)s, %(key)s, %(since)s::timestamptz, 1)
ON CONFLICT (key_hash, scope, since) DO UPDATE SET count = c.count + 1 WHERE c.count < %(most)s::int
RETURNING c.count
"""


@dataclass(frozen=True, slots=True)
class _Cap:
    scope: CountScope
    key: bytes
    most: int
    since: datetime
    lasts: timedelta

    def take(self) -> bool:
        values = {"scope": self.scope.value, "key": self.key, "since": self.since, "most": self.most}
        return self.most > 0 and bool(run_prepared(_TAKE, values))

    def refusal(self) -> Refused:
        again = {"again": clock_text(self.since + self.lasts), "most": self.most}
        sentences = {
            CountScope.PHONE_HOUR: _(
                "Kode untuk nomor ini sudah dikirim %(most)s kali. Minta lagi pukul %(again)s."
            ),
            CountScope.PHONE_DAY: _(
                "Kode untuk nomor ini sudah dikirim %(most)s kali hari ini. Minta lagi pukul %(again)s."
            ),
            CountScope.ADDRESS_HOUR: _(
                "Terlalu banyak kode diminta dari jaringan internet ini. Coba lagi pukul %(again)s, atau pakai jaringan lain."
            ),
            CountScope.ADDRESS_DAY: _(
                "Terlalu banyak kode diminta dari jaringan internet ini hari ini. Coba lagi pukul %(again)s, atau pakai jaringan lain."
            ),
        }
        full = _("Jatah kode hari ini habis. Coba lagi pukul %(again)s, atau minta bantuan pendamping.")
        return Refused(sentences.get(self.scope, full) % again, code="too_many_codes")


def phone_key(phone: str) -> bytes:
    return keyed_hash("accounts.phone", phone)


def address_key(address: str) -> bytes:
    """One key for an address, or for the whole home network of an IPv6 one."""
    return keyed_hash("accounts.address", network_of(address))


def take_one(phone: str, address: str) -> None:
    """Count one code to be sent; refuses the one that would pass a cap, with when to try again.

    Inside a transaction: a refusal takes back what was counted before it. Always in this order, so that nobody waits in a circle.
    """
    for cap in _caps(phone_key(phone), address_key(address)):
        if not cap.take():
            raise cap.refusal()


def take_notice(phone: str, about: str) -> bool:
    """Count one message that nobody asked for; False when the phone has had its share today. Each thing it may be about has a
    share of its own: whoever guesses, and so has locks told of, cannot silence what comes after."""
    key = keyed_hash("accounts.notice", f"{about}\0{phone}")
    return _Cap(CountScope.NOTICE_DAY, key, NOTICES_A_DAY, day_of(timezone.now()), DAY).take()


def limits_today() -> CodeLimit:
    """The caps that hold today. A migration has written the first ones, so there always are some."""
    return CodeLimit.objects.filter(from_on__lte=today_wib()).latest("from_on")


def _caps(phone: bytes, address: bytes) -> Iterator[_Cap]:
    limits, now = limits_today(), timezone.now()
    hour, day = hour_of(now), day_of(now)
    yield _Cap(CountScope.PHONE_HOUR, phone, limits.phone_hour, hour, HOUR)
    yield _Cap(CountScope.PHONE_DAY, phone, limits.phone_day, day, DAY)
    yield _Cap(CountScope.ADDRESS_HOUR, address, limits.address_hour, hour, HOUR)
    yield _Cap(CountScope.ADDRESS_DAY, address, limits.address_day, day, DAY)
    yield _Cap(CountScope.DAY, b"", limits.day, day, DAY)
