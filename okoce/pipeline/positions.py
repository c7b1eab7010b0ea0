"""Where people stand today: placing those whom a mass deed touched, and keeping the sums of how long they wait.

Deeds about a few people place them at once (see 0018_positions.py); this is the rest, for the worker.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

from okoce.community.members.states import EntryState
from okoce.pipeline.states import StandstillReason

# A reader of a list waits for the placing of one note at most; placing waits for a load that holds the table no longer.
PATIENCE = "400ms"
WORTH_SWEEPING = 5_000
NOTES_A_FOLD = 20
# So many are placed at once by whoever touched them, in a second or two; more are left to the worker.
FEW_ENOUGH = 20_000
# A deed about more people than this is a mass deed; 0018_positions.py knows it too.
FEW = 20
# What a cell is made of; 0018_positions.py says the same in SQL.
STAGE, ENTRY = 100, 30
ENTRIES = {entry: place for place, entry in enumerate(EntryState.values)}
REASONS = {reason: place for place, reason in enumerate(("", *StandstillReason.values))}


def cell(stage: int, entry: str, reason: str) -> int:
    """Furthest stage, business at entry and open reason ("" none) in one number, as the database writes it."""
    return stage * STAGE + ENTRIES[entry] * ENTRY + REASONS[reason]


def waiting_notes() -> int:
    """How many notes about a few hundred or thousand people each wait to be placed."""
    return _answer("SELECT count(*) FROM pipeline_unplaced")


def place_if_few() -> None:
    """Place those who wait where they are few enough to do it right after an import; many are left to the worker."""
    if 0 < _answer("SELECT coalesce(sum(cardinality(ids)), 0) FROM pipeline_unplaced") <= FEW_ENOUGH:
        place_all()


def place_all() -> int:
    """Place everybody who waits, note by note; answers how many people. Stops where a load holds the table."""
    placed = notes = 0
    while people := _place_one_note():
        placed, notes = placed + people, notes + 1
        if notes % NOTES_A_FOLD == 0:
            fold()  # readers add up what is not folded
    fold()
    if placed >= WORTH_SWEEPING and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) pipeline_position")
    return placed


def fold() -> int:
    """Take changes of the sums in; they are exact with and without it."""
    return _answer("SELECT pipeline_fold_positions()")


def _place_one_note() -> int:
    """One note in one transaction. The lock keeps deeds that place their own people from being overtaken by what was read
    before them; they wait for the fraction of a second that this takes."""
    try:
        with transaction.atomic(), connection.cursor() as cursor, _little_patience(cursor):
            cursor.execute("LOCK TABLE pipeline_position IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(
                "DELETE FROM pipeline_unplaced WHERE id = (SELECT min(id) FROM pipeline_unplaced) RETURNING ids"
            )
            note = cursor.fetchone()
            if note is None:
                return 0
            cursor.execute("SELECT pipeline_place(%s)", [note[0]])
            return len(note[0])
    except OperationalError:  # the lock was not to be had: the next round tries again
        return 0


@contextmanager
def _little_patience(cursor: CursorWrapper) -> Iterator[None]:
    """Wait for no lock longer than readers may wait. Given back at the end: whoever has a transaction around this keeps it."""
    cursor.execute("SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, true)", [PATIENCE])
    before = cursor.fetchone()[0]
    yield
    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [before])


def _answer(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
