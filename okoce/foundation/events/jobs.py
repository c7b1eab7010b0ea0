"""What the worker does about facts."""

from okoce.foundation.events import gathering
from okoce.foundation.shared.jobs import job


@job("events.react_to_gathered", attempts=1)
def react_to_gathered() -> None:
    """Tell the reactions to many facts at once of what has come since; the clock soon comes back, so a failed try needs no other."""
    gathering.react_to_gathered()
