"""A branch and its terms are reached by their place; the centre ("") by nobody whose grant names a place."""

from django.db.models import Q

from okoce.community.association.models import Branch, Support, Tenure
from okoce.community.groups.policies import group_rows
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope


@rows_of(Branch)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="region")


@rows_of(Tenure)
def _(scope: Scope) -> Q:
    return anchored_rows(scope, region="branch__region")


@rows_of(Support)
def _(scope: Scope) -> Q:
    """With its komunitas."""
    return group_rows(scope, "group__")
