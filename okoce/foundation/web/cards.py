"""The member card, and the square code that leads to its verification."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SquareCode:
    """A QR code as one SVG path on a grid of `size` modules, quiet zone included."""

    path: str
    size: int
    label: str


@dataclass(frozen=True, slots=True)
class MemberCard:
    """What stands on a card: nothing that its holder would not show a stranger."""

    holder: str
    number: str
    place: str
    since: date | None = None
    code: SquareCode | None = None
    group: str = ""
    is_valid: bool = True
