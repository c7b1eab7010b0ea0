from django.db.models import Q

from okoce.community.groups.models import (
    Application,
    Check,
    Group,
    GroupArea,
    Membership,
    Nomination,
    Officer,
    Silence,
)
from okoce.community.members.models import Member
from okoce.community.members.policies import member_rows
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


def group_rows(scope: Scope, prefix: str = "") -> Q:
    """By home or by name; a helper sees the komunitas of those whom she helps. `prefix` is the path to it from another table."""
    if scope.helper_user_id is not None:
        helped = Member.objects.filter(member_rows(scope), group_id__isnull=False).order_by()
        return Q(**{f"{prefix}id__in": helped.values("group_id")})
    return anchored_rows(scope, region=f"{prefix}region", group=f"{prefix}id")


@rows_of(Group)
def _(scope: Scope) -> Q:
    return group_rows(scope)


@rows_of(Application)
@rows_of(GroupArea)
@rows_of(Check)
@rows_of(Nomination)
@rows_of(Officer)
@rows_of(Silence)
def _(scope: Scope) -> Q:
    return group_rows(scope, "group__")


@rows_of(Membership)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")
