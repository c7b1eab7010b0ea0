"""Whose contact the page of a komunitas shows, told to the feature beside it that keeps who looked at whom."""

from collections.abc import Callable
from dataclasses import dataclass

from okoce.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class FounderSeen:
    """The komunitas and its home, and whoever asked for it: from which account, under which telephone."""

    group_id: int
    region: str
    user_id: int | None
    phone: str


Noter = Callable[[Actor, FounderSeen], None]
_noters: list[Noter] = []


def register_noter(noter: Noter) -> None:
    """Called once when the app that keeps it is ready."""
    _noters.append(noter)


def note_founder_seen(actor: Actor, seen: FounderSeen) -> None:
    """The actor has opened a page with her number."""
    for noter in _noters:
        noter(actor, seen)
