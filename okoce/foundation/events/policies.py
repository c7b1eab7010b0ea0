from django.db.models import Q

from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope
from okoce.foundation.events.models import Event


@rows_of(Event)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="region")
