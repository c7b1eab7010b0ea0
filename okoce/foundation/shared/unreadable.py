"""The answer of every parser that could not read what a person wrote: why, and what to write instead."""

import unicodedata
from dataclasses import dataclass

SHOWN_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Returned, not raised: a wrong cell is an ordinary answer when a file of a million rows is read."""

    reason: str
    suggestion: str = ""


def shown(value: object) -> str:
    """The value as it may stand inside a sentence: one short line without invisible characters."""
    text = " ".join(str(value).split())
    text = "".join(
        "�" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text[: SHOWN_LENGTH + 1]
    )
    return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"
