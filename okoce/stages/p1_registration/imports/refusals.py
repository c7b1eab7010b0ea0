"""What is said when a file, or one row of it, cannot be used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from okoce.foundation.shared.errors import Refused
from okoce.foundation.shared.unreadable import Unreadable


class FileRefused(Refused):
    """The whole file cannot be used. Raised before the first row is handed out."""

    code = "file_refused"

    def __init__(self, sentence: str, *, headers: Sequence[str] = (), missing: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.headers = list(headers)
        self.missing = list(missing)


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row is refused: the canonical column ('' for the row as such), what is wrong, what to do."""

    column: str
    reason: str
    suggestion: str = ""

    @classmethod
    def of(cls, column: str, unreadable: Unreadable) -> "RowError":
        return cls(column, unreadable.reason, unreadable.suggestion)


@dataclass(frozen=True, slots=True)
class RowWarning:
    """Worth a look, but the row is taken: the canonical column, what is odd, what to do."""

    column: str
    reason: str
    suggestion: str = ""


# The number of a row that was taken, and what is odd about it.
Warned = tuple[int, list[RowWarning]]

# What a sentence quotes differs from row to row where the reason is the same.
_WRITTEN = re.compile(r"(?<=“)[^”]*(?=”)|\b\d{1,2} [A-Z][a-z]+ \d{4}\b|\b\d{1,2}-\d{1,2}-\d{4}\b|\b\d+\b")


def kind_of_reason(reason: str) -> str:
    """The reason without what it quotes: the same for every row of which the same is to be said."""
    return _WRITTEN.sub("…", reason)
