"""Guessing codes is slowed across sessions: wrong codes shut the phone or the address, each time for longer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from okoce.foundation.accounts.caps import address_key, phone_key
from okoce.foundation.accounts.clock import clock_text
from okoce.foundation.accounts.models import Guessing
from okoce.foundation.accounts.states import GuessScope
from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.jobs import defer
from okoce.foundation.shared.keys import encrypt

LOCKED_PHONE = "accounts.locked_phone"
QUIET = timedelta(days=7)  # after which old locks are forgotten


@dataclass(frozen=True, slots=True)
class Patience:
    """Wrong codes before the first lock and before each further one; how long the first, second, … lock holds."""

    first: int
    further: int
    waits: tuple[timedelta, ...]

    def before(self, locks: int) -> int:
        return self.further if locks else self.first

    def wait(self, locks: int) -> timedelta:
        return self.waits[min(locks, len(self.waits) - 1)]


MINUTES, HOURS = timedelta(minutes=15), timedelta(hours=1)
PATIENCE = {
    # ten guesses of a million, then five a day at last
    GuessScope.PHONE: Patience(10, 5, (MINUTES, HOURS, 4 * HOURS, 24 * HOURS)),
    # a provider puts a whole village behind one address: more patience, and never a whole day
    GuessScope.ADDRESS: Patience(60, 30, (MINUTES, HOURS, 4 * HOURS)),
}


@dataclass(frozen=True, slots=True)
class Guesses:
    """The two counters of a try, held until the transaction ends."""

    phone: Guessing
    address: Guessing

    @property
    def left(self) -> int:
        """Wrong codes until the next lock."""
        return min(_left(self.phone), _left(self.address))

    def forgive(self) -> None:
        """The right code: the phone's owner was here. An address proves nothing."""
        if self.phone.wrong_count or self.phone.locks_count:
            self.phone.wrong_count = self.phone.locks_count = 0
            self.phone.locked_until = None
            self.phone.save()

    def note_wrong(self, phone: str) -> bool:
        """Count a wrong code; True when the phone was shut by it, of which its owner will be told."""
        _note(self.address)
        if not _note(self.phone):
            return False
        self.phone.phone_encrypted = encrypt(LOCKED_PHONE, phone.encode())
        self.phone.save(update_fields=["phone_encrypted"])
        defer("accounts.tell_of_lock", guessing_id=self.phone.pk)
        return True


def guesses_of(phone: str, address: str) -> Guesses:
    """Both counters under lock, the phone's first, so that nobody waits in a circle; refuses while one of them is shut."""
    held = Guesses(_held(GuessScope.PHONE, phone_key(phone)), _held(GuessScope.ADDRESS, address_key(address)))
    refuse_if_shut(held.phone, held.address)
    return held


def refuse_shut(phone: str, address: str) -> None:
    """Refuse a phone or an address that is shut now, without counting or writing anything: a flood meets one read."""
    of_phone = Q(scope=GuessScope.PHONE, key_hash=phone_key(phone))
    of_address = Q(scope=GuessScope.ADDRESS, key_hash=address_key(address))
    refuse_if_shut(*Guessing.objects.filter(of_phone | of_address).order_by("-scope"))


def shut_until(phone: str) -> datetime | None:
    """Until when a phone gets no code and none is taken from it; None where it is open."""
    shut = Guessing.objects.filter(
        scope=GuessScope.PHONE, key_hash=phone_key(phone), locked_until__gt=timezone.now()
    ).first()
    return shut.locked_until if shut is not None else None


def refuse_if_shut(*counters: Guessing) -> None:
    now = timezone.now()
    for counter in counters:
        if counter.locked_until and counter.locked_until > now:
            raise Refused(_sentence(counter.scope, counter.locked_until), code="locked")


def forget_quiet_guessing(now: datetime) -> int:
    """Delete counters that were quiet for long; returns how many."""
    deleted, _per_table = Guessing.objects.filter(at__lt=now - QUIET).delete()
    return deleted


def _sentence(scope: str, until: datetime) -> str:
    if scope == GuessScope.PHONE:
        return _(
            "Nomor ini dikunci sampai pukul %(until)s, karena kode salah diisi berkali-kali. Coba lagi sesudah itu,"
            " atau minta bantuan pendamping."
        ) % {"until": clock_text(until)}
    return _(
        "Terlalu banyak kode salah dari jaringan internet ini. Coba lagi sesudah pukul %(until)s, atau pakai jaringan lain."
    ) % {"until": clock_text(until)}


def _held(scope: GuessScope, key: bytes) -> Guessing:
    now = timezone.now()
    fresh = Guessing(scope=scope, key_hash=key, at=now)
    Guessing.objects.bulk_create([fresh], ignore_conflicts=True)
    counter = Guessing.objects.select_for_update(of=("self",)).get(scope=scope, key_hash=key)
    if counter.at < now - QUIET:
        counter.wrong_count = counter.locks_count = 0
    return counter


def _left(counter: Guessing) -> int:
    return PATIENCE[GuessScope(counter.scope)].before(counter.locks_count) - counter.wrong_count


def _note(counter: Guessing) -> bool:
    patience, now = PATIENCE[GuessScope(counter.scope)], timezone.now()
    counter.wrong_count += 1
    counter.at = now
    is_shut = counter.wrong_count >= patience.before(counter.locks_count)
    if is_shut:
        counter.locked_until = now + patience.wait(counter.locks_count)
        counter.locks_count += 1
        counter.wrong_count = 0
    counter.save()
    return is_shut
