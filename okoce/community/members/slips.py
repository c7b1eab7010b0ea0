"""How far a word that was typed is from a word of a name, told in slips of the fingers.

A slip is one letter wrong, missing, too many, or swapped with its neighbour (the distance of Damerau and Levenshtein).
"""

from collections.abc import Sequence

from okoce.foundation.shared.edits import edits

# In a word of three letters one slip makes another name: Eko and Eka, Ani and Adi.
_SHORT, _LONG = 4, 7
# Words that are too short to be told from others by their trigrams.
SHORTEST_TELLING = 4


def slips_in(words: Sequence[str], name: str) -> int | None:
    """How many slips lie between the words of a question and those of a name, each word of a name answering one; None where
    one of them is like none."""
    left, total = name.split(), 0
    # the long words first: they have the least choice
    for word in sorted(words, key=len, reverse=True):
        near = [
            (slips, place) for place, other in enumerate(left) if (slips := _slips(word, other)) is not None
        ]
        if not near:
            return None
        slips, place = min(near)
        total += slips
        del left[place]
    return total


def _slips(word: str, other: str) -> int | None:
    """None where they are more than a slip apart, or two in a long word. What begins so is that word, not typed to its end."""
    if other.startswith(word):
        return 0
    most = _most(max(len(word), len(other)))
    if abs(len(word) - len(other)) > most:
        return None
    slips = edits(word, other)
    return slips if slips <= most else None


def _most(letters: int) -> int:
    if letters < _SHORT:
        return 0
    return 1 if letters < _LONG else 2
