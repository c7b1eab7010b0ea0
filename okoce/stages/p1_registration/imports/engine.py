"""Imports a members file of any size: one thread reads ahead while the other writes, chunk after chunk."""

import gc
import random
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass
from queue import Full, Queue

import psycopg
from django.db import DatabaseError, connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.days import latest_today
from okoce.pipeline.tallies import fold, fold_all
from okoce.stages.p1_registration.imports.candidates import Gate
from okoce.stages.p1_registration.imports.chunks import ChunkResult, ReadRow, take_chunk
from okoce.stages.p1_registration.imports.order import Order, Place, StoppedError
from okoce.stages.p1_registration.imports.reading import Table
from okoce.stages.p1_registration.imports.rows import parse_row
from okoce.stages.p1_registration.imports.supplementing import Overtaken

CHUNK_ROWS = 10_000
ROWS_A_TURN = 20
# Chunks that are written at the same time.
LANES = 2
# Taking changes into the sums is cheapest for many at once; counts are exact before it, only slower to read.
FOLD_EVERY = 200_000
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


# Called with the counts so far and the chunk, inside the transaction of the chunk; and, after it, whether to go on.
Note = Callable[[Counts, ChunkResult, int], None]
GoOn = Callable[[Counts], bool]


@dataclass(slots=True)
class Options:
    dry_run: bool = False
    is_synthetic: bool = False
    skip_to_line: int = 0
    chunk_rows: int = CHUNK_ROWS
    # False where more will be written at once: the caller then folds what is left, once for all of it
    folds_at_end: bool = True


def import_members(
    actor: Actor,
    table: Table,
    options: Options | None = None,
    *,
    note: Note | None = None,
    go_on: GoOn | None = None,
) -> Counts:
    """Take every row of the table; answers what became of them. A dry run does the same and takes all of it back."""
    options = options or Options()
    # A transaction around everything has one connection; so has whoever calls from within one.
    lanes = 1 if options.dry_run or connection.in_atomic_block else LANES
    work = _Work(actor, Gate.of(actor), Order(lanes), options, Counts(), note, go_on)
    with (
        _quick_threads(),
        _taken_back() if options.dry_run else nullcontext(),
        _read_ahead(table, work) as chunks,
    ):
        if lanes == 1:
            _write_in_one_lane(work, chunks)
        else:
            _write_in_lanes(work, chunks)
    if not options.dry_run and options.folds_at_end:
        fold_all()
    return work.counts


@dataclass(frozen=True, slots=True)
class _Work:
    """One import: what is the same for all of its chunks, and what has become of them."""

    actor: Actor
    gate: Gate
    order: Order
    options: Options
    counts: Counts
    note: Note | None
    go_on: GoOn | None

    def take(self, place: Place, rows: Sequence[ReadRow]) -> bool:
        """Write a chunk; where somebody else was faster with one of its people, look again and write anew. Whether to go on."""
        for attempt in range(1, MOST_TRIES + 1):
            try:
                with transaction.atomic():
                    result = take_chunk(
                        self.actor, self.gate, rows, place, is_synthetic=self.options.is_synthetic
                    )
                    if self.note is not None:
                        self.note(self.counts, result, rows[-1].raw.line)
            except (DatabaseError, Overtaken) as error:
                if attempt == MOST_TRIES or not _others_were_faster(error):
                    raise
                rows = [row.admitted_again(self.gate) for row in rows]
                time.sleep(random.uniform(0.01, 0.1) * attempt)  # noqa: S311  (so that two do not meet again)
            else:
                self.counts.add(result)
                goes_on = self.go_on is None or self.go_on(self.counts)
                if not goes_on:
                    self.order.stop()
                place.commit()
                return goes_on
        raise AssertionError("the last try returns or raises")


def _write_in_one_lane(work: _Work, chunks: Iterable[Sequence[ReadRow]]) -> None:
    for number, rows in enumerate(chunks):
        if not work.take(work.order.place(number), rows):
            break


def _write_in_lanes(work: _Work, chunks: Iterable[Sequence[ReadRow]]) -> None:
    """Two chunks at a time, each in a thread with a connection of its own."""
    written: deque[Future[bool]] = deque()
    folded_at = 0
    with ThreadPoolExecutor(LANES, "import-writer") as pool:
        try:
            for number, rows in enumerate(chunks):
                # each thread speaks the language of whoever imports
                context = copy_context()
                written.append(pool.submit(context.run, _take_apart, work, work.order.place(number), rows))
                if len(written) == LANES and not written.popleft().result():
                    break
                if work.counts.rows - folded_at >= FOLD_EVERY:
                    fold()
                    folded_at = work.counts.rows
            while written and written.popleft().result():
                pass
        finally:
            work.order.stop()


def _take_apart(work: _Work, place: Place, rows: Sequence[ReadRow]) -> bool:
    try:
        return work.take(place, rows)
    except StoppedError:
        return False
    except BaseException:
        work.order.stop()
        raise
    finally:
        connection.close()  # this thread's own


def _others_were_faster(error: Exception) -> bool:
    return isinstance(error, Overtaken) or isinstance(error.__cause__, _OTHERS_WERE_FASTER)


@contextmanager
def _quick_threads() -> Iterator[None]:
    """Three threads take turns with the interpreter: ten times as often as usual, and with garbage sought less often,
    since the rows of a chunk never refer to each other in circles."""
    with _Busy.lock:
        _Busy.imports += 1
        if _Busy.imports == 1:
            _Busy.usual = sys.getswitchinterval(), gc.get_threshold()
            sys.setswitchinterval(0.0005)
            gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        with _Busy.lock:
            _Busy.imports -= 1
            if _Busy.imports == 0:
                interval, threshold = _Busy.usual
                sys.setswitchinterval(interval)
                gc.set_threshold(*threshold)


class _Busy:
    """How many imports this process is working at, and how it was before the first."""

    lock = threading.Lock()
    imports = 0
    usual = sys.getswitchinterval(), gc.get_threshold()


@contextmanager
def _taken_back() -> Iterator[None]:
    """One transaction around all chunks, so that a repeated row finds who came before; nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _read_ahead(table: Table, work: _Work) -> Iterator[Iterator[Sequence[ReadRow]]]:
    """Chunks of rows, read, parsed and placed by a thread that is at most one chunk ahead."""
    ready: Queue[Sequence[ReadRow] | BaseException | None] = Queue(1)
    stop = threading.Event()

    def put(item: Sequence[ReadRow] | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
            except Full:
                continue
            return

    def read() -> None:
        try:
            for chunk in _chunks(table, work):
                put(chunk)
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)
        finally:
            connection.close()  # this thread's own, on which it may have looked up villages

    reader = threading.Thread(target=read, name="import-reader", daemon=True)
    reader.start()
    try:
        yield _until_done(ready)
    finally:
        stop.set()
        reader.join()


def _until_done(ready: "Queue[Sequence[ReadRow] | BaseException | None]") -> Iterator[Sequence[ReadRow]]:
    while (item := ready.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item


def _chunks(table: Table, work: _Work) -> Iterator[list[ReadRow]]:
    today = latest_today()
    chunk: list[ReadRow] = []
    for raw in table.rows():
        if raw.line <= work.options.skip_to_line:
            continue
        if raw.line % ROWS_A_TURN == 0:
            work.order.let_read()
        row = parse_row(raw, today)
        chunk.append(ReadRow(raw, row, row if isinstance(row, list) else work.gate.admit(raw, row)))
        if len(chunk) >= work.options.chunk_rows:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
