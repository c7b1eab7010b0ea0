from okoce.foundation.api.idempotency import forget_old_answers
from okoce.foundation.shared.jobs import job


@job("api.forget_old_answers")
def forget_answers_of_yesterday() -> None:
    """Answers to repeated writes are kept for 24 hours and no longer."""
    forget_old_answers()
