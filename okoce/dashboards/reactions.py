"""What people are told when something happened: once an event, however often the reaction runs."""

from collections.abc import Sequence

from okoce.dashboards.messages import occasions
from okoce.foundation.events.facts import on, on_many


@on_many("registration.member_registered")
def welcome(event_ids: Sequence[int]) -> None:
    """Some are members now. Who came in by a file is greeted by nobody: she may not know that she was written down."""
    occasions.welcome(event_ids)


@on("pipeline.stage_completed")
def tell_next_step(event_id: int) -> None:
    """A stage is done: what comes next."""
    occasions.tell_next_step(event_id)


@on("privacy.data_request_answered")
def tell_of_answer(event_id: int) -> None:
    """What she asked about her data was answered; the answer itself stands on her own page alone."""
    occasions.tell_of_answer(event_id)


@on("privacy.account_request_answered")
def tell_account_of_answer(event_id: int) -> None:
    """The same of whoever has an account and is no member."""
    occasions.tell_account_of_answer(event_id)


@on("accounts.emergency_opened")
def tell_of_emergency(event_id: int) -> None:
    """Somebody opened what no grant of hers opens: others know of it while it lasts."""
    occasions.tell_of_emergency(event_id)
