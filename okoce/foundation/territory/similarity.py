"""How alike two names are: trigrams to find who is worth a look, edits to say how near."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

WORTH_A_LOOK = 60


def trigrams(key: str) -> frozenset[str]:
    padded = f"  {key} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def edits(first: str, second: str) -> int:
    """Insertions, deletions, swaps of neighbours and replacements that turn one into the other."""
    before: list[int] = []
    last = list(range(len(second) + 1))
    for row, mark in enumerate(first, 1):
        now = [row]
        for column, other in enumerate(second, 1):
            cost = last[column - 1] if mark == other else 1 + min(last[column - 1], last[column], now[-1])
            swapped = row > 1 and column > 1 and mark == second[column - 2] and first[row - 2] == other
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]


def likeness(first: str, second: str) -> float:
    """1 for equal names, 0 for names without anything in common."""
    longest = max(len(first), len(second))
    return 1 - edits(first, second) / longest if longest else 0.0


class Trigrams:
    """Which keys share trigrams with a written one: an inverted index over a few thousand names."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._postings: dict[str, array[int]] = {}
        for number, key in enumerate(keys):
            for part in trigrams(key):
                self._postings.setdefault(part, array("H")).append(number)

    def nearest(self, keys: Iterable[str], among: set[int] | None = None) -> list[int]:
        """Numbers of the keys that share the most, best first."""
        shared: Counter[int] = Counter()
        for key in keys:
            for part in trigrams(key):
                shared.update(self._postings.get(part, ()))
        if among is not None:
            near = sorted(among.intersection(shared), key=lambda number: (-shared[number], number))
            return near[:WORTH_A_LOOK]
        return [number for number, _ in shared.most_common(WORTH_A_LOOK)]
