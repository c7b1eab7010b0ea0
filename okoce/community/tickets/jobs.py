"""What time does to tickets."""

from okoce.community.tickets import clock, forgetting
from okoce.foundation.shared.jobs import job


@job("tickets.keep_clocks")
def keep_clocks() -> None:
    """What is due goes one level up; what went quiet is closed."""
    clock.keep_clocks()


@job("tickets.forget_old")
def forget_old() -> None:
    """Tickets are kept for the term alone."""
    forgetting.forget_old()
