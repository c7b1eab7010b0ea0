"""What the worker does about messages."""

from okoce.foundation.notifications import forgetting, reviewing, sending
from okoce.foundation.shared.jobs import job


@job("notifications.send_waiting", queue="messages", attempts=1)
def send_waiting() -> None:
    """Send what waits, for some seconds; the clock comes back at once, so a failed try needs no other."""
    sending.send_waiting()


@job("notifications.review_by_hand")
def review_by_hand() -> None:
    """Nobody is asked to send what its recipient allows no more."""
    reviewing.review_by_hand()


@job("notifications.forget_old_messages")
def forget_old_messages() -> None:
    """Messages are kept for the term alone."""
    forgetting.forget_old_messages()
