"""Writes the chunks of an import: two at a time, each on a connection of its own, committed in their order."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial

import psycopg
import structlog
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from okoce.foundation.access.actor import Actor
from okoce.foundation.access.door import joined_to_deed
from okoce.foundation.shared.errors import Conflict
from okoce.pipeline import tallies
from okoce.stages.p1_registration.imports.candidates import Gate, ReadRows
from okoce.stages.p1_registration.imports.chunks import ChunkResult, take_chunk
from okoce.stages.p1_registration.imports.order import Order, Place, RethoughtError, StoppedError
from okoce.stages.p1_registration.imports.supplementing import Overtaken

log = structlog.get_logger(__name__)

# Chunks that are written at the same time.
LANES = 2
# Taking changes into the sums is cheapest once for all; counts are exact before it, only slower to read. What of them becomes
# dense is divided by the job that folds every few seconds.
FOLD_EVERY = 1_000_000
# Every try reads anew what the others have written meanwhile, so that even a crowd of writers lets a chunk through.
MOST_TRIES = 30
_OTHERS_WERE_FASTER = (
    psycopg.errors.UniqueViolation,
    psycopg.errors.ExclusionViolation,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)


@dataclass(slots=True)
class Counts:
    """How many rows, and what became of them."""

    rows: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    queued: int = 0
    warned: int = 0

    @property
    def taken(self) -> int:
        return self.new + self.known

    def add(self, result: ChunkResult) -> None:
        self.rows += result.rows
        self.new += result.new
        self.known += result.known
        self.refused += len(result.refused)
        self.queued += result.queued
        self.warned += result.warned


# Called with the counts so far, the chunk and its last line, in the transaction of the chunk; may answer how to take back
# what it did outside of the database, should the transaction fail after all.
Note = Callable[[Counts, ChunkResult, int], Callable[[], None] | None]
# Called after the commit of a chunk with the counts so far: whether to go on.
GoOn = Callable[[Counts], bool]


@dataclass(frozen=True, slots=True)
class Work:
    """One import: what is the same for all of its chunks, and what has become of them."""

    actor: Actor
    gate: Gate
    order: Order
    is_synthetic: bool
    note: Note | None
    go_on: GoOn | None
    counts: Counts = field(default_factory=Counts)

    def take(self, place: Place, rows: ReadRows) -> bool:
        """Write a chunk; where somebody else was faster with one of its people, look again and write anew. Whether to go on.

        Raises Conflict where others were faster every time.
        """
        tries = 0
        while True:
            try:
                result = self._write(place, rows)
            except RethoughtError:
                pass  # no fault of this chunk's
            except (DatabaseError, Overtaken) as error:
                tries += 1
                if not _others_were_faster(error):
                    raise
                if tries == MOST_TRIES:
                    raise _too_many_writers() from error
                time.sleep(random.uniform(0.01, 0.1) * tries)  # noqa: S311  (so that two do not meet again)
            else:
                return self._go_on(place, result)
            rows = self.gate.read(rows.raws)

    def _write(self, place: Place, rows: ReadRows) -> ChunkResult:
        take_back = None
        try:
            with joined_to_deed():
                result = take_chunk(self.actor, self.gate, rows, place, is_synthetic=self.is_synthetic)
                if self.note is not None:
                    take_back = self.note(self.counts, result, rows.raws[-1].line)
        except BaseException:
            if take_back is not None:
                take_back()
            raise
        return result

    def _go_on(self, place: Place, result: ChunkResult) -> bool:
        self.counts.add(result)
        goes_on = self.go_on is None or self.go_on(self.counts)
        if not goes_on:
            place.stop_later_ones()
        place.commit()
        return goes_on


def write_in_one_lane(work: Work, chunks: Iterable[ReadRows]) -> None:
    """One chunk after the other on this thread's connection."""
    for number, rows in enumerate(chunks):
        if not work.take(work.order.place(number), rows):
            break


def write_in_lanes(work: Work, chunks: Iterable[ReadRows], *, folds_at_end: bool) -> None:
    """Two chunks at a time. Whatever ends the import, chunks before it are written.

    What they change is taken into the sums beside them. At the end nothing is read any more, and the processor would have time:
    one half is taken in while the last chunks are written, the other right after them. What those change in the first half is
    left to the caller.
    """
    written: deque[Future[bool]] = deque()
    folded_at = 0
    with _lanes(LANES + 1) as (*lanes, folding):
        for number, rows in enumerate(chunks):
            if len(written) == LANES and not written.popleft().result():
                return  # what is written beside it will be taken back
            context = copy_context()  # each lane speaks the language of whoever imports
            place = work.order.place(number)
            written.append(lanes[number % LANES].submit(context.run, _take_apart, work, place, rows))
            _stay_connected()
            if work.counts.rows - folded_at >= FOLD_EVERY:
                folding.submit(_beside, tallies.fold)
                folded_at = work.counts.rows
        if not folds_at_end or work.counts.rows == folded_at:
            _await(written)
            return
        first, second = tallies.HALVES
        folding.submit(_beside, partial(tallies.fold_half, first))
        _await(written)
        lanes[0].submit(_beside, partial(tallies.fold_half, second))


def _await(written: "deque[Future[bool]]") -> None:
    while written and written.popleft().result():
        pass


@contextmanager
def _lanes(count: int) -> Iterator[list[ThreadPoolExecutor]]:
    """Threads with a connection of their own each; leaving waits for what they are at."""
    with ExitStack() as stack:
        lanes = [
            stack.enter_context(ThreadPoolExecutor(1, f"import-lane-{number}")) for number in range(count)
        ]
        try:
            yield lanes
        finally:
            for lane in lanes:
                lane.submit(_disconnect)


def _beside(fold: Callable[[], object]) -> None:
    """Should it fail, whoever folds next makes up for it."""
    try:
        fold()
    except DatabaseError as error:
        log.warning("folding beside an import failed", reason=str(error))


def _take_apart(work: Work, place: Place, rows: ReadRows) -> bool:
    try:
        return work.take(place, rows)
    except StoppedError:
        return False
    except BaseException:
        place.stop_later_ones()
        raise


def _disconnect() -> None:
    """The connection of the thread in which this runs."""
    connection.close()


def _stay_connected() -> None:
    """The caller's connection may hold what keeps others away from the same file, and is idle otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _others_were_faster(error: Exception) -> bool:
    return isinstance(error, Overtaken) or isinstance(error.__cause__, _OTHERS_WERE_FASTER)


def _too_many_writers() -> Conflict:
    return Conflict(
        _(
            "Orang-orang di berkas ini terus diubah dari tempat lain selama diimpor. Jalankan lagi impor ini nanti; baris yang"
            " sudah masuk tidak digandakan."
        )
    )
