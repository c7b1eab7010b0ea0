"""The persons behind a phone: a port that accounts declares, since members stand above it; config wires it to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """A member as sign-in needs to know one."""

    member_id: int
    name: str
    phone: str | None = None
    number: str = ""


class People(Protocol):
    def of_phone(self, phone: str) -> Sequence[Person]:
        """Members with this phone (E.164) who stand for themselves: not merged away, not gone, not erased."""
        ...

    def of_member(self, member_id: int) -> Person | None:
        """The same for one member; None for nobody or somebody who may not sign in."""
        ...

    def hold(self, member_id: int) -> Person | None:
        """The same, held until the end of the transaction: nobody is erased while an account is opened for her."""
        ...

    def note_lock(self, member_id: int, until: str) -> None:
        """Write into the member's history that sign-in was locked until then."""
        ...


class _Nobody:
    def of_phone(self, phone: str) -> Sequence[Person]:
        return ()

    def of_member(self, member_id: int) -> Person | None:
        return None

    def hold(self, member_id: int) -> Person | None:
        return None

    def note_lock(self, member_id: int, until: str) -> None:
        return None


_people: People = _Nobody()


def use_people(people: People) -> None:
    """Called once by config."""
    global _people  # noqa: PLW0603  (one assignment at start, as with the row rule)
    _people = people


def people_of_phone(phone: str) -> Sequence[Person]:
    return _people.of_phone(phone)


def person_of_member(member_id: int) -> Person | None:
    return _people.of_member(member_id)


def hold_person(member_id: int) -> Person | None:
    return _people.hold(member_id)


def note_lock_of_member(member_id: int, until: str) -> None:
    _people.note_lock(member_id, until)
