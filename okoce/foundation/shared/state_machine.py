"""A state machine is a frozen table of allowed steps; the deeds themselves are actions."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from okoce.foundation.shared.errors import TransitionRefused

State = TypeVar("State", bound=TextChoices)


class StateMachine(Generic[State]):
    """Allowed steps between the states of one enum."""

    def __init__(self, states: type[State], steps: Mapping[State, set[State]]) -> None:
        self.states = states
        self._steps = {state: frozenset(steps.get(state, set())) for state in states}

    def move(self, current: str, to: State) -> State:
        """The new state; raises TransitionRefused where the table has no such step."""
        if to not in self._steps[self.states(current)]:
            raise TransitionRefused(
                _(
                    "Langkah ini tidak bisa: dari “%(current)s” ke “%(to)s”. Muat ulang halaman untuk melihat keadaan terakhir."
                )
                % {"current": self.states(current).label, "to": to.label}
            )
        return to

    def choices_from(self, current: str) -> list[State]:
        """Where one can go from here, in the order of the enum: the buttons of a page."""
        return [state for state in self.states if state in self._steps[self.states(current)]]
