"""A centre is reached by its kecamatan, or by the komunitas that is responsible for it; each grant by what it names."""

from django.db.models import Q

from okoce.community.centres.models import Centre, CentrePeriod
from okoce.community.groups.models import Group
from okoce.community.groups.policies import group_rows
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


def centre_rows(scope: Scope, prefix: str = "") -> Q:
    """`prefix` is the path to the centre from another table. A helper sees the centres of the komunitas that she sees."""
    if scope.helper_user_id is not None:
        seen = Group.objects.filter(group_rows(scope)).order_by()
        return Q(**{f"{prefix}group_id__in": seen.values("pk")})
    return anchored_rows(scope, region=f"{prefix}region", group=f"{prefix}group_id")


@rows_of(Centre)
def _(scope: Scope) -> Q:
    return centre_rows(scope)


@rows_of(CentrePeriod)
def _(scope: Scope) -> Q:
    return centre_rows(scope, "centre__")
