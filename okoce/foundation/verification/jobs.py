from okoce.foundation.shared.jobs import job
from okoce.foundation.verification.brake import forget_old_counts


@job("verification.forget_old_counts")
def forget_counts_of_old_spans() -> None:
    """Who asked is kept no longer than it counts."""
    forget_old_counts()
