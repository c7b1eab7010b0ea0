"""What time does to public applications."""

from okoce.community.organisations import forgetting
from okoce.foundation.shared.jobs import job


@job("organisations.forget_filed")
def forget_filed() -> None:
    """Who applied how often is kept no longer than it counts."""
    forgetting.forget_filed()
