from django.db.models import Q

from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.foundation.accounts.models import (
    ApiToken,
    CodeCount,
    EmergencyAccess,
    Guessing,
    RoleAssignment,
    SignInAttempt,
    SignInCode,
    User,
)


@rows_of(User)
@rows_of(RoleAssignment)
@rows_of(ApiToken)
@rows_of(SignInAttempt)
@rows_of(SignInCode)
@rows_of(CodeCount)
@rows_of(Guessing)
@rows_of(EmergencyAccess)
def _(scope: Scope) -> Q:
    """Accounts are seen by national grants only."""
    return nothing()
