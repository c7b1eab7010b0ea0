"""Whose looks somebody reads: her own alone. No grant of an officer reaches who else looked; who wants to be erased, or
asks something about her data, is read like the member."""

from django.db.models import Q

from okoce.community.members.policies import member_rows
from okoce.community.privacy.models import DataRequest, ErasureRequest, Look
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Look)
def _(scope: Scope) -> Q:
    return (
        nothing()
        if scope.member_id is None
        else Q(member_id=scope.member_id) | Q(member__merged_into_id=scope.member_id)
    )


@rows_of(ErasureRequest)
@rows_of(DataRequest)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")
