"""A person's way as pages draw it: the seven dots, and the one next step with its day and its helper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from okoce.foundation.web.passport import StampState


class StepLook(StrEnum):
    """Whose turn it is: the member's, the member's and late, or somebody else's."""

    NORMAL = "normal"
    LATE = "late"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class TrailStop:
    """One of the seven dots."""

    number: int
    name: str
    state: StampState

    @property
    def is_current(self) -> bool:
        return self.state is StampState.CURRENT

    @property
    def state_text(self) -> str:
        return {
            StampState.VERIFIED: _("sudah dicap"),
            StampState.CLAIMED: _("belum diperiksa"),
            StampState.CURRENT: _("langkah berikutnya"),
            StampState.TODO: _("belum"),
        }[self.state]


class Headed:
    """A part of the card under a head of its own, or under the usual one where `label` is empty."""

    __slots__ = ()
    usual: ClassVar[Promise]
    label: str

    @property
    def head(self) -> str:
        return self.label or str(self.usual)


@dataclass(frozen=True, slots=True)
class Deadline(Headed):
    """By when. `text` is the day in words, with the hour where there is one; `note` what one should know of it."""

    usual = _lazy("Paling lambat")

    on: date
    text: str
    note: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepHelper(Headed):
    """Who helps, and what one may expect of them."""

    usual = _lazy("Yang membantu Anda")

    name: str
    note: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class StepLink:
    """Where a button of the card leads; a verb and its object."""

    label: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one card on top of a member's page. `title` is an order with a verb and a number."""

    title: str
    sentence: str  # why, in one sentence
    trail: Sequence[TrailStop] = ()
    where: str = ""  # "Anda di tahap 4 dari 7: Perizinan"
    look: StepLook = StepLook.NORMAL
    eyebrow: str = ""  # instead of "Langkah berikutnya": "Terlambat 4 hari"
    deadline: Deadline | None = None
    helper: StepHelper | None = None
    action: StepLink | None = None
    ask: StepLink | None = None
    stuck: str = ""  # the reason for a standstill, as a badge
    aside: str = ""  # what becomes of it when it is late, or of that reason
    date_reason: str = ""  # the rule behind the day
    question: str = ""
    answer: str = ""

    @property
    def head(self) -> str:
        return self.eyebrow or _("Langkah berikutnya")

    @property
    def is_late(self) -> bool:
        return self.look is StepLook.LATE
