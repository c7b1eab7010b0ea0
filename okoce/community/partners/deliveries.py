"""What was delivered under agreements, in words. The pipeline, which knows it, stands above partners; config tells who counts."""

from collections.abc import Callable, Sequence

from okoce.community.partners.agreement_models import Agreement
from okoce.community.partners.queries.delivered import DeliveredWords

Teller = Callable[[Sequence[Agreement]], DeliveredWords]
_tellers: list[Teller] = []


def count_deliveries_with(teller: Teller) -> None:
    """Called once by config."""
    _tellers[:] = [teller]


def delivered_words(agreements: Sequence[Agreement]) -> DeliveredWords:
    """The numbers of each, and how far each promise is kept."""
    return _tellers[0](agreements)
