"""Imports a members file of any size: one thread reads ahead, and two chunks are written at a time."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass
from itertools import islice
from queue import Full, Queue

from django.db import connection, transaction

from okoce.foundation.access.actor import Actor
from okoce.pipeline.positions import place_if_few
from okoce.pipeline.tallies import fold_if_many
from okoce.stages.p1_registration.imports.candidates import Gate, ReadRows
from okoce.stages.p1_registration.imports.lanes import (
    LANES,
    Counts,
    GoOn,
    Note,
    Work,
    write_in_lanes,
    write_in_one_lane,
)
from okoce.stages.p1_registration.imports.order import Order
from okoce.stages.p1_registration.imports.reading import Table

CHUNK_ROWS = 7_500
# The first is small, so that the database begins soon.
FIRST_ROWS = 1_000
# Read column by column, and between two times of looking whether somebody thinks.
ROWS_A_TURN = 100


@dataclass(slots=True)
class Options:
    dry_run: bool = False
    is_synthetic: bool = False
    skip_to_line: int = 0
    chunk_rows: int = CHUNK_ROWS
    # False where more will be written at once: the caller then takes it into sums and lists, once for all of it
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
    work = Work(actor, Gate.of(actor), Order(lanes), options.is_synthetic, note, go_on)
    with (
        _quick_threads(),
        _taken_back() if options.dry_run else nullcontext(),
        _read_ahead(table, work, options) as chunks,
    ):
        if lanes == 1:
            write_in_one_lane(work, chunks)
        else:
            write_in_lanes(work, chunks, folds_at_end=options.folds_at_end)
    if not options.dry_run and options.folds_at_end:
        fold_if_many()
        place_if_few()
    return work.counts


@contextmanager
def _quick_threads() -> Iterator[None]:
    """Several threads take turns with the interpreter: ten times as often as usual, and with garbage sought less often,
    since the rows of a chunk never refer to each other in circles."""
    with _Busy.lock:
        _Busy.imports += 1
        if _Busy.imports == 1:
            _Busy.usual = sys.getswitchinterval(), gc.get_threshold()
            sys.setswitchinterval(0.0005)
            gc.set_threshold(5_000_000, 50, 50)
    try:
        yield
    finally:
        with _Busy.lock:
            _Busy.imports -= 1
            if _Busy.imports == 0:
                interval, threshold = _Busy.usual
                sys.setswitchinterval(interval)
                # everything alive counts as old from now on: else the very next object has all of it looked through
                gc.freeze()
                gc.unfreeze()
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
def _read_ahead(table: Table, work: Work, options: Options) -> Iterator[Iterator[ReadRows]]:
    """Chunks of rows, read, parsed and placed by a thread that is at most one chunk ahead."""
    ready: Queue[ReadRows | BaseException | None] = Queue(1)
    stop = threading.Event()

    def put(item: ReadRows | BaseException | None) -> None:
        while not stop.is_set():
            try:
                ready.put(item, timeout=0.2)
            except Full:
                continue
            return

    def read() -> None:
        try:
            for chunk in _chunks(table, work, options):
                put(chunk)
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:
            put(error)
        finally:
            connection.close()  # this thread's own, on which it may have looked up villages

    # what it refuses, it refuses in the language of whoever imports
    reader = threading.Thread(target=copy_context().run, args=[read], name="import-reader", daemon=True)
    reader.start()
    try:
        yield _until_done(ready)
    finally:
        stop.set()
        work.order.end()
        reader.join()


def _until_done(ready: "Queue[ReadRows | BaseException | None]") -> Iterator[ReadRows]:
    while (item := ready.get()) is not None:
        if isinstance(item, BaseException):
            raise item
        yield item


def _chunks(table: Table, work: Work, options: Options) -> Iterator[ReadRows]:
    rows = (raw for raw in table.rows() if raw.line > options.skip_to_line)
    wanted = min(FIRST_ROWS, options.chunk_rows)
    chunk = ReadRows()
    while block := list(islice(rows, min(ROWS_A_TURN, wanted - len(chunk.raws)))):
        work.order.let_read()
        chunk.extend(work.gate.read(block))
        if len(chunk.raws) >= wanted:
            yield chunk
            chunk, wanted = ReadRows(), options.chunk_rows
    if chunk.raws:
        yield chunk
