"""How the desk stands: what is open, what is late, how long an answer takes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q
from django.utils import timezone

from okoce.community.tickets.queries.tickets import tickets_within
from okoce.community.tickets.states import OPEN, RUNNING, TicketState
from okoce.foundation.access.actor import Actor

RECENT_DAYS = 90


class Median(Aggregate):
    """The middle one; between the two in the middle where they are even."""

    function = "percentile_cont"
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts by state within the reader's places. Late: open, the movement owes the answer, and the promised time is over.
    Time to answer: from sending to the first answer (or closing with a reason), without the time spent waiting for the sender,
    over all that were first answered in the last days."""

    by_state: dict[str, int]
    open: int
    late: int
    answered: int
    median: timedelta | None


def figures_of(actor: Actor) -> Figures:
    """One statement for all of it."""
    now = timezone.now()
    recent = Q(answered_since__gte=now - timedelta(days=RECENT_DAYS))
    took = ExpressionWrapper(
        F("answered_since") - F("sent_since") - F("waited"), output_field=DurationField()
    )
    counts = {f"in_{state}": Count("pk", filter=Q(state=state)) for state in TicketState.values}
    told = (
        tickets_within(actor)
        .order_by()
        .aggregate(
            **counts,
            late=Count("pk", filter=Q(state__in=RUNNING, due__lt=now)),
            answered=Count("pk", filter=recent),
            median=Median(took, filter=recent),
        )
    )
    by_state = {state: told[f"in_{state}"] for state in TicketState.values}
    return Figures(
        by_state=by_state,
        open=sum(by_state[state] for state in OPEN),
        late=told["late"],
        answered=told["answered"],
        median=told["median"],
    )
