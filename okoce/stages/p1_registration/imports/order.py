"""The order of an import's chunks: thought through one after the other, written two at a time, committed in turn.

While the database writes one chunk, the next is thought through and begins to be written in a transaction of its own. It
builds on the people of the chunk before as that leaves them, and commits after it, or not at all.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from okoce.stages.p1_registration.imports.roll import Roll
from okoce.stages.p1_registration.imports.supplementing import Overtaken

Versions = Mapping[int, str]


class StoppedError(Exception):
    """A chunk before this one failed or was the last that was wanted: this one is taken back."""


class Order:
    """What the chunks of one import know of each other. Chunks are numbered from 0."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self._changed = threading.Condition()
        self._thinking: int | None = None
        self._settled: dict[int, tuple[int, Roll]] = {}  # chunk → which try, and its people
        self._committed = -1
        self._versions: Versions = {}
        self._is_stopped = False
        self._readers = threading.Event()
        self._readers.set()

    def place(self, chunk: int) -> "Place":
        return Place(self, chunk)

    def let_read(self) -> None:
        """Called by whoever reads ahead, every few rows: reading rests while somebody thinks.

        They share one interpreter. If both computed at once, thinking would take twice as long, and the database would idle
        meanwhile (measured: a third of the whole import).
        """
        self._readers.wait()

    def stop(self) -> None:
        """No chunk that is not committed yet will be."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def begin(self, chunk: int) -> "Before | None":
        """Wait until it is this chunk's turn to be thought through; answers the chunk before, where it is not committed yet."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self._may_begin(chunk))
            if self._is_stopped:
                raise StoppedError
            self._thinking = chunk
            self._readers.clear()
            if self._settled.pop(chunk, None):
                self._changed.notify_all()  # whoever has built on the try before must let go of what it holds
            before = self._settled.get(chunk - 1)
            return Before(*before) if before and self._committed < chunk - 1 else None

    def settle(self, chunk: int, attempt: int, roll: Roll) -> None:
        """Everybody of the chunk is thought through, with their ids."""
        with self._changed:
            self._settled[chunk] = (attempt, roll)
            self._rest(chunk)

    def give_up(self, chunk: int) -> None:
        """The turn ends, however it went."""
        with self._changed:
            self._rest(chunk)

    def await_commit(self, chunk: int, built_on: "Before | None") -> Versions:
        """Wait until the chunk before is committed; answers which transaction wrote each of its people.

        Raises Overtaken when it was thought through anew in the meantime.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: self._is_stopped or self._committed == chunk - 1 or self._is_outdated(chunk, built_on)
            )
            if self._is_stopped:
                raise StoppedError
            if self._is_outdated(chunk, built_on):
                raise Overtaken("the chunk before was thought through anew")
            return self._versions

    def commit(self, chunk: int, versions: Versions) -> None:
        """The chunk is committed: the next may be."""
        with self._changed:
            self._committed, self._versions = chunk, versions
            self._settled.pop(chunk - 1, None)
            self._changed.notify_all()

    def _may_begin(self, chunk: int) -> bool:
        return self._thinking is None and (self._committed >= chunk - 1 or chunk - 1 in self._settled)

    def _is_outdated(self, chunk: int, built_on: "Before | None") -> bool:
        if built_on is None:
            return False
        now = self._settled.get(chunk - 1)
        return now is None or now[0] != built_on.attempt

    def _rest(self, chunk: int) -> None:
        if self._thinking == chunk:
            self._thinking = None
            self._readers.set()
            self._changed.notify_all()


@dataclass(frozen=True, slots=True)
class Before:
    """The chunk before, thought through and not committed."""

    attempt: int
    roll: Roll


@dataclass(slots=True)
class Place:
    """One chunk's place in the order."""

    order: Order
    chunk: int
    attempt: int = 0
    before: Before | None = None
    versions: Versions = field(default_factory=dict)  # of this chunk's people, for the next

    @contextmanager
    def thinking(self) -> Iterator[Roll | None]:
        """This chunk's turn to be thought through; yields the people of the chunk before, where they are not committed."""
        self.before = self.order.begin(self.chunk)
        self.attempt += 1
        try:
            yield self.before.roll if self.before else None
        finally:
            self.order.give_up(self.chunk)

    def settle(self, roll: Roll) -> None:
        self.order.settle(self.chunk, self.attempt, roll)

    def await_commit(self) -> Versions:
        return self.order.await_commit(self.chunk, self.before)

    def commit(self) -> None:
        self.order.commit(self.chunk, self.versions)
