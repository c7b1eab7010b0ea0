"""Guessing is slowed: after five failures for one contact, or thirty from one address, the door stays shut for a while."""

from datetime import timedelta

from django.utils import timezone

from okoce.foundation.accounts.models import SignInAttempt
from okoce.foundation.accounts.networks import network_of
from okoce.foundation.shared.keys import keyed_hash

WINDOW = timedelta(minutes=15)
PER_CONTACT = 5
PER_ADDRESS = 30
PURPOSE = "accounts.contact"


def is_shut(contact: str, address: str) -> bool:
    """True when this contact or this address has failed too often lately."""
    since = timezone.now() - WINDOW
    recent = SignInAttempt.objects.filter(at__gte=since)
    by_contact = recent.filter(contact_hash=keyed_hash(PURPOSE, contact)).order_by()[:PER_CONTACT].count()
    by_address = recent.filter(address=network_of(address)).order_by()[:PER_ADDRESS].count()
    return by_contact >= PER_CONTACT or by_address >= PER_ADDRESS


def note_failure(contact: str, address: str) -> None:
    """Remember a failed sign-in; the contact is kept as a keyed hash only."""
    SignInAttempt.objects.create(contact_hash=keyed_hash(PURPOSE, contact), address=network_of(address))


def forget_old_attempts() -> int:
    """Delete attempts that no longer count; returns how many."""
    deleted, _per_table = SignInAttempt.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    return deleted
