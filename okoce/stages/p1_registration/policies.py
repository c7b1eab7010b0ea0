"""An import is seen by its author and by those whose right to import reaches the whole nation; a submission of the desk by
whoever sees its member.

A registration that somebody has begun is seen, if she agreed to be called, by the komunitas that she named and by the officers of
the kecamatan in which she lives.
"""

from django.db.models import Q

from okoce.community.members.policies import member_rows
from okoce.foundation.access.policies import anchored_rows, nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.stages.p1_registration.models import DeskSubmission, Import, RegistrationDraft


@rows_of(Import)
def _(scope: Scope) -> Q:
    # A territory does not name imports; queries.py adds the author's own.
    return nothing()


@rows_of(DeskSubmission)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")


@rows_of(RegistrationDraft)
def _(scope: Scope) -> Q:
    return Q(callable_since__isnull=False) & anchored_rows(scope, region="region", group="group_id")
