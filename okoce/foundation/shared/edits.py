"""How near two words are, in slips of the fingers (the distance of Damerau and Levenshtein)."""


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
