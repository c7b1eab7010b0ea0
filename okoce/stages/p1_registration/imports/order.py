"""The order of an import's chunks: thought through one after the other, written two at a time, committed in turn.

While the database writes one chunk, the next is thought through and begins to be written in a transaction of its own. It
builds on the people of the chunk before as that leaves them, and commits after it, or not at all.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from okoce.stages.p1_registration.imports.roll import Roll

Versions = Mapping[int, str]
# How often a chunk that waits for the one before asks whether anybody waits for it.
LOOK_SECONDS = 0.5
# The locks and not pg_stat_activity, which shows a transaction the same backends for as long as it lasts.
_HELD_UP = (
    "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


class StoppedError(Exception):
    """A chunk before this one failed or was the last that was wanted: this one is taken back."""


class RethoughtError(Exception):
    """This chunk is taken back and thought through again: the one before was, or somebody waits for what this one holds."""


class Order:
    """What the chunks of one import know of each other. Chunks are numbered from 0."""

    def __init__(self, lanes: int) -> None:
        self.lanes = lanes
        self._changed = threading.Condition()
        self._thinking: int | None = None
        self._settled: dict[int, Before] = {}
        self._committed = -1
        self._versions: Versions = {}
        self._last: int | None = None
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

    def stop_after(self, chunk: int) -> None:
        """No chunk after this one will be committed."""
        with self._changed:
            self._last = chunk if self._last is None else min(chunk, self._last)
            self._changed.notify_all()

    def end(self) -> None:
        """Nobody waits any longer."""
        self.stop_after(-1)
        self._readers.set()

    def begin(self, chunk: int, *, alone: bool) -> "Before | None":
        """Wait until it is this chunk's turn to be thought through; answers the chunk before, where it is not committed yet.

        `alone`: only once the chunk before is committed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped(chunk) or self._may_begin(chunk, alone=alone))
            if self._is_stopped(chunk):
                raise StoppedError
            self._thinking = chunk
            self._readers.clear()
            if self._settled.pop(chunk, None):
                self._changed.notify_all()  # whoever has built on the try before must let go of what it holds
            return self._settled.get(chunk - 1) if self._committed < chunk - 1 else None

    def settle(self, chunk: int, people: "Before") -> None:
        """Everybody of the chunk is thought through, with their ids."""
        with self._changed:
            self._settled[chunk] = people

    def rest(self, chunk: int) -> None:
        """This chunk's turn has ended, however it went."""
        with self._changed:
            if self._thinking == chunk:
                self._thinking = None
                self._readers.set()
                self._changed.notify_all()

    def await_commit(self, chunk: int, built_on: "Before | None") -> Versions:
        """Wait until the chunk before is committed; answers which transaction wrote each of its people.

        Raises RethoughtError when that one was thought through anew in the meantime, and when another transaction waits for
        this one: it may be what the chunk before waits for, and the database does not see that this one waits for that.
        """
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._is_decided(chunk, built_on), LOOK_SECONDS)
                if self._is_stopped(chunk):
                    raise StoppedError
                if self._is_outdated(chunk, built_on):
                    raise RethoughtError
                if self._committed >= chunk - 1:
                    return self._versions
            if is_waited_for():
                raise RethoughtError

    def commit(self, chunk: int, versions: Versions) -> None:
        """The chunk is committed: the next may be."""
        with self._changed:
            self._committed, self._versions = chunk, versions
            self._settled.pop(chunk - 1, None)
            self._changed.notify_all()

    def _is_stopped(self, chunk: int) -> bool:
        return self._last is not None and chunk > self._last

    def _may_begin(self, chunk: int, *, alone: bool) -> bool:
        is_next = self._committed >= chunk - 1 or (not alone and chunk - 1 in self._settled)
        return self._thinking is None and is_next

    def _is_decided(self, chunk: int, built_on: "Before | None") -> bool:
        return self._is_stopped(chunk) or self._committed >= chunk - 1 or self._is_outdated(chunk, built_on)

    def _is_outdated(self, chunk: int, built_on: "Before | None") -> bool:
        return built_on is not None and self._settled.get(chunk - 1) is not built_on


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The people of a chunk, thought through and not committed: of one try, and of no other."""

    roll: Roll


@dataclass(slots=True)
class Place:
    """One chunk's place in the order."""

    order: Order
    chunk: int
    before: Before | None = None
    versions: Versions = field(default_factory=dict)  # of this chunk's people, for the next
    is_alone: bool = False

    @contextmanager
    def thinking(self) -> Iterator[Roll | None]:
        """This chunk's turn to be thought through; yields the people of the chunk before, where they are not committed."""
        try:
            self.before = self.order.begin(self.chunk, alone=self.is_alone)
            yield self.before.roll if self.before else None
        finally:
            self.order.rest(self.chunk)

    def settle(self, roll: Roll) -> None:
        self.order.settle(self.chunk, Before(roll))

    def await_commit(self) -> Versions:
        try:
            return self.order.await_commit(self.chunk, self.before)
        except RethoughtError:
            self.is_alone = True  # the next try builds on nothing that can still change
            raise

    def commit(self) -> None:
        self.order.commit(self.chunk, self.versions)

    def stop_later_ones(self) -> None:
        self.order.stop_after(self.chunk)


def is_waited_for() -> bool:
    """Whether another transaction waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD_UP)
        return bool(cursor.fetchone()[0])
