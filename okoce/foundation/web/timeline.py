"""What happened, as lines of a timeline; also the changes behind a line, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from okoce.foundation.web.numbers import UNKNOWN, day_text, moment_text


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line. `changes` maps a field to its value before and after, as the trail keeps them."""

    sentence: str
    at: datetime | None = None
    author: str = ""
    state: str = "verified"  # verified | current | stuck | "" (not yet)
    changes: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DrawnChange:
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DrawnEntry:
    sentence: str
    at: datetime | None
    author: str
    state: str
    changes: list[DrawnChange]


def drawn_entries(lines: Sequence[Any], labels: Mapping[str, str]) -> list[DrawnEntry]:
    """Timeline entries, or lines of the trail (`events.queries.HistoryLine`), ready to draw."""
    return [
        DrawnEntry(
            sentence=line.sentence,
            at=line.at,
            author=line.author,
            state=getattr(line, "state", "verified"),
            changes=[_drawn(labels.get(name, name), pair) for name, pair in line.changes.items()],
        )
        for line in lines
    ]


def _drawn(name: str, pair: Sequence[Any]) -> DrawnChange:
    before, after = pair
    return DrawnChange(
        name=name, before="" if before in (None, "") else value_text(before), after=value_text(after)
    )


def value_text(value: Any) -> str:
    """A stored value as a person reads it."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return day_text(value)
    return str(value)
