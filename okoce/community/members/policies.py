"""Whose rows an actor reaches: by residence, komunitas, or as the one who helps."""

from django.db.models import Q

from okoce.community.members.models import Business, Consent, DuplicateCandidate, Helper, Member, Residence
from okoce.foundation.access.policies import anchored_rows, rows_of
from okoce.foundation.access.scope import Scope, region_within
from okoce.foundation.shared.days import today_wib


def member_rows(scope: Scope, prefix: str = "") -> Q:
    """The one rule for members; `prefix` is the path from another table to its member (`member__`)."""
    if scope.member_id is not None:
        return Q(**{f"{prefix}id": scope.member_id})
    if scope.helper_user_id is not None:
        return Q(**{f"{prefix}id__in": _helped(user_id=scope.helper_user_id)})
    reach = anchored_rows(
        Scope(region=scope.region, group_id=scope.group_id),
        region=f"{prefix}region",
        group=f"{prefix}group_id",
    )
    if scope.partner_id is None:
        return reach
    helped = Q(**{f"{prefix}id__in": _helped(partner_id=scope.partner_id)})
    return helped & reach if scope.region or scope.group_id is not None else helped


def _helped(**helper: int):  # type: ignore[no-untyped-def]  # a values queryset; its generic type adds nothing
    today = today_wib()
    return (
        Helper.objects.filter(Q(until_on__isnull=True) | Q(until_on__gt=today), from_on__lte=today, **helper)
        .order_by()
        .values("member_id")
    )


@rows_of(Member)
def _(scope: Scope) -> Q:
    return member_rows(scope)


@rows_of(Business)
@rows_of(Residence)
@rows_of(Consent)
@rows_of(Helper)
def _(scope: Scope) -> Q:
    return member_rows(scope, "member__")


@rows_of(DuplicateCandidate)
def _(scope: Scope) -> Q:
    return member_rows(scope, "first__")


def reaches(scope: Scope, region: str, group_id: int | None) -> bool:
    """The same rule for somebody who has no row yet: would a person who lives there, in that komunitas, be reached?"""
    if scope.everywhere:
        return True
    named = bool(scope.region) or scope.group_id is not None
    is_of_another_kind = scope.partner_id is not None or scope.helper_user_id is not None or scope.member_id is not None
    if not named or is_of_another_kind:
        return False
    return (not scope.region or region_within(region, scope.region)) and scope.group_id in (None, group_id)
