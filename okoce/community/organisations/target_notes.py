"""How far a komunitas is with its targets, told on its page by the feature above that counts."""

from collections.abc import Callable
from dataclasses import dataclass

from okoce.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class TargetNote:
    """One target in a sentence each: what it is, how far it is, and pace and forecast where they are known."""

    name: str
    state: str
    tone: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetNotes:
    """The targets of a komunitas, and where they stand with what is meant by each figure. `common` says what became of those that
    are set to each, where none of them is asked of this one."""

    notes: tuple[TargetNote, ...]
    href: str
    common: str


Teller = Callable[[Actor, int], TargetNotes | None]
_tellers: list[Teller] = []


def register_targets(teller: Teller) -> None:
    """Called once when the app that knows is ready."""
    _tellers.append(teller)


def target_notes(actor: Actor, group_id: int) -> TargetNotes | None:
    """What the page of a komunitas says of them; None where the reader may not read its numbers."""
    return _tellers[0](actor, group_id) if _tellers else None
