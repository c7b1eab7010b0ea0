"""Questions about partners."""

from collections.abc import Iterable

from okoce.community.partners.models import Partner


def partner_names(partner_ids: Iterable[int]) -> dict[int, str]:
    """Names of partners by id, in one query. Public."""
    return dict(Partner.objects.filter(pk__in=set(partner_ids)).values_list("pk", "name"))
