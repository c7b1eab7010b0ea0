from django.db.models import Q

from okoce.community.groups.policies import group_rows
from okoce.community.partners.policies import partner_rows
from okoce.community.trust.models import Certificate, NamePermission
from okoce.foundation.access.policies import rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Certificate)
def _(scope: Scope) -> Q:
    return group_rows(scope, "group__")


@rows_of(NamePermission, joins=True)
def _(scope: Scope) -> Q:
    """By whoever has it."""
    return group_rows(scope, "group__") | partner_rows(scope, "partner__")
