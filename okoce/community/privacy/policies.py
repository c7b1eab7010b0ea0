"""Whose looks somebody reads: her own alone. No grant of an officer reaches who else looked."""

from django.db.models import Q

from okoce.community.privacy.models import Look
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Look)
def _(scope: Scope) -> Q:
    return (
        nothing()
        if scope.member_id is None
        else Q(member_id=scope.member_id) | Q(member__merged_into_id=scope.member_id)
    )
