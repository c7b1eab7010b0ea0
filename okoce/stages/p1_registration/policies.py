"""An import is seen by its author and by those whose right to import reaches the whole nation; a submission of the desk by
whoever sees its member."""

from django.db.models import Q

from okoce.community.members.policies import member_rows
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.stages.p1_registration.models import DeskSubmission, Import


@rows_of(Import)
def _(scope: Scope) -> Q:
    # A territory does not name imports; queries.py adds the author's own.
    return nothing()


@rows_of(DeskSubmission)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")
