"""What a change of the rule means for people, by what they have completed and begun. Pure: two sets of stages a person.

There are few such pairs of sets, however many people: the database counts them, and this says what becomes of each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from okoce.pipeline.requirements import requirements_of
from okoce.pipeline.rules import Rule, binds
from okoce.pipeline.states import Stage

# Whoever has completed all that is offered stands before no stage.
AT_THE_END = 0
LICENCE = "permits.licence"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person has: completed stages, and those with something handed in that are not completed."""

    done: frozenset[int]
    begun: frozenset[int]

    @classmethod
    def of(cls, done: int, begun: int) -> "Kept":
        """From two numbers with a bit a stage, as the database counts them."""
        return cls(_stages(done), _stages(begun))


@dataclass(frozen=True, slots=True)
class Asked:
    """What one open stage asks of a person: which stages come first, what is to be shown. Names of rules are no part of it."""

    stage: int
    is_offered: bool
    first: tuple[int, ...]
    requirements: tuple[str, ...]
    licences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a change means for some people who have the same."""

    current: int
    current_after: int
    changed: frozenset[int]  # the stages whose missing things change

    @property
    def is_moved(self) -> bool:
        return self.current != self.current_after


def turn_of(kept: Kept, before: Rule, after: Rule) -> Turn:
    """What the change means for whoever has this."""
    now, then = asked_of(kept, before), asked_of(kept, after)
    changed = {stage for stage in now.keys() | then.keys() if now.get(stage) != then.get(stage)}
    return Turn(current_stage(kept, before), current_stage(kept, after), frozenset(changed))


def current_stage(kept: Kept, rule: Rule) -> int:
    """The lowest open stage: what stands next on a journey."""
    return min(_open(kept, rule), default=AT_THE_END)


def asked_of(kept: Kept, rule: Rule) -> dict[int, Asked]:
    """What each open stage asks for, by stage."""
    return {stage: _asked(kept, rule, stage) for stage in _open(kept, rule)}


def _asked(kept: Kept, rule: Rule, stage: int) -> Asked:
    required = tuple(requirement.code for requirement in requirements_of(stage, rule))
    return Asked(
        stage=stage,
        is_offered=stage in rule.offered,
        first=tuple(one for one in range(1, stage) if one not in kept.done and binds(rule, one)),
        requirements=required,
        licences=rule.licences if LICENCE in required else frozenset(),
    )


def _open(kept: Kept, rule: Rule) -> Iterable[int]:
    """Offered and not completed; where something was handed in, also what is offered no more."""
    return [
        stage
        for stage in Stage.values
        if stage not in kept.done and (stage in rule.offered or stage in kept.begun)
    ]


def _stages(bits: int) -> frozenset[int]:
    return frozenset(stage for stage in Stage.values if bits >> stage & 1)
