"""What a komunitas answers for in features above (its centres), and what becomes of it where the komunitas rests, ends, or is to work
elsewhere."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from okoce.foundation.access.actor import Actor

PAUSE, CLOSE, HAND = "pause", "close", "hand:"


@dataclass(frozen=True, slots=True)
class Entrusted:
    """One thing that a komunitas answers for, and the fates that are open to it: a value and its words."""

    key: str
    label: str
    fates: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fates:
    """What becomes of each, by its key: `PAUSE`, `CLOSE`, or `HAND` and the id of the komunitas that takes it on. `reason` is
    what everybody reads of those that are shut."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def takers(self) -> set[int]:
        """The komunitas that take something on."""
        return {taken for fate in self.chosen.values() if (taken := taker_of(fate)) is not None}


def taker_of(fate: str) -> int | None:
    """Which komunitas a fate hands it to; None where it hands it to nobody."""
    told = fate.removeprefix(HAND)
    return int(told) if told != fate and told.isascii() and told.isdigit() else None


UNDECIDED = Fates()


@dataclass(frozen=True, slots=True)
class Keeper:
    """The feature that knows: what is entrusted to a komunitas (by its id; whether it ends for good), and what settles it within
    the deed, whose komunitas are held; and the same of what lies outside the kecamatan in which it is to work."""

    entrusted: Callable[[Actor, int, bool], list[Entrusted]]
    settle: Callable[[Actor, int, bool, Fates], None]
    entrusted_outside: Callable[[Actor, int, Collection[str]], list[Entrusted]]
    settle_outside: Callable[[Actor, int, Collection[str], Fates], None]


_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """Called once when the app that knows is ready."""
    _keepers.append(keeper)


def entrusted_to(actor: Actor, group_id: int, *, for_good: bool) -> list[Entrusted]:
    """All that must be decided about before a komunitas rests or ends."""
    return [one for keeper in _keepers for one in keeper.entrusted(actor, group_id, for_good)]


def settle_entrusted(actor: Actor, group_id: int, fates: Fates, *, for_good: bool) -> None:
    """Let each become what was decided. Refuses what nobody decided about."""
    for keeper in _keepers:
        keeper.settle(actor, group_id, for_good, fates)


def entrusted_outside(actor: Actor, group_id: int, codes: Collection[str]) -> list[Entrusted]:
    """All that must be decided about before a komunitas works in these kecamatan alone."""
    return [one for keeper in _keepers for one in keeper.entrusted_outside(actor, group_id, codes)]


def settle_outside(actor: Actor, group_id: int, codes: Collection[str], fates: Fates) -> None:
    """Let each become what was decided. Refuses what nobody decided about."""
    for keeper in _keepers:
        keeper.settle_outside(actor, group_id, codes, fates)
