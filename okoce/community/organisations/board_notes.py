"""How far a komunitas has come, told on its page by the feature above that counts people."""

from collections.abc import Callable
from dataclasses import dataclass

from okoce.foundation.access.actor import Actor
from okoce.foundation.web.tables import CellValue, Column


@dataclass(frozen=True, slots=True)
class BoardNote:
    """Its row of the board, what that means against the target in sentences, and where its people and its funnel are; "" where
    the reader does not see them."""

    columns: list[Column]
    rows: list[list[CellValue]]
    sentences: tuple[str, ...]
    people_href: str
    funnel_href: str


Teller = Callable[[Actor, int], BoardNote | None]
_tellers: list[Teller] = []


def register_boards(teller: Teller) -> None:
    """Called once when the app that knows is ready."""
    _tellers.append(teller)


def board_note(actor: Actor, group_id: int) -> BoardNote | None:
    """What the page of a komunitas says of it; None where it has no people, and to whoever reads no figures of it."""
    return _tellers[0](actor, group_id) if _tellers else None
