"""An export is its maker's alone: no grant reaches somebody else's."""

from django.db.models import Q

from okoce.dashboards.models import Export
from okoce.foundation.access.policies import nothing, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Export)
def _(scope: Scope) -> Q:
    return nothing()
