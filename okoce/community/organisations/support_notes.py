"""What layer 1 has done for a komunitas, told on its page by the feature above that knows it."""

from collections.abc import Callable
from dataclasses import dataclass

from okoce.foundation.access.actor import Actor


@dataclass(frozen=True, slots=True)
class SupportNote:
    """The last of it in sentences, and how it stands."""

    lines: tuple[str, ...]
    standing: str


Teller = Callable[[Actor, int], SupportNote]
_tellers: list[Teller] = []


def register_supports(teller: Teller) -> None:
    """Called once when the app that knows is ready."""
    _tellers.append(teller)


def support_note(actor: Actor, group_id: int) -> SupportNote | None:
    """What the page of a komunitas says of it; None where nobody knows."""
    return _tellers[0](actor, group_id) if _tellers else None
