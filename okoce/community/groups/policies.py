from django.db.models import Q

from okoce.community.groups.models import Group, Membership
from okoce.community.members.policies import member_rows
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Group)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="region", group="id")


@rows_of(Membership)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")
