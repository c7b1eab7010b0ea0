"""Jobs of the pipeline."""

from okoce.foundation.shared.jobs import job
from okoce.pipeline import tallies


@job("pipeline.fold_tallies", attempts=1)
def fold_tallies() -> None:
    """Take the changes of counts into the tallies, so that reading stays quick; counts are exact with or without it."""
    tallies.fold_all()
