"""Rows to open, things to do, chips that filter, two records side by side: lists as pages hand them in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row that opens something. Names wrap, they are never cut."""

    name: str
    href: str = ""
    note: str = ""
    badge: str = ""
    tone: str = ""
    has_avatar: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A link that narrows a list; the count stands in its label."""

    label: str
    href: str
    count: int | None = None
    is_current: bool = False


def list_address(name: str, **asked: Any) -> str:
    """The address of a list by the name of its page, narrowed to what was asked; what is empty is left out."""
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def chips_by_state(
    states: Iterable[tuple[str, str | Promise]],
    counts: Mapping[str, int],
    current: str,
    href: Callable[[str], str],
    *,
    shows_empty: bool = False,
) -> list[FilterChip]:
    """All, then every state that any is in; the chosen one also where none is. `href` leads to a state, "" being all."""
    everything = FilterChip(_("Semua"), href(""), sum(counts.values()), is_current=not current)
    return [
        everything,
        *(
            FilterChip(str(label), href(state), counts.get(state, 0), is_current=state == current)
            for state, label in states
            if shows_empty or counts.get(state) or state == current
        ),
    ]


@dataclass(frozen=True, slots=True)
class TaskDeed:
    """One of a task's two actions: a link."""

    label: str
    href: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One person who waits for something: who, why, and what can be done now."""

    name: str
    why: str
    deeds: Sequence[TaskDeed] = ()
    href: str = ""
    badge: str = ""
    tone: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class CheckItem:
    """A thing to bring or to tick."""

    value: str
    label: str
    note: str = ""
    badge: str = ""
    tone: str = ""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of two records that are compared."""

    title: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One property of both. With `name`, the reader chooses a side: posted as name=left or name=right."""

    label: str
    left: str
    right: str
    name: str = ""
    is_right_chosen: bool = False

    @property
    def differs(self) -> bool:
        return self.left != self.right
