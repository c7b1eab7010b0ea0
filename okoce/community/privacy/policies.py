"""Whose looks somebody reads: her own alone. No grant of an officer reaches who else looked; who wants to be erased, or asks something
about her data, is read like the member, and whoever has an account alone by national grants; a member herself reads also what she
asked under a record that was merged into hers."""

from django.db.models import Q

from okoce.community.members.policies import member_rows
from okoce.community.privacy.breach_models import Breach, BreachPerson
from okoce.community.privacy.models import AccountLook, DataRequest, ErasureRequest, Look, Restriction
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Look)
def _(scope: Scope) -> Q:
    return nothing() if scope.member_id is None else _hers(scope.member_id)


@rows_of(AccountLook)
def _(scope: Scope) -> Q:
    """An account lives nowhere: who looked at hers, its owner reads from her account alone."""
    return nothing()


@rows_of(ErasureRequest)
@rows_of(DataRequest)
@rows_of(Restriction)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__") if scope.member_id is None else _hers(scope.member_id)


def _hers(member_id: int) -> Q:
    return Q(member_id=member_id) | Q(member__merged_into_id=member_id)


@rows_of(Breach)
def _(scope: Scope) -> Q:
    """The register is kept for the whole house: no grant of a place reaches it."""
    return nothing()


@rows_of(BreachPerson)
def _(scope: Scope) -> Q:
    return nothing() if scope.member_id is None else _hers(scope.member_id)
