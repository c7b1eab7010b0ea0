"""Rows to open, things to do, chips that filter, two records side by side: lists as pages hand them in."""

from collections.abc import Sequence
from dataclasses import dataclass


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
