from django.db.models import Q

from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import ApiToken, RoleAssignment, SignInAttempt, User


@rows_of(User)
@rows_of(RoleAssignment)
@rows_of(ApiToken)
@rows_of(SignInAttempt)
def _(scope: Scope) -> Q:
    """Accounts are seen by national grants only."""
    return nothing()
