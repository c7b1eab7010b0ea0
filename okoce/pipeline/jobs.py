"""Jobs of the pipeline."""

from okoce.foundation.access.actor import Actor
from okoce.foundation.shared.alone import BusyElsewhere
from okoce.foundation.shared.jobs import job
from okoce.pipeline import handing_in, positions, tallies
from okoce.pipeline.actions.unmerging import purge_old_merges

# While a bulk load goes on, folding would write the same sums again and again: it waits until the load pauses, or until
# so many deltas wait that reading them takes some thirty milliseconds.
MANY, TOO_MANY = 20_000, 300_000
_waiting_last_time = [0]
_notes_last_time = [0]


@job("pipeline.fold_tallies", attempts=1)
def fold_tallies() -> None:
    """Take the changes of counts into the tallies, so that reading stays quick; counts are exact with or without it."""
    waiting = tallies.backlog()
    is_load_going_on = MANY < waiting < TOO_MANY and waiting > _waiting_last_time[0]
    _waiting_last_time[0] = waiting
    if not is_load_going_on:
        tallies.fold_all()


@job("pipeline.forget_old_merges")
def forget_old_merges() -> None:
    """What would undo a merge holds personal data: it goes when the term is over."""
    purge_old_merges(Actor.system("merges"))


# The last of so many tries is an hour after the first: whoever was at it then is done, or dead.
@job("pipeline.hand_in_batch", queue="imports", attempts=8)
def hand_in_batch(batch_id: int) -> None:
    """See to everybody of a batch who has not had her turn; safe to run again, and run again until the batch is over."""
    if not handing_in.carry_out(batch_id):
        raise BusyElsewhere(f"batch {batch_id}")


@job("pipeline.end_stalled_batches", attempts=1)
def end_stalled_batches() -> None:
    """A batch that no job will see to any more says so, and whom it did not reach."""
    handing_in.end_stalled()


@job("pipeline.forget_old_batches")
def forget_old_batches() -> None:
    """An officer's list of one occasion is kept a week."""
    handing_in.forget_old_batches()


@job("pipeline.place_people", attempts=1)
def place_people() -> None:
    """Place the people of a mass deed in the list, once it pauses."""
    waiting = positions.waiting_notes()
    is_load_going_on = waiting > _notes_last_time[0]
    _notes_last_time[0] = waiting
    if waiting and not is_load_going_on:
        positions.place_all()
