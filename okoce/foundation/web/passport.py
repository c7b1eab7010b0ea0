"""The business passport: seven stamps, one per stage, each saying what was seen, when and by whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from okoce.foundation.web.numbers import day_text


class StampState(StrEnum):
    """How a stamp is drawn: solid = checked, dashed = claimed, filled = in progress, dotted = not yet."""

    VERIFIED = "verified"
    CLAIMED = "claimed"
    CURRENT = "current"
    TODO = "todo"


TONES = {
    StampState.VERIFIED: "verified",
    StampState.CLAIMED: "waiting",
    StampState.CURRENT: "lit",
    StampState.TODO: "todo",
}
_TILTS = (-8, 5, -4, 7, 6, -6, 4)
_RING_NAME_LENGTH = 13  # what fits beside a date on the ring at a size one can read


@dataclass(frozen=True, slots=True)
class Stamp:
    """One stage on the passport. `evidence` answers what, when and who checked, or what opens the stage."""

    number: int
    name: str
    state: StampState
    evidence: str = ""
    on: date | None = None
    label: str = ""  # instead of the usual word on the badge, e.g. "Tidak dibuka di wilayah ini"

    @property
    def code(self) -> str:
        return f"P{self.number}"

    @property
    def icon(self) -> str:
        return f"p{self.number}"

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def tilt(self) -> int:
        return _TILTS[(self.number - 1) % len(_TILTS)]

    @property
    def is_inked(self) -> bool:
        return self.state in {StampState.VERIFIED, StampState.CLAIMED}

    @property
    def badge(self) -> str:
        if self.label:
            return self.label
        return {
            StampState.VERIFIED: _("Dicap"),
            StampState.CLAIMED: _("Belum diperiksa"),
            StampState.CURRENT: _("Sedang diurus"),
            StampState.TODO: _("Belum"),
        }[self.state]

    @property
    def ring(self) -> str:
        """The lettering around the stamp; too long a name is cut at a word, the full one stands beside."""
        name = self.name if len(self.name) <= _RING_NAME_LENGTH else self.name.split()[0]
        parts = [name, day_text(self.on, "medium") if self.on else "", "OK OCE"]
        return " • ".join(part.upper() for part in parts if part) + " •"
