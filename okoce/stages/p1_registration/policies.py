"""An import is seen by its author and by those whose right to import reaches the whole nation."""

from django.db.models import Q

from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope
from okoce.stages.p1_registration.models import Import


@rows_of(Import)
def _(scope: Scope) -> Q:
    # A territory does not name imports; queries.py adds the author's own.
    return nothing()
