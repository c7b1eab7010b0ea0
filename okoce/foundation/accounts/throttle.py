"""Guessing is slowed: after five failures for one contact, or thirty from one address, the door stays shut for a while.

A try is counted before it is made and taken back when it was right, so that many at the same moment are counted as many.
"""

from datetime import timedelta

from django.utils import timezone

from okoce.foundation.accounts.models import SignInAttempt
from okoce.foundation.shared.keys import keyed_hash
from okoce.foundation.shared.networks import network_of

WINDOW = timedelta(minutes=15)
PER_CONTACT = 5
PER_ADDRESS = 30
PURPOSE = "accounts.contact"


def begin_attempt(contact: str, address: str) -> SignInAttempt | None:
    """Count a try; None, uncounted, when this contact or this address has failed too often lately. The contact is kept as a
    keyed hash only."""
    attempt = SignInAttempt.objects.create(
        contact_hash=keyed_hash(PURPOSE, contact), address=network_of(address)
    )
    if _failed_too_often(attempt):
        attempt.delete()
        return None
    return attempt


def take_back(attempt: SignInAttempt) -> None:
    """It was right."""
    attempt.delete()


def _failed_too_often(attempt: SignInAttempt) -> bool:
    others = SignInAttempt.objects.filter(at__gte=timezone.now() - WINDOW).exclude(pk=attempt.pk)
    by_contact = others.filter(contact_hash=attempt.contact_hash).order_by()[:PER_CONTACT].count()
    by_address = others.filter(address=attempt.address).order_by()[:PER_ADDRESS].count()
    return by_contact >= PER_CONTACT or by_address >= PER_ADDRESS


def forget_old_attempts() -> int:
    """Delete attempts that no longer count; returns how many."""
    deleted, _per_table = SignInAttempt.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    return deleted
