"""Whose preferences and sums somebody reads; whose messages stands where members are known (`dashboards.policies`)."""

from django.db.models import Q

from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.foundation.notifications.models import DaySpend, Preference


@rows_of(Preference)
def _(scope: Scope) -> Q:
    return nothing() if scope.member_id is None else Q(member_id=scope.member_id)


@rows_of(DaySpend)
def _(scope: Scope) -> Q:
    """What the whole movement spends is for those who see all of it."""
    return nothing()
