from django.db.models import Q

from okoce.community.partners.models import Partner
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Partner)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="region", partner="id")
