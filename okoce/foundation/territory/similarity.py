"""How alike two names are: trigrams to find who is worth a look."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

WORTH_A_LOOK = 60


def trigrams(key: str) -> frozenset[str]:
    padded = f"  {key} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


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
